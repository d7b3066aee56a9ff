import WeirAccess
import WeirFormats
import WeirKernel

/// One run while its event files are read: the audit of its ledger, with places in the files.
struct RunAudit {
  private(set) var summary: AuditedRun
  /// The layers in the order in which the files name them.
  var layers = AuditedLayers()
  private var ledger = LedgerAudit()
  private var accounts: Set<AccountIndex> = []
  private var balances: [BalanceName: Balance] = [:]

  private struct BalanceName: Hashable {
    let layer: UInt8
    let owner: OwnerIndex
  }

  private struct Balance {
    var updates: Int64 = 0
    var last: SourcePosition
  }

  init(_ id: String) { summary = AuditedRun(id: id) }

  mutating func record(_ event: UsageEvent, _ file: EventRows) {
    summary.usageEvents += 1
    accounts.insert(event.account)
    record(.usage(event), file)
  }

  mutating func record(_ event: MonetizationEvent, _ file: EventRows) {
    summary.monetizationEvents += 1
    record(.monetization(event), file)
  }

  mutating func record(_ update: BalanceUpdate, number: Int64, _ file: EventRows) {
    summary.balanceUpdates += 1
    accounts.insert(update.account)
    record(.balanceUpdate(update), file)
    let name = BalanceName(layer: update.layer, owner: update.owner)
    let expected = (balances[name]?.updates ?? 0) + 1
    if number != expected {
      let balance = "balance \(update.owner) of \(layers[update.layer])"
      find(
        "update number \(number) of \(balance) should be number \(expected)", at: file.position)
    }
    balances[name] = Balance(updates: expected, last: file.position)
  }

  private mutating func record(_ event: LedgerEvent, _ file: EventRows) {
    guard summary.finding == nil else { return }
    if file.isScattered {
      return find("rows of the run stand apart from its earlier ones", at: file.position)
    }
    ledger.record(event)
    if let discrepancy = ledger.discrepancy {
      find(text(discrepancy), at: position(of: discrepancy) ?? file.position)
    }
  }

  /// Ends the audit; returns a charge whose debit is missing, for its place to be found.
  mutating func finish() -> MonetizationEvent? {
    summary.accounts = accounts.count
    summary.balances = balances.count
    guard summary.finding == nil else { return nil }
    ledger.finish(at: .distantFuture)
    guard let discrepancy = ledger.discrepancy else { return nil }
    if case .missingDebit(let charge) = discrepancy { return charge }
    if let place = position(of: discrepancy) { find(text(discrepancy), at: place) }
    return nil
  }

  /// Names the row of a charge whose debit is missing.
  mutating func locateMissingDebit(
    of charge: MonetizationEvent, in source: SourceFile
  ) throws(ScenarioIssue) {
    var file = try EventRows(source)
    let columns = try ChargeColumns(file.rows)
    while try file.next() {
      guard file.run == summary.id, try columns.event(file.rows, &layers) == charge else {
        continue
      }
      return find(text(.missingDebit(charge)), at: file.position)
    }
  }

  /// Where a discrepancy stands that shows only later; `nil` for the present row.
  private func position(of discrepancy: LedgerDiscrepancy) -> SourcePosition? {
    guard case .unrefundedOvershoot(let layer, let owner, _) = discrepancy else { return nil }
    return balances[BalanceName(layer: layer, owner: owner)]?.last
  }

  private func text(_ discrepancy: LedgerDiscrepancy) -> String {
    discrepancy.text { layers[$0] }
  }

  private mutating func find(_ text: String, at position: SourcePosition) {
    guard summary.finding == nil else { return }
    summary.finding = AuditFinding(
      run: summary.id, file: position.file.name, line: position.line, text: text)
  }
}

import Testing
import WeirAccess
import WeirFormats
import WeirKernel
import WeirVectors

@Suite struct WaterfallVectors {
  @Test("the waterfall splits, settles, refunds and repeats as the reference does")
  func waterfall() throws {
    let run = VectorRun("derived_waterfall")
    run.each(try VectorFile("waterfall").groups[0]) { vector in
      let driver = Waterfall(vector)
      let last = vector.steps.last
      return { step in
        driver.run(step, run)
        if step === last { driver.compareTotals(vector.totals, run) }
      }
    }
    run.finish(cases: 11, steps: 43)
  }
}

/// A stack as the parameters of a case describe it, with one account.
private final class Waterfall {
  private var stack: IdempotentStack
  private let windows: Int
  private let hasGrants: Bool
  private let credits: Int
  private var ordinal: UInt32 = 0
  private var keyOfOrdinal: [UInt32: String] = [:]
  private var events: [LedgerEvent] = []
  private let given: VectorFields

  init(_ vector: VectorCase) {
    given = vector.given
    let windows = given.objects("windows").map { fields -> any Layer in
      FixedWindow(
        limit: UnitsByPlan(Units(fields.units("limit"))),
        per: SimDuration(nanoseconds: fields.time("length")),
        alignment: fields.text("kind") == "aligned" ? .aligned : .anchored)
    }
    let grants = given.objects("grants").map { fields in
      Grant(
        id: fields.text("id"), units: Units(fields.units("amount")),
        priority: fields.units("priority"),
        expires: fields.integer("expires").map { SimTime(nanoseconds: $0) })
    }
    let fund = PrepaidCredits(
      price: PriceList(Price(microPerUnit: Ratio(given.integer("price") ?? 1))),
      mode: PrepaidCredits.Mode(rawValue: given.text("mode")) ?? .checkOnly,
      settlementLag: SimDuration(nanoseconds: given.time("lag")))
    var layers: [(String, any Layer)] = []
    if !windows.isEmpty { layers.append(("windows", AllOf(windows))) }
    if !grants.isEmpty { layers.append(("grants", Grants(grants))) }
    layers.append(("credits", fund))
    self.windows = windows.count
    hasGrants = !grants.isEmpty
    credits = layers.count - 1
    var stack = Stack(
      layers.map(\.1), names: layers.map(\.0),
      onShortfall: given.text("onBlock") == "count_first" ? .countFirst : .rollback,
      for: .alike(accounts: 1))
    stack.open(
      0, plan: 0,
      with: AccountStart(
        organisation: 0, balance: Credits(micro: given.units("balance"))))
    self.stack = IdempotentStack(stack)
  }

  func run(_ step: VectorFields, _ run: VectorRun) {
    let now = SimTime(nanoseconds: step.time("at"))
    switch step.text("op") {
    case "request":
      // Debits due by now come before the request.
      stack.stack.advance(to: now)
      request(step, at: now, run)
    case "replay_debit":
      let key = step.text("key")
      for event in stack.stack.ledger.journal + events {
        if case .monetization(let charge) = event, keyOfOrdinal[charge.ordinal] == key {
          stack.stack.deliver(charge)
        }
      }
    default: stack.stack.advance(to: now)
    }
    stack.stack.takeJournal { events.append($0) }
    run.compare("balance", balance, step.integer("balanceAfter"))
    run.compare("used", used(at: now), step.integers("usedAfter"))
  }

  private func request(_ step: VectorFields, at now: SimTime, _ run: VectorRun) {
    let key = step.text("key")
    ordinal += 1
    let request = Request(account: 0, cost: Units(step.units("cost")), ordinal: ordinal)
    let answer = stack.decide(request, key: key, at: now)
    if !answer.isReplay { keyOfOrdinal[ordinal] = key }
    if answer.decision.outcome == .admit {
      _ = stack.settle(account: 0, key: key, actual: request.cost, at: now)
    }
    let decision = answer.decision
    let expect = VectorFields(step["expect"] ?? [:])
    run.compare("allowed", decision.outcome == .admit, expect.flag("allowed"))
    run.compare("replay", answer.isReplay, expect.flag("replay") ?? false)
    run.compare("rate limit share", windowShare(decision), expect.integer("rateLimit"))
    let grants = (expect["grants"]?.elements ?? []).map { $0.elements?.last?.integer ?? 0 }
    run.compare("grant share", grantShare(decision), grants.reduce(0, +))
    run.compare("credits share", decision.shares[credits].count, expect.integer("credits"))
    run.compare("reason", reason(decision), expect.text("reason"))
    if let lot = expect["grants"]?.elements?.first?.elements?.first?.text {
      let left = (stack.stack.layers[credits - 1] as? Grants)?.left(ofLot: lot, for: request)
      let amount = given.objects("grants").first?.units("amount") ?? 0
      run.compare("left of the lot", left?.count, amount - grants[0])
    }
  }

  private func windowShare(_ decision: Decision) -> Int64 {
    windows == 0 ? 0 : decision.shares[0].count
  }

  private func grantShare(_ decision: Decision) -> Int64 {
    hasGrants ? decision.shares[credits - 1].count : 0
  }

  /// The layer that paid last, or what the last layer refused for.
  private func reason(_ decision: Decision) -> String {
    if let refusal = decision.refusal, decision.outcome == .deny { return refusal.reason.rawValue }
    if decision.shares[credits] > .zero { return "credits" }
    if grantShare(decision) > 0 { return "grant:" + (given.objects("grants")[0].text("id")) }
    return "rate_limit"
  }

  private var balance: Int64 { stack.stack.fund(credits).balance(of: 0).micro }

  private func used(at now: SimTime) -> [Int64] {
    guard windows > 0, let all = stack.stack.layers[0] as? AllOf else { return [] }
    return all.members.map { window in
      let meter = window.meter(for: Request(account: 0, cost: 0), at: now)
      return (meter?.limit?.count ?? 0) - (meter?.remaining?.count ?? 0)
    }
  }

  func compareTotals(_ totals: VectorFields, _ run: VectorRun) {
    var usage: Int64 = 0
    var charges: Int64 = 0
    var updates: [String] = []
    for event in events {
      switch event {
      case .usage: usage += 1
      case .monetization: charges += 1
      case .balanceUpdate(let update) where update.kind != .initial:
        let kind = update.kind == .overshootRefund ? "overshoot_refund" : update.kind.rawValue
        let key = keyOfOrdinal[update.ordinal] ?? ""
        updates.append("\(update.at.nanoseconds) \(key) \(update.amount.micro) \(kind)")
      case .balanceUpdate: break
      }
    }
    run.compare("usage events", usage, totals.integer("usageEvents"))
    run.compare("monetization events", charges, totals.integer("monetizationEvents"))
    run.compare(
      "balance updates", updates,
      totals.objects("balanceUpdates").map {
        "\($0.time("at")) \($0.text("key")) \($0.units("amount")) \($0.text("kind"))"
      })
    run.compare("audit", LedgerAudit.firstDiscrepancy(in: events), .some(nil))
  }
}

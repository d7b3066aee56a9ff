public import WeirFormats
import WeirKernel

/// Drives one stack by hand, with no simulator: rows of requests in, one answer for each row out.
///
/// Columns in: `time_ns` (never decreasing), `account` (any name), `operation`, `cost`, `key`, and,
/// where wanted, `product`, and `plan`, `organisation` and `team`, which are read at the first row
/// of an account; later its plan changes by the operation alone.
///
/// | operation | what it does | `cost` |
/// |---|---|---|
/// | `request` | decides, and settles at once at the cost | units |
/// | `reserve` | decides, and holds | estimated units |
/// | `settle` | settles what was reserved under the key | actual units |
/// | `release` | releases what was reserved under the key | |
/// | `topup` | buys credits | micro-credits |
/// | `plan` | puts the account on the plan that the row names | |
/// | `tick` | lets the changes and debits that are due by then be made | |
///
/// A key that an account has used before gets the same answer again; without a key every row is a
/// request of its own.
///
/// Columns out: `time_ns`, `account`, `operation`, `outcome` (`admit`, `deny`, …; for other
/// operations `done`, or `none` when there was nothing to do), `granted` (units), `remaining` (the
/// units that all payers together would still pay; empty without a limit), `retry_after_ns` (of a
/// `hold` the time until it is released), `reason` (`layer:reason`, of a hold `layer:hold`) and
/// `shares` (`layer:units`, joined by `;`).
public struct DecideSession {
  private var stack: IdempotentStack
  private var directory: Directory
  private let onPlanChange: Inheritance
  private var output = CSVWriter(columns: [
    "time_ns", "account", "operation", "outcome", "granted", "remaining", "retry_after_ns",
    "reason", "shares",
  ])
  private var ordinals: [UInt32]
  private var last = SimTime(nanoseconds: .min)

  /// The answers to the rows of `source` as CSV.
  ///
  /// - Throws: The first row that cannot be read, with its place.
  public static func run(
    _ source: SourceFile, layers: [NamedLayer], onShortfall: Shortfall = .rollback,
    changes: [LayerChange] = [], onPlanChange: Inheritance = .additive,
    plans: [Plan] = [Plan(name: "default")], products: [String] = ["requests"]
  ) throws(ScenarioIssue) -> [UInt8] {
    let accounts = try DecideAccounts(source, plans: plans)
    var session = DecideSession(
      layers: layers, onShortfall: onShortfall, changes: changes, onPlanChange: onPlanChange,
      for: Directory(
        planOfAccount: accounts.plans, organisationOfAccount: accounts.organisations.indices,
        teamOfAccount: accounts.teams.indices, plans: plans, products: products))
    var rows = try CSVReader(source)
    let columns = try DecideColumns(rows)
    var number = 0
    while try rows.next() {
      number += 1
      let row = try columns.row(
        of: rows, accounts: accounts, plans: plans, products: products, number: number)
      try session.take(row, columns, rows)
    }
    return session.output.bytes
  }

  private init(
    layers: [NamedLayer], onShortfall: Shortfall, changes: [LayerChange],
    onPlanChange: Inheritance, for directory: Directory
  ) {
    self.onPlanChange = onPlanChange
    var stack = Stack(layers, onShortfall: onShortfall, changes: changes, for: directory)
    for account in directory.planOfAccount.indices {
      stack.open(
        AccountIndex(account), plan: directory.planOfAccount[account],
        with: directory.start(of: AccountIndex(account)))
    }
    self.stack = IdempotentStack(stack)
    self.directory = directory
    ordinals = Array(repeating: 0, count: directory.accounts)
  }

  private mutating func take(
    _ row: DecideRow, _ columns: DecideColumns, _ rows: CSVReader
  ) throws(ScenarioIssue) {
    guard row.time >= last else {
      throw rows.issue(at: columns.time, expected: "a time that is not before the last one")
    }
    last = row.time
    stack.stack.advance(to: row.time)
    let request = request(for: row)
    switch row.operation {
    case .request, .reserve: decide(request, row)
    case .settle, .release:
      let actual = row.operation == .settle ? Units(row.cost) : .zero
      let settled = stack.settle(
        account: row.account, key: row.key, actual: actual, at: row.time)
      answer(row, request, outcome: settled == nil ? "none" : "done", shares: settled?.shares)
    case .topup:
      let isBought = stack.stack.purchase(
        Credits(micro: row.cost), for: request, at: row.time)
      answer(row, request, outcome: isBought ? "done" : "none")
    case .plan:
      if let plan = row.plan {
        stack.stack.move(row.account, to: plan, onPlanChange, at: row.time)
        directory.planOfAccount[Int(row.account)] = plan
      }
      answer(
        row, directory.request(of: row.account), outcome: row.plan == nil ? "none" : "done")
    case .tick: answer(row, request, outcome: "done")
    }
    // The journal is not asked for here.
    stack.stack.takeJournal { _ in }
  }

  private mutating func request(for row: DecideRow) -> Request {
    ordinals[Int(row.account)] += 1
    var request = directory.request(of: row.account, cost: Units(row.cost))
    request.product = row.product
    request.ordinal = ordinals[Int(row.account)]
    return request
  }

  private mutating func decide(_ request: Request, _ row: DecideRow) {
    let decision = stack.decide(request, key: row.key, at: row.time).decision
    if row.operation == .request, decision.outcome != .deny {
      _ = stack.settle(
        account: row.account, key: row.key, actual: decision.granted, at: row.time)
    }
    let wait = decision.outcome == .hold ? decision.delay : decision.refusal?.retryAfter
    answer(
      row, request, outcome: decision.outcome.rawValue, shares: decision.shares,
      granted: decision.granted, wait: wait, reason: reason(of: decision))
  }

  /// The layer that holds or refuses, and why; `nil` for what is admitted in full.
  private func reason(of decision: Decision) -> String? {
    let names = stack.stack.names
    if let layer = decision.heldBy { return "\(names[layer]):\(Outcome.hold)" }
    guard let refusal = decision.refusal else { return nil }
    return "\(decision.refusedBy.map { names[$0] } ?? ""):\(refusal.reason)"
  }

  private mutating func answer(
    _ row: DecideRow, _ request: Request, outcome: String, shares: Shares? = nil,
    granted: Units? = nil, wait: SimDuration? = nil, reason: String? = nil
  ) {
    output.integer(row.time.nanoseconds)
    output.text(row.name)
    output.text(row.operation.rawValue)
    output.text(outcome)
    output.integer((granted ?? shares?.total)?.count)
    output.integer(remaining(for: request, at: row.time)?.count)
    output.integer(wait?.nanoseconds)
    output.text(reason)
    output.text(shares.map(text))
    output.endRow()
  }

  private func remaining(for request: Request, at now: SimTime) -> Units? {
    var sum = Units.zero
    for payer in stack.stack.payers where stack.stack.applies(payer, to: request.product) {
      guard let meter = stack.stack.meter(ofLayer: payer, for: request, at: now) else { continue }
      guard let remaining = meter.remaining else { return nil }
      sum += remaining
    }
    return sum
  }

  private func text(_ shares: Shares) -> String {
    stack.stack.payers.indices.filter { shares[$0] > .zero }
      .map { "\(stack.stack.names[stack.stack.payers[$0]]):\(shares[$0].count)" }
      .joined(separator: ";")
  }
}

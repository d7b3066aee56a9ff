public import WeirFormats
import WeirKernel

/// Drives one stack by hand, with no simulator: rows of requests in, one answer for each row out.
///
/// Columns in: `time_ns` (never decreasing), `account` (any name), `operation`, `cost`, `key`, and,
/// where wanted, `product`, `model`, `call` (which request of its turn it is, from 0), and `plan`,
/// `organisation` and `team`, which are read at the first row of an account; later its plan changes
/// by the operation alone.
///
/// | operation | what it does | `cost` |
/// |---|---|---|
/// | `request` | decides, and settles at once at the cost | units |
/// | `reserve` | decides, and holds | estimated units |
/// | `start` | service of what was reserved under the key begins | |
/// | `settle` | what was reserved under the key ends well: settles it | actual units |
/// | `fail` | what was reserved under the key ends badly: it pays nothing | |
/// | `release` | releases what was reserved under the key, which never started | |
/// | `topup` | buys credits | micro-credits |
/// | `plan` | puts the account on the plan that the row names | |
/// | `limit` | sets fields of a layer: `layer`, `set` (`limit=20;per=1h`) and `carry` | |
/// | `load` | reports the load: `utilisation`, `queue_delay_ns`, `queued`, `in_service`, `completions` | |
/// | `tick` | lets the changes and debits that are due by then be made | |
///
/// A key that an account has used before gets the same answer again; without a key every row is a
/// request of its own. `carry` is what becomes of what was used: `reset`, `asIs`, `additive` (when
/// it is empty) or `proportional`.
///
/// Columns out: `time_ns`, `account`, `operation`, `outcome` (`admit`, `deny`, …; for other
/// operations `done`, or `none` when there was nothing to do), `granted` (units), `remaining` (the
/// units that all payers together would still pay; empty without a limit), `retry_after_ns` (of a
/// `hold` the time until it is released), `reason` (`layer:reason`, of a hold `layer:hold`) and
/// `shares` (`layer:units`, joined by `;`).
public struct DecideSession {
  private var stack: IdempotentStack
  private var directory: Directory
  private let policy: DrivenPolicy
  private var written: WrittenLayers
  /// The changes still to come, each with its number; the next one last.
  private var changes: [(at: SimTime, number: Int)]
  private var signals = Signals.none
  /// What was admitted and has not ended, by account and key.
  private var underway: [Key: Underway] = [:]
  private var ordinals: [UInt32]
  private var last = SimTime(nanoseconds: .min)

  private struct Key: Hashable {
    var account: AccountIndex
    var key: String
  }

  /// A request on its way.
  private struct Underway {
    var request: Request
    /// When it came, or comes, to the fleet.
    var admittedAt: SimTime
    var hasStarted = false
  }

  /// The answers to the rows of `source` as CSV; explained, in words and with the state of each
  /// layer after each row.
  ///
  /// - Throws: The first row that cannot be read, with its place.
  public static func run(
    _ source: SourceFile, _ policy: DrivenPolicy, explains: Bool = false
  ) throws(ScenarioIssue) -> [UInt8] {
    let accounts = try DecideAccounts(source, plans: policy.plans)
    var session = DecideSession(
      policy,
      for: Directory(
        planOfAccount: accounts.plans, organisationOfAccount: accounts.organisations.indices,
        teamOfAccount: accounts.teams.indices, plans: policy.plans, products: policy.products,
        models: policy.models))
    var rows = try CSVReader(source)
    let columns = try DecideColumns(rows)
    var table = CSVWriter(columns: CSVWriter.answerColumns)
    var story = DecideStory()
    var number = 0
    while try rows.next() {
      number += 1
      let row = try columns.row(
        of: rows, accounts: accounts, for: policy, number: number)
      let answer = try session.answer(row, columns, rows)
      if explains {
        story.append(answer, session.states(after: row))
      } else {
        table.append(answer)
      }
    }
    return explains ? [UInt8](story.text.utf8) : table.bytes
  }

  private init(_ policy: DrivenPolicy, for directory: Directory) {
    self.policy = policy
    written = policy.written
    let times = policy.changes.map(\.at)
    changes = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }.reversed()
      .map { (times[$0], $0) }
    var stack = Stack(
      policy.layers, onShortfall: policy.onShortfall, changes: policy.changes, for: directory)
    for account in directory.planOfAccount.indices {
      stack.open(
        AccountIndex(account), plan: directory.planOfAccount[account],
        with: directory.start(of: AccountIndex(account)))
    }
    self.stack = IdempotentStack(stack)
    self.directory = directory
    ordinals = Array(repeating: 0, count: directory.accounts)
  }

  // MARK: Rows

  private mutating func answer(
    _ row: DecideRow, _ columns: DecideColumns, _ rows: CSVReader
  ) throws(ScenarioIssue) -> DecideAnswer {
    guard row.time >= last else {
      throw rows.issue(at: columns.time, expected: "a time that is not before the last one")
    }
    last = row.time
    advance(to: row.time)
    let request = request(for: row)
    var answer = DecideAnswer(row: row, outcome: "done")
    switch row.operation {
    case .request, .reserve: decide(request, &answer)
    case .start: start(&answer)
    case .settle: end(&answer, actual: Units(row.cost))
    case .fail, .release: end(&answer, actual: .zero)
    case .topup:
      let isBought = stack.stack.purchase(Credits(micro: row.cost), for: request, at: row.time)
      if !isBought { answer.outcome = "none" }
    case .plan: move(row)
    case .limit: try changeLimit(row, columns, rows)
    case .load: report(try columns.load(in: rows, at: row.time), of: row)
    case .tick: break
    }
    // Debits that are due at once are made, so that what is shown is what decides next.
    stack.stack.advance(to: row.time)
    // The journal is not asked for here.
    stack.stack.takeJournal { _ in }
    answer.remaining = remaining(for: asking(row), at: row.time)
    return answer
  }

  /// Makes the changes and debits that are due.
  private mutating func advance(to now: SimTime) {
    while let next = changes.last, next.at <= now {
      changes.removeLast()
      let name = policy.changes[next.number].name.value
      if let layer = stack.stack.names.firstIndex(of: name) {
        written.follow(change: next.number, of: layer)
      }
    }
    stack.stack.advance(to: now)
  }

  private mutating func request(for row: DecideRow) -> Request {
    ordinals[Int(row.account)] += 1
    var request = asking(row)
    request.cost = Units(row.cost)
    request.ordinal = ordinals[Int(row.account)]
    request.sampleKey = SampleKey(seed: 0).child(UInt64(row.number))
    return request
  }

  /// A request of nothing, from the account of a row for its product.
  private func asking(_ row: DecideRow) -> Request {
    var request = directory.request(of: row.account)
    request.product = row.product
    request.model = row.model
    request.call = row.call
    return request
  }

  private mutating func decide(_ request: Request, _ answer: inout DecideAnswer) {
    let row = answer.row
    var request = request
    let reply = weigh(&request, row)
    let decision = reply.decision
    answer.outcome = decision.outcome.rawValue
    answer.granted = decision.granted
    answer.shares = named(decision.shares)
    answer.wait = decision.outcome == .hold ? decision.delay : decision.refusal?.retryAfter
    answer.reason = reason(of: decision)
    guard !reply.isReplay, decision.outcome != .deny else { return }
    underway[Key(account: row.account, key: row.key)] = Underway(
      request: request, admittedAt: row.time + decision.delay)
    if row.operation == .request {
      var settled = DecideAnswer(row: row, outcome: "")
      end(&settled, actual: decision.granted)
    }
  }

  /// Decides on the request of a row, or on another in its place; then `request` is the other.
  private mutating func weigh(
    _ request: inout Request, _ row: DecideRow
  ) -> IdempotentStack.Answer {
    let product = directory.products[Int(row.product)]
    let downgrade = policy.downgrades.first { $0.product.value == product }
    guard let downgrade,
      let replacement = directory.products.firstIndex(of: downgrade.replacement.value)
    else { return stack.decide(request, key: row.key, at: row.time, signals) }
    var other = request
    other.product = ProductIndex(replacement)
    if let model = downgrade.model.flatMap({ directory.models.firstIndex(of: $0) }) {
      other.model = ModelIndex(model)
    }
    other.cost = downgrade.cost(of: request.cost)
    let (answer, isOther) = stack.decide(
      request, orElse: other, for: downgrade.reasons, key: row.key, at: row.time, signals)
    if isOther { request = other }
    return answer
  }

  /// Service begins: trackers and load control learn how long it was waited for.
  private mutating func start(_ answer: inout DecideAnswer) {
    let row = answer.row
    let key = Key(account: row.account, key: row.key)
    guard let request = underway[key], !request.hasStarted else {
      answer.outcome = "none"
      return
    }
    underway[key]?.hasStarted = true
    let waited = max(.zero, row.time - request.admittedAt)
    stack.stack.observe(.started(waited: waited), of: request.request, at: row.time)
  }

  /// What is under way ends; one whose start no row told has started when it came to the fleet.
  private mutating func end(_ answer: inout DecideAnswer, actual: Units) {
    let row = answer.row
    let settled = stack.settle(
      account: row.account, key: row.key, actual: actual, at: row.time, signals)
    guard let settled else {
      answer.outcome = "none"
      return
    }
    answer.granted = settled.shares.total
    answer.shares = named(settled.shares)
    let key = Key(account: row.account, key: row.key)
    guard var ending = underway.removeValue(forKey: key) else { return }
    ending.request.plan = directory.planOfAccount[Int(row.account)]
    let latency = max(.zero, row.time - ending.admittedAt)
    if row.operation == .release {
      return stack.stack.observe(.abandoned(waited: latency), of: ending.request, at: row.time)
    }
    if !ending.hasStarted {
      stack.stack.observe(.started(waited: .zero), of: ending.request, at: row.time)
    }
    let feedback: Feedback =
      row.operation == .fail
      ? .failed(latency: latency) : .completed(actual: actual, latency: latency)
    stack.stack.observe(feedback, of: ending.request, at: row.time)
  }

  // MARK: Changes

  private mutating func move(_ row: DecideRow) {
    guard let plan = row.plan else { return }
    stack.stack.move(row.account, to: plan, policy.onPlanChange, at: row.time)
    directory.planOfAccount[Int(row.account)] = plan
  }

  private mutating func changeLimit(
    _ row: DecideRow, _ columns: DecideColumns, _ rows: CSVReader
  ) throws(ScenarioIssue) {
    let change = try columns.change(in: rows, layers: stack.stack.names)
    let layer: NamedLayer
    do throws(ScenarioIssue) {
      layer = try policy.checked(written.make(change), change, of: stack.stack)
    } catch {
      var issue = error
      issue.position = rows.position(of: change.column)
      issue.column = change.column.name
      throw issue
    }
    stack.stack.replace(change.layer, by: layer.layer, change.inheritance, at: row.time)
  }

  /// The load of the pool that serves the product of the row is known from now.
  private mutating func report(_ sample: LoadSample, of row: DecideRow) {
    if signals.pools.isEmpty {
      let products = directory.products.indices
      signals = Signals(
        pools: products.map { _ in .idle }, poolOfProduct: products.map { UInt16($0) })
    }
    signals.pools[Int(row.product)] = sample
    stack.stack.receive(signals, at: row.time)
  }

  // MARK: Answers

  /// The layer that holds or refuses, and why; `nil` for what is admitted in full.
  private func reason(of decision: Decision) -> String? {
    let names = stack.stack.names
    if let layer = decision.heldBy { return "\(names[layer]):\(Outcome.hold)" }
    guard let refusal = decision.refusal else { return nil }
    return "\(decision.refusedBy.map { names[$0] } ?? ""):\(refusal.reason)"
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

  private func named(_ shares: Shares) -> [(layer: String, units: Units)] {
    stack.stack.payers.indices.filter { shares[$0] > .zero }
      .map { (stack.stack.names[stack.stack.payers[$0]], shares[$0]) }
  }

  private func states(after row: DecideRow) -> [LayerState] {
    stack.stack.states(for: asking(row), at: row.time, signals)
  }
}

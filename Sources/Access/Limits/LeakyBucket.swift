public import WeirFormats
public import WeirKernel

/// A bucket that requests flow into and that leaks at a steady rate; what does not fit is refused.
///
/// As a meter it only measures: what fits passes at once, and the bucket shows how much lately
/// has. As a queue it holds the requests themselves and lets them out at the rate at which it
/// leaks.
///
/// ## Edges
/// - A meter decides exactly as a ``GenericCellRate`` of that rate and burst does, and as a
///   ``TokenBucket`` that shows what is missing from it.
/// - In a queue a request goes on when all that came before it has leaked; the first goes at once.
///   What has begun to leak takes no room: a queue refuses when the whole units ahead and the cost
///   are more than the capacity.
/// - A cost above the capacity never fits: reason `never`, no wait.
/// - A settlement below the estimate lowers the level of a meter. The place of a request in a
///   queue has passed by then and stays empty; one that gives up leaves its place empty too.
///
/// ## Complexity
/// O(1) a call, without a division where a meter passes; 16 bytes a state.
///
/// ## Source
/// Turner, "New directions in communications (or which way to the information age?)", 1986, for
/// the meter; mennanov/limiters for the queue.
public struct LeakyBucket: Layer {
  /// The name in scenarios.
  public static let typeName = "leakyBucket"
  /// One sentence for the catalogue.
  public static let summary =
    "A bucket that leaks at a steady rate, as a meter or as a queue; what does not fit is refused."

  /// What flows into the bucket.
  public enum Mode: String, CaseIterable, Hashable, Sendable {
    /// A measure of the requests, which pass at once.
    case meter
    /// The requests themselves, which are kept.
    case queue
  }

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The most units in the bucket.
  public let capacity: UnitsByPlan
  /// The units that leak in a period.
  public let leak: UnitsByPlan
  /// The length of a period.
  public let period: SimDuration
  /// What flows into the bucket.
  public let mode: Mode
  /// Who shares a bucket.
  public let scope: Scope

  private var rules: [CellRule] = []
  /// When each bucket is empty, times the leak.
  private var empties: [Int128] = []

  /// Creates the bucket.
  public init(
    capacity: UnitsByPlan, leak: UnitsByPlan, per period: SimDuration, mode: Mode = .meter,
    as role: Role = .allowance, by scope: Scope = .account
  ) {
    self.capacity = capacity
    self.leak = leak
    self.period = period
    self.mode = mode
    self.role = role
    self.scope = scope
  }

  /// Reads the bucket.
  public init(_ fields: Fields) {
    let capacity = fields.required(
      "capacity", .unitsByPlan, "The most units in the bucket, for all or by plan.")
    let leak = fields.required(
      "leak", .unitsByPlan, "The units that leak in each period, for all or by plan.")
    let period = fields.period("The length of a period.")
    let mode = fields.value(
      "mode",
      .choice(Mode.self) { mode in
        switch mode {
        case .meter: "a measure of the requests, which pass at once"
        case .queue: "the requests themselves, which are held until they leak"
        }
      }, default: .meter, "What flows into the bucket.")
    let role = fields.limitRole()
    let scope = fields.scope()
    fields.check(
      scope == .account || leak.isUniform, at: "leak",
      expected: "one number, since a shared bucket leaks at one rate")
    self.init(capacity: capacity, leak: leak, per: period, mode: mode, as: role, by: scope)
  }

  /// The plans that have a capacity or a leak of their own.
  public var fieldNames: FieldNames { FieldNames(plans: capacity.planNames + leak.planNames) }

  /// No as a queue.
  public var givesBack: Bool { mode == .meter }

  /// Makes room for the buckets, which are empty.
  public mutating func prepare(for directory: Directory) {
    rules = zip(leak.resolved(for: directory), capacity.resolved(for: directory)).map {
      CellRule(rate: $0, period: period, burst: $1)
    }
    empties = Array(repeating: CellRule.idle, count: scope.count(in: directory))
  }

  /// Starts an account that asks for more than leaks with a full bucket.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let rule = rules[Int(plan)]
    guard let stationary = start.stationary, scope == .account, !rule.isUnlimited,
      stationary.exceeds(Units(Int64(rule.rate)), per: period)
    else { return }
    empties[scope.index(of: account, with: start)] = rule.tolerance
  }

  /// Has the bucket go on under the rule of the new plan.
  public mutating func follow(_ change: PlanChange) {
    guard scope == .account else { return }
    let index = Int(change.account)
    empties[index] = carried(
      empties[index], from: rules[Int(change.from)], to: rules[Int(change.to)],
      change.inheritance, at: change.at)
  }

  /// Has buckets of the same mode go on with another capacity or leak.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.scope == scope, earlier.mode == mode else {
      return false
    }
    empties = succession.carry(earlier.empties, by: scope, from: earlier.rules, to: rules) {
      carried($0, from: $1, to: $2, succession.inheritance, at: succession.at)
    }
    return true
  }

  /// A meter leaves what it should; who waits in a queue keeps the place, but for a reset.
  private func carried(
    _ empty: Int128, from old: CellRule, to new: CellRule, _ inheritance: Inheritance,
    at now: SimTime
  ) -> Int128 {
    if inheritance == .reset { return CellRule.idle }
    return mode == .meter
      ? new.carried(empty, from: old, inheritance, at: now)
      : new.carried(time: empty, from: old, at: now)
  }

  /// Pays what fits; as a queue, when what is ahead of it has leaked.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let rule = rules[Int(request.plan)]
    if cost == .zero || rule.isUnlimited { return .pays(cost) }
    let level = rule.ahead(empties[scope.index(of: request)], at: now)
    let room = room(beside: level, rule)
    guard let delay = delay(behind: level, rule) else { return .short(.never, retryAfter: nil) }
    let payable = rule.units(room)
    if cost <= payable { return .pays(cost, after: delay) }
    let missing = Int128(cost.count) * rule.period - room
    var quote = Quote.short(.never, payable: payable, retryAfter: nil)
    if cost <= rule.burst, let wait = rule.time(of: missing) {
      quote = .short(.limit, payable: payable, retryAfter: wait)
    }
    if payable > .zero { quote.delay = delay }
    return quote
  }

  /// Pours the share into the bucket.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    let rule = rules[Int(request.plan)]
    guard share > .zero, !rule.isUnlimited else { return }
    let index = scope.index(of: request)
    empties[index] = rule.adding(share, to: empties[index], at: now)
  }

  /// Lowers the level of a meter by what was not needed, or pours in more.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share { return commit(actual - hold.share, of: request, at: now) }
    let rule = rules[Int(request.plan)]
    guard mode == .meter, !rule.isUnlimited else { return }
    empties[scope.index(of: request)] -= Int128((hold.share - actual).count) * rule.period
  }

  /// The room in the bucket of the account of `request`.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let rule = rules[Int(request.plan)]
    if rule.isUnlimited { return Meter(limit: nil, remaining: nil, resetAfter: .zero) }
    let level = rule.ahead(empties[scope.index(of: request)], at: now)
    return Meter(
      limit: rule.burst, remaining: rule.units(room(beside: level, rule)),
      resetAfter: level == 0 ? .zero : rule.time(of: level))
  }

  /// The scaled room in a bucket: a unit of a queue that has begun to leak takes none.
  private func room(beside level: Int128, _ rule: CellRule) -> Int128 {
    let room = rule.tolerance - level
    guard mode == .queue, level > 0 else { return room }
    return rule.rate == 0 ? 0 : room + rule.period - 1
  }

  /// The time until what is ahead in a queue has leaked; `nil` when it never does.
  private func delay(behind level: Int128, _ rule: CellRule) -> SimDuration? {
    mode == .queue && level > 0 ? rule.time(of: level) : .zero
  }
}

// MARK: Beyond the protocol

extension LeakyBucket {
  /// The time until the bucket of `request`'s account is empty; `nil` when it never leaks.
  public func timeToEmpty(for request: Request, at now: SimTime) -> SimDuration? {
    let rule = rules[Int(request.plan)]
    let level = rule.ahead(empties[scope.index(of: request)], at: now)
    return level == 0 ? .zero : rule.time(of: level)
  }
}

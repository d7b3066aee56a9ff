public import WeirFormats
public import WeirKernel

/// The generic cell rate algorithm: a token bucket kept as one time.
///
/// The state is the time at which everything let through so far would have arrived had it kept to
/// the rate. It is kept times the rate, so that a rate which does not divide its period decides
/// exactly as a ``TokenBucket`` of capacity `burst` does, for ever.
///
/// ## Edges
/// - A cost above `burst` never passes: reason `never`, no wait.
/// - A refused request, and one of no units, leaves the time as it is.
/// - After an idle time the burst is there in full, and not a unit more.
/// - A settlement above the estimate moves the time further than the burst allows.
///
/// ## Complexity
/// O(1) a call, without a division when it pays; 16 bytes a state.
///
/// ## Source
/// ITU-T I.371 (virtual scheduling); throttled/throttled, brandur/redis-cell and
/// go-redis/redis_rate, whose rounded emission intervals it does without.
public struct GenericCellRate: Layer {
  /// The name in scenarios.
  public static let typeName = "gcra"
  /// One sentence for the catalogue.
  public static let summary =
    "The generic cell rate algorithm: a steady rate with a tolerated burst, kept as one time."

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The units that a period lets through.
  public let rate: UnitsByPlan
  /// The length of a period.
  public let period: SimDuration
  /// The most units at once; `nil` for those of one period.
  public let burst: UnitsByPlan?
  /// Who shares a state.
  public let scope: Scope

  private var rules: [CellRule] = []
  /// Arrival times in nanoseconds, times the rate.
  private var arrivals: [Int128] = []

  /// Creates the limit.
  public init(
    rate: UnitsByPlan, per period: SimDuration, burst: UnitsByPlan? = nil,
    as role: Role = .allowance, by scope: Scope = .account
  ) {
    self.rate = rate
    self.period = period
    self.burst = burst
    self.role = role
    self.scope = scope
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    let rate = fields.required(
      "rate", .unitsByPlan, "The units that each period lets through, for all or by plan.")
    let period = fields.period("The length of a period.")
    let burst = fields.optional(
      "burst", .unitsByPlan, "The most units at once; those of one period if absent.")
    let role = fields.limitRole()
    let scope = fields.scope()
    fields.check(
      scope == .account || rate.isUniform, at: "rate",
      expected: "one number, since a shared state keeps to one rate")
    self.init(rate: rate, per: period, burst: burst, as: role, by: scope)
  }

  /// The plans that have a rate or a burst of their own.
  public var planNames: [Located<String>] { rate.planNames + (burst?.planNames ?? []) }

  /// Makes room for the arrival times.
  public mutating func prepare(for directory: Directory) {
    let bursts = (burst ?? rate).resolved(for: directory)
    rules = zip(rate.resolved(for: directory), bursts).map {
      CellRule(rate: $0, period: period, burst: $1)
    }
    // Before all time: everyone has been idle for long enough.
    arrivals = Array(repeating: .min / 2, count: scope.count(in: directory))
  }

  /// Starts an account that asks for more than the rate with its burst used up.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let rule = rules[Int(plan)]
    guard let stationary = start.stationary, scope == .account, !rule.isUnlimited,
      stationary.exceeds(Units(Int64(rule.rate)), per: period)
    else { return }
    arrivals[scope.index(of: account, with: start)] = rule.tolerance
  }

  /// Pays what the burst leaves beside what has gone before.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let rule = rules[Int(request.plan)]
    if cost == .zero || rule.isUnlimited { return .pays(cost) }
    let headroom = rule.headroom(of: arrivals[scope.index(of: request)], at: now)
    let weight = Int128(cost.count) * rule.period
    if weight <= headroom { return .pays(cost) }
    let payable = Units(Int64(clamping: max(0, headroom) / rule.period))
    guard weight <= rule.tolerance, rule.rate > 0 else {
      return .short(.never, payable: payable, retryAfter: nil)
    }
    return .short(.limit, payable: payable, retryAfter: rule.time(of: weight - headroom))
  }

  /// Moves the arrival time on by the share.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    let rule = rules[Int(request.plan)]
    if rule.isUnlimited { return }
    let index = scope.index(of: request)
    let start = max(arrivals[index], Int128(now.nanoseconds) * rule.rate)
    arrivals[index] = start + Int128(share.count) * rule.period
  }

  /// Moves the arrival time back by what was not needed, or further on.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share {
      commit(actual - hold.share, of: request, at: now)
    } else if actual < hold.share, !rules[Int(request.plan)].isUnlimited {
      let weight = Int128((hold.share - actual).count) * rules[Int(request.plan)].period
      arrivals[scope.index(of: request)] -= weight
    }
  }

  /// The burst of the account of `request`.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let rule = rules[Int(request.plan)]
    if rule.isUnlimited { return Meter(limit: nil, remaining: nil, resetAfter: .zero) }
    let headroom = rule.headroom(of: arrivals[scope.index(of: request)], at: now)
    let used = rule.tolerance - headroom
    return Meter(
      limit: rule.burst, remaining: Units(Int64(clamping: max(0, headroom) / rule.period)),
      resetAfter: used == 0 ? .zero : rule.time(of: used))
  }

  /// The wait until `units` would pass, be they more than the burst; `nil` for ever.
  public func wait(for units: Units, of request: Request, at now: SimTime) -> SimDuration? {
    let rule = rules[Int(request.plan)]
    if rule.isUnlimited { return .zero }
    let headroom = rule.headroom(of: arrivals[scope.index(of: request)], at: now)
    let missing = Int128(units.count) * rule.period - headroom
    return missing <= 0 ? .zero : rule.time(of: missing)
  }
}

/// The arithmetic of one plan: times are scaled by the rate, units by the period.
private struct CellRule: Hashable, Sendable {
  let rate: Int128
  let period: Int128
  let burst: Units
  /// How far ahead of now arrivals may be.
  let tolerance: Int128
  let isUnlimited: Bool

  init(rate: Units, period: SimDuration, burst: Units) {
    self.rate = Int128(rate.count)
    self.period = Int128(period.nanoseconds)
    self.burst = burst
    tolerance = Int128(burst.count) * self.period
    isUnlimited = rate == .unlimited || burst == .unlimited
  }

  /// How much further arrivals may move; negative after a settlement above the estimate.
  func headroom(of arrival: Int128, at now: SimTime) -> Int128 {
    let ahead = max(0, arrival - Int128(now.nanoseconds) * rate)
    return tolerance - ahead
  }

  /// The time in which so much scaled headroom comes back; `nil` when it never does.
  func time(of weight: Int128) -> SimDuration? {
    rate == 0
      ? nil : SimDuration(nanoseconds: Int64(clamping: (weight + rate - 1) / rate))
  }
}

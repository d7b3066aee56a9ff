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
/// - With `holdUpTo` a request is kept until the rate lets it through, if that is not longer; it
///   counts when it comes, and may then cost as much more than `burst` as comes in that time.
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
  /// The longest that a request is kept until it fits.
  public let holdUpTo: SimDuration
  /// Who shares a state.
  public let scope: Scope

  private var rules: [CellRule] = []
  /// Arrival times in nanoseconds, times the rate.
  private var arrivals: [Int128] = []

  /// Creates the limit.
  public init(
    rate: UnitsByPlan, per period: SimDuration, burst: UnitsByPlan? = nil,
    holdUpTo: SimDuration = .zero, as role: Role = .allowance, by scope: Scope = .account
  ) {
    self.rate = rate
    self.period = period
    self.burst = burst
    self.holdUpTo = holdUpTo
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
    let holdUpTo = fields.holdUpTo()
    let role = fields.limitRole()
    let scope = fields.scope()
    fields.check(
      scope == .account || rate.isUniform, at: "rate",
      expected: "one number, since a shared state keeps to one rate")
    self.init(
      rate: rate, per: period, burst: burst, holdUpTo: holdUpTo, as: role, by: scope)
  }

  /// The plans that have a rate or a burst of their own.
  public var fieldNames: FieldNames { FieldNames(plans: rate.planNames + (burst?.planNames ?? [])) }

  /// Makes room for the arrival times.
  public mutating func prepare(for directory: Directory) {
    let bursts = (burst ?? rate).resolved(for: directory)
    rules = zip(rate.resolved(for: directory), bursts).map {
      CellRule(rate: $0, period: period, burst: $1)
    }
    arrivals = Array(repeating: CellRule.idle, count: scope.count(in: directory))
  }

  /// Starts an account that asks for more than the rate with its burst used up.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let rule = rules[Int(plan)]
    guard let stationary = start.stationary, scope == .account, !rule.isUnlimited,
      stationary.exceeds(Units(Int64(rule.rate)), per: period)
    else { return }
    arrivals[scope.index(of: account, with: start)] = rule.tolerance
  }

  /// Has the arrival time go on under the rate of the new plan.
  public mutating func follow(_ change: PlanChange) {
    guard scope == .account else { return }
    let index = Int(change.account)
    arrivals[index] = rules[Int(change.to)].carried(
      arrivals[index], from: rules[Int(change.from)], change.inheritance, at: change.at)
  }

  /// Has arrival times go on under another rate or burst.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.scope == scope else { return false }
    arrivals = succession.carry(earlier.arrivals, by: scope, from: earlier.rules, to: rules) {
      $2.carried($0, from: $1, succession.inheritance, at: succession.at)
    }
    return true
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
    let most = rule.tolerance + Int128(holdUpTo.nanoseconds) * rule.rate
    guard weight <= most, let wait = rule.time(of: weight - headroom) else {
      return .short(.never, payable: rule.units(headroom), retryAfter: nil)
    }
    return .kept(cost, for: wait, upTo: holdUpTo, else: rule.units(headroom))
  }

  /// Moves the arrival time on by the share.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    let rule = rules[Int(request.plan)]
    if rule.isUnlimited { return }
    let index = scope.index(of: request)
    arrivals[index] = rule.adding(share, to: arrivals[index], at: now)
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
      limit: rule.burst,
      remaining: rule.units(headroom + Int128(holdUpTo.nanoseconds) * rule.rate),
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

public import WeirFormats
public import WeirKernel

/// A limit of so many units in any span of one length: each use counts until it is that old.
///
/// The strictest of the limiters, and the only one under which no span of the length ever holds
/// more than the limit. It keeps every use.
///
/// ## Edges
/// - The span is half-open: a use exactly `per` old has left. With `inclusive` it still counts and
///   leaves a nanosecond later.
/// - The wait of a refused cost is that for the oldest uses whose leaving makes room for it.
/// - A settlement below the estimate takes from the use itself; above it, the rest counts from when
///   it is settled.
///
/// ## Complexity
/// A call is linear in the uses that left since the last one, a refusal or settlement in those that
/// count; 16 bytes an account and 24 a use.
///
/// ## Source
/// vutran1710/PyrateLimiter 4 (`inclusive`); alisaifee/limits for the mistakes to avoid: waits
/// taken from the newest use, costs above the limit let through.
public struct SlidingLog: Layer {
  /// The name in scenarios.
  public static let typeName = "slidingLog"
  /// One sentence for the catalogue.
  public static let summary =
    "So many units in any span of time of one length: each use counts until it is that old."

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The most units in one span.
  public let limit: UnitsByPlan
  /// The length of the span.
  public let length: SimDuration
  /// Whether a use exactly one length old still counts.
  public let isInclusive: Bool
  /// Who shares a log.
  public let scope: Scope

  private var limits: [Units] = []
  private var log = DatedQueues(owners: 0)

  /// Creates the limit.
  public init(
    limit: UnitsByPlan, per length: SimDuration, inclusive: Bool = false,
    as role: Role = .allowance, by scope: Scope = .account
  ) {
    self.limit = limit
    self.length = length
    self.role = role
    self.scope = scope
    isInclusive = inclusive
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    let limit = fields.required(
      "limit", .unitsByPlan, "The most units in one span, for all or by plan.")
    let length = fields.period("The length of the span: how long a use counts.")
    let inclusive = fields.value(
      "inclusive", .flag, default: false, "Whether a use exactly that old still counts.")
    let role = fields.limitRole()
    self.init(limit: limit, per: length, inclusive: inclusive, as: role, by: fields.scope())
  }

  /// The plans that have a limit of their own.
  public var fieldNames: FieldNames { FieldNames(plans: limit.planNames) }

  /// Makes room for the logs.
  public mutating func prepare(for directory: Directory) {
    limits = limit.resolved(for: directory)
    log = DatedQueues(owners: scope.count(in: directory))
  }

  /// Spreads what an account in the middle of a long life is expected to have used.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    guard let stationary = start.stationary, limits[Int(plan)] != .unlimited else { return }
    let owner = scope.index(of: account, with: start)
    let room = limits[Int(plan)] - log.total(of: owner, after: bound(at: .zero))
    let used = min(room, stationary.demand(in: length)).count
    // A later account of a shared log adds at the end: entries stay in order.
    let latest = log.lastTime(of: owner) ?? SimTime(nanoseconds: .min)
    let uses = min(8, used)
    let step = length.nanoseconds / 8
    let shift = stationary.phase(of: SimDuration(nanoseconds: step)).nanoseconds
    for use in 0..<max(0, uses) {
      let age = (uses - use) * step - shift
      let units = Units(used * (use + 1) / uses - used * use / uses)
      log.append(units, at: max(latest, SimTime(nanoseconds: -age)), to: owner)
    }
  }

  /// Has the log go on under the limit of the new plan.
  public mutating func follow(_ change: PlanChange) {
    guard scope == .account else { return }
    carry(
      Int(change.account), from: limits[Int(change.from)], to: limits[Int(change.to)],
      change.inheritance, at: change.at)
  }

  /// Has logs of the same length go on under the new limit.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.scope == scope, earlier.length == length else {
      return false
    }
    log = earlier.log
    let owners = Array(0..<scope.count(in: succession.directory))
    _ = succession.carry(owners, by: scope, from: earlier.limits, to: limits) { owner, old, new in
      carry(owner, from: old, to: new, succession.inheritance, at: succession.at)
      return owner
    }
    return true
  }

  /// Writes down or strikes out so much that what is left is as it should be.
  ///
  /// What is struck out are the oldest uses; what is written down is as if used at `now`.
  private mutating func carry(
    _ owner: Int, from old: Units, to new: Units, _ inheritance: Inheritance, at now: SimTime
  ) {
    log.drop(upTo: bound(at: now), of: owner)
    let used = log.total(of: owner, after: bound(at: now))
    let isUnlimited = old == .unlimited || new == .unlimited
    let left = isUnlimited ? .zero : inheritance.left(old - used, of: old, under: new)
    let target = isUnlimited ? .zero : max(.zero, new - left)
    if target > used { log.append(target - used, at: now, to: owner) }
    log.removeOldest(used - target, of: owner)
  }

  /// Pays what the limit leaves beside the uses that still count.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let limit = limits[Int(request.plan)]
    if cost == .zero || limit == .unlimited { return .pays(cost) }
    let owner = scope.index(of: request)
    let bound = bound(at: now)
    let used = log.total(of: owner, after: bound)
    let headroom = max(.zero, limit - used)
    if cost <= headroom { return .pays(cost) }
    guard cost <= limit,
      let time = log.time(passing: used + cost - limit, of: owner, after: bound)
    else { return .short(.never, payable: headroom, retryAfter: nil) }
    return .short(.limit, payable: headroom, retryAfter: time - bound)
  }

  /// Writes the share down.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    let owner = scope.index(of: request)
    log.drop(upTo: bound(at: now), of: owner)
    log.append(share, at: now, to: owner)
  }

  /// Takes from the use itself, or writes more down now.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share {
      commit(actual - hold.share, of: request, at: now)
    } else if actual < hold.share {
      log.remove(
        hold.share - actual, madeAt: hold.committedAt, of: scope.index(of: request))
    }
  }

  /// The log of the account of `request`.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let limit = limits[Int(request.plan)]
    if limit == .unlimited { return Meter(limit: nil, remaining: nil, resetAfter: .zero) }
    let owner = scope.index(of: request)
    let bound = bound(at: now)
    let used = log.total(of: owner, after: bound)
    let last = used > .zero ? log.time(passing: used, of: owner, after: bound) : nil
    return Meter(
      limit: limit, remaining: max(.zero, limit - used),
      resetAfter: last.map { $0 - bound } ?? .zero)
  }

  /// The time of the latest use that no longer counts at `now`.
  private func bound(at now: SimTime) -> SimTime {
    let bound = now - length
    return isInclusive ? SimTime(nanoseconds: bound.nanoseconds - 1) : bound
  }
}

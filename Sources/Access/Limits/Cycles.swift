public import WeirFormats
public import WeirKernel

/// A limit of so many units in each cycle of the clock, in which coming cycles can be reserved.
///
/// ## Edges
/// - Cycles follow one another from `offset`, the same for everyone; each makes up to `limit`
///   units available. What a cycle leaves is not added to the next.
/// - With `holdUpTo` a request is kept until a cycle has units for it, if that is not longer. It
///   takes them when it comes: what is available goes below zero, and coming cycles repay it. It
///   may then cost more than one cycle holds.
/// - A settlement gives back to the cycle that the units were taken in, or repays what is
///   reserved; a cycle that has passed gets nothing back. One above the estimate reserves more.
///
/// ## Complexity
/// O(1) a call, with a division when a cycle has passed; 16 bytes a state.
///
/// ## Source
/// resilience4j/resilience4j, `AtomicRateLimiter`; `holdUpTo` is its timeout.
public struct Cycles: Layer {
  /// The name in scenarios.
  public static let typeName = "cycles"
  /// One sentence for the catalogue.
  public static let summary =
    "So many units in each cycle of the clock; a request may wait for those of coming cycles."

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The units of one cycle.
  public let limit: UnitsByPlan
  /// The length of a cycle.
  public let length: SimDuration
  /// Where one of the cycles begins.
  public let origin: SimTime
  /// The longest that a request is kept until a cycle has units for it.
  public let holdUpTo: SimDuration
  /// Who shares a cycle.
  public let scope: Scope

  private var limits: [Units] = []
  private var cycles: [Cycle] = []

  /// Creates the limit.
  public init(
    limit: UnitsByPlan, per length: SimDuration, origin: SimTime = .zero,
    holdUpTo: SimDuration = .zero, as role: Role = .allowance, by scope: Scope = .account
  ) {
    self.limit = limit
    self.length = length
    self.origin = origin
    self.holdUpTo = holdUpTo
    self.role = role
    self.scope = scope
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    let limit = fields.required(
      "limit", .unitsByPlan, "The units of one cycle, for all or by plan.")
    let length = fields.period("The length of a cycle.")
    let offset = fields.value(
      "offset", .span, default: .zero, "Where in the run one of the cycles begins.")
    let holdUpTo = fields.holdUpTo()
    let role = fields.limitRole()
    let scope = fields.scope()
    fields.check(
      scope == .account || limit.isUniform, at: "limit",
      expected: "one number, since a shared cycle is repaid at one rate")
    self.init(
      limit: limit, per: length, origin: .zero + offset, holdUpTo: holdUpTo, as: role, by: scope)
  }

  /// The plans that have a limit of their own.
  public var fieldNames: FieldNames { FieldNames(plans: limit.planNames) }

  /// Makes room for the cycles; the first is under way, with nothing taken.
  public mutating func prepare(for directory: Directory) {
    limits = limit.resolved(for: directory)
    let first = Cycle(number: number(at: .zero), available: limits.first ?? .zero)
    cycles = Array(repeating: first, count: scope.count(in: directory))
  }

  /// Has the first cycle count what an account in the middle of a long life has used of it.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let limit = limits[Int(plan)]
    let index = scope.index(of: account, with: start)
    if scope == .account { cycles[index].available = limit }
    guard let stationary = start.stationary, limit != .unlimited else { return }
    let used = stationary.demand(in: length - timeToNext(at: .zero))
    cycles[index].available = max(.zero, cycles[index].available - min(limit, used))
  }

  /// Has the cycle go on under the limit of the new plan.
  public mutating func follow(_ change: PlanChange) {
    guard scope == .account else { return }
    let index = Int(change.account)
    cycles[index] = carried(
      cycles[index], from: limits[Int(change.from)], to: limits[Int(change.to)],
      change.inheritance, at: change.at)
  }

  /// Has cycles of the same length go on under the new limit.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.scope == scope, earlier.length == length,
      earlier.origin == origin
    else { return false }
    cycles = succession.carry(earlier.cycles, by: scope, from: earlier.limits, to: limits) {
      carried($0, from: $1, to: $2, succession.inheritance, at: succession.at)
    }
    return true
  }

  private func carried(
    _ cycle: Cycle, from old: Units, to new: Units, _ inheritance: Inheritance, at now: SimTime
  ) -> Cycle {
    var carried = current(cycle, old, at: now)
    carried.available =
      old == .unlimited || new == .unlimited
      ? new : inheritance.left(carried.available, of: old, under: new)
    return carried
  }

  /// Pays what is available, or what coming cycles bring in time.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let limit = limits[Int(request.plan)]
    if cost == .zero || limit == .unlimited { return .pays(cost) }
    let available = current(cycles[scope.index(of: request)], limit, at: now).available
    if cost <= available { return .pays(cost) }
    let payable = max(.zero, available)
    guard comes(cost, limit) else { return .short(.never, payable: payable, retryAfter: nil) }
    let wait = SimDuration(
      nanoseconds: Int64(clamping: self.wait(for: cost, beside: available, limit, at: now)))
    return .kept(cost, for: wait, upTo: holdUpTo, else: payable)
  }

  /// Takes the share, of coming cycles too.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    let limit = limits[Int(request.plan)]
    guard share > .zero, limit != .unlimited else { return }
    let index = scope.index(of: request)
    cycles[index] = current(cycles[index], limit, at: now)
    cycles[index].available -= share
  }

  /// Gives back to the cycle of the hold, or repays what is reserved; or takes more.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share { return commit(actual - hold.share, of: request, at: now) }
    let limit = limits[Int(request.plan)]
    if limit == .unlimited { return }
    let index = scope.index(of: request)
    cycles[index] = current(cycles[index], limit, at: now)
    let isSame = number(at: hold.committedAt) == cycles[index].number
    let most = isSame ? limit : max(.zero, cycles[index].available)
    cycles[index].available = min(most, cycles[index].available + hold.share - actual)
  }

  /// What is available to the account of `request`, in coming cycles too if it would wait.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let limit = limits[Int(request.plan)]
    if limit == .unlimited { return Meter(limit: nil, remaining: nil, resetAfter: .zero) }
    let available = current(cycles[scope.index(of: request)], limit, at: now).available
    let ahead = holdUpTo.nanoseconds - timeToNext(at: now).nanoseconds
    let whole = ahead < 0 ? 0 : Int128(ahead / length.nanoseconds + 1)
    let reachable = Int128(available.count) + whole * Int128(limit.count)
    let reset = available == limit ? 0 : wait(for: limit, beside: available, limit, at: now)
    return Meter(
      limit: limit, remaining: Units(Int64(clamping: max(0, reachable))),
      resetAfter: limit == .zero ? nil : SimDuration(nanoseconds: Int64(clamping: reset)))
  }

  // MARK: The arithmetic

  /// What is available in one cycle.
  private struct Cycle: Hashable, Sendable {
    var number: Int64
    /// Below zero when coming cycles are reserved.
    var available: Units
  }

  private func number(at now: SimTime) -> Int64 {
    let elapsed = (now - origin).nanoseconds
    let (number, rest) = elapsed.quotientAndRemainder(dividingBy: length.nanoseconds)
    return rest < 0 ? number - 1 : number
  }

  private func timeToNext(at now: SimTime) -> SimDuration {
    let rest = (now - origin).nanoseconds % length.nanoseconds
    return SimDuration(nanoseconds: rest < 0 ? -rest : length.nanoseconds - rest)
  }

  private func current(_ cycle: Cycle, _ limit: Units, at now: SimTime) -> Cycle {
    let number = number(at: now)
    guard number > cycle.number else { return cycle }
    let repaid = Int128(number - cycle.number) * Int128(limit.count)
    let available = min(Int128(limit.count), Int128(cycle.available.count) + repaid)
    return Cycle(number: number, available: Units(Int64(available)))
  }

  /// The time until coming cycles have brought what `cost` lacks; `limit` is not 0.
  private func wait(
    for cost: Units, beside available: Units, _ limit: Units, at now: SimTime
  ) -> Int128 {
    let missing = Int128(cost.count) - Int128(available.count)
    let more = (missing + Int128(limit.count) - 1) / Int128(limit.count) - 1
    return more * Int128(length.nanoseconds) + Int128(timeToNext(at: now).nanoseconds)
  }

  /// Whether a cycle has `cost` units, or those that begin within `holdUpTo` of its end do.
  private func comes(_ cost: Units, _ limit: Units) -> Bool {
    if cost <= limit { return limit > .zero }
    let length = Int128(length.nanoseconds)
    let ahead = (Int128(holdUpTo.nanoseconds) + length - 1) / length
    return Int128(cost.count) <= Int128(limit.count) * (1 + ahead)
  }
}

// MARK: Beyond the protocol

extension Cycles {
  /// The units available to the account of `request`; negative when coming cycles are reserved.
  public func available(for request: Request, at now: SimTime) -> Units {
    current(cycles[scope.index(of: request)], limits[Int(request.plan)], at: now).available
  }
}

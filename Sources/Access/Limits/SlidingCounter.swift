public import WeirFormats
public import WeirKernel

/// A limit of so many units in any span of one length, estimated from two counters.
///
/// Time is cut into windows. What the last span has seen is taken to be all of the current window
/// and, as if its uses had been spread evenly, the part of the previous one that the span still
/// covers. A ``SlidingLog`` in two numbers: the usual limiter of large web services.
///
/// ## Edges
/// - `estimate` says how the part of the previous window counts: `exact`, in fractions of a unit,
///   or `floored`, in whole units.
/// - With `overshoots` a request passes while the estimate is below the limit, whatever it costs:
///   the last one may exceed the limit by its cost less a part of a unit.
/// - With `countsRefused` refused requests count as well, whichever layer refused them, up to one
///   unit above the limit: a client that keeps calling stays locked out. The wait of a refusal
///   then includes that the refused request itself counts.
/// - A window that was burnt at once takes up to two lengths to fade.
/// - A settlement gives back to the window that the units were taken from, while it counts; what
///   is above the estimate counts in the window in which it is settled.
///
/// ## Complexity
/// O(1) a call, without a division when it pays; 24 bytes a state.
///
/// ## Source
/// Cloudflare, "How we built rate limiting capable of scaling to millions of domains", 2017
/// (`overshoots`); upstash/ratelimit (likewise); alisaifee/limits and ZhuoZhuoCrayon/throttled-py
/// (`floored`); mennanov/limiters (`countsRefused`). All of them compute with floating-point
/// numbers, which decide otherwise now and then; here only integers decide.
public struct SlidingCounter: Layer {
  /// The name in scenarios.
  public static let typeName = "slidingCounter"
  /// One sentence for the catalogue.
  public static let summary =
    "So many units in any span of one length, estimated from the counts of two windows."

  /// How the part of the previous window counts.
  public enum Estimate: String, CaseIterable, Hashable, Sendable {
    /// In fractions of a unit.
    case exact
    /// In whole units, rounded down.
    case floored
  }

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The most units in one span.
  public let limit: UnitsByPlan
  /// Who shares a counter.
  public let scope: Scope
  /// Whether refused requests count as well.
  public let countsRefused: Bool
  private let rule: SlidingCountRule

  private var limits: [Units] = []
  private var counts: [SlidingCount] = []

  /// Creates the limit.
  ///
  /// `origin` is where one of the windows begins. With `overshoots` a request passes while anything
  /// is left, whatever it costs; with `countsRefused` refused requests count as well.
  public init(
    limit: UnitsByPlan, per length: SimDuration, origin: SimTime = .zero,
    estimate: Estimate = .exact, overshoots: Bool = false, countsRefused: Bool = false,
    as role: Role = .allowance, by scope: Scope = .account
  ) {
    self.limit = limit
    self.role = role
    self.scope = scope
    self.countsRefused = countsRefused
    rule = SlidingCountRule(
      length: length, origin: origin, isFloored: estimate == .floored, overshoots: overshoots)
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    let limit = fields.required(
      "limit", .unitsByPlan, "The most units in one span, for all or by plan.")
    let length = fields.period("The length of the span, and of a window.")
    let offset = fields.value(
      "offset", .span, default: .zero, "Where in the run one of the windows begins.")
    let estimate = fields.value(
      "estimate",
      .choice(Estimate.self) { estimate in
        switch estimate {
        case .exact: "in fractions of a unit"
        case .floored: "in whole units, rounded down"
        }
      }, default: .exact, "How the part of the previous window counts.")
    let overshoots = fields.overshoots()
    let countsRefused = fields.countsRefused()
    let role = fields.limitRole()
    self.init(
      limit: limit, per: length, origin: .zero + offset, estimate: estimate,
      overshoots: overshoots, countsRefused: countsRefused, as: role, by: fields.scope())
  }

  /// The plans that have a limit of their own.
  public var fieldNames: FieldNames { FieldNames(plans: limit.planNames) }

  /// No when it overshoots.
  public var isStrict: Bool { !rule.overshoots }

  /// No when refused requests count: then a refusal makes the wait of the next one longer.
  public var waitsAreExact: Bool { !countsRefused }

  /// Makes room for the counters.
  public mutating func prepare(for directory: Directory) {
    limits = limit.resolved(for: directory)
    let start = SlidingCount(opened: rule.start(of: .zero))
    counts = Array(repeating: start, count: scope.count(in: directory))
  }

  /// Has both windows count what an account in the middle of a long life is expected to have used.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    guard let stationary = start.stationary, limits[Int(plan)] != .unlimited else { return }
    let index = scope.index(of: account, with: start)
    let limit = limits[Int(plan)]
    counts[index].previous = min(
      limit, counts[index].previous + stationary.demand(in: rule.length))
    let room = max(.zero, rule.headroom(counts[index], limit: limit, at: .zero))
    counts[index].current += min(
      room, stationary.demand(in: SimTime.zero - counts[index].opened))
  }

  /// Has the counter go on under the limit of the new plan.
  public mutating func follow(_ change: PlanChange) {
    guard scope == .account else { return }
    let index = Int(change.account)
    counts[index] = rule.carried(
      counts[index], from: limits[Int(change.from)], to: limits[Int(change.to)],
      change.inheritance, at: change.at)
  }

  /// Has counters of the same windows go on under the new limit.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.scope == scope,
      earlier.rule.length == rule.length, earlier.rule.origin == rule.origin
    else { return false }
    counts = succession.carry(earlier.counts, by: scope, from: earlier.limits, to: limits) {
      rule.carried($0, from: $1, to: $2, succession.inheritance, at: succession.at)
    }
    return true
  }

  /// Pays what the limit leaves beside the estimate.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let limit = limits[Int(request.plan)]
    if cost == .zero || limit == .unlimited { return .pays(cost) }
    if limit == .zero { return .short(.never, retryAfter: nil) }
    var count = rule.current(counts[scope.index(of: request)], at: now)
    if rule.passes(cost, beside: count, limit: limit, at: now) { return .pays(cost) }
    let headroom = max(.zero, rule.headroom(count, limit: limit, at: now))
    let payable = rule.overshoots ? .zero : headroom
    if cost > limit, !rule.overshoots { return .short(.never, payable: payable, retryAfter: nil) }
    if countsRefused { countRefused(cost, in: &count, limit: limit) }
    let wait = rule.wait(for: cost, beside: count, limit: limit, at: now)
    return .short(.limit, payable: payable, retryAfter: wait)
  }

  /// Counts the share in the current window.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    let index = scope.index(of: request)
    counts[index] = rule.current(counts[index], at: now)
    counts[index].current += share
  }

  /// Gives back to the window of the hold while it counts, or counts more in the current one.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share { return commit(actual - hold.share, of: request, at: now) }
    let index = scope.index(of: request)
    counts[index] = rule.current(counts[index], at: now)
    let opened = counts[index].opened
    if hold.committedAt >= opened {
      counts[index].current -= hold.share - actual
    } else if hold.committedAt >= opened - rule.length {
      counts[index].previous -= hold.share - actual
    }
  }

  /// Whether refused requests count.
  public var observes: Bool { countsRefused }

  /// Counts a refused request.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    guard case .denied = feedback, limits[Int(request.plan)] != .unlimited else { return }
    let index = scope.index(of: request)
    counts[index] = rule.current(counts[index], at: now)
    countRefused(request.cost, in: &counts[index], limit: limits[Int(request.plan)])
  }

  private func countRefused(_ cost: Units, in count: inout SlidingCount, limit: Units) {
    count.current = max(count.current, min(count.current + cost, limit + 1))
  }

  /// The estimate of the account of `request`, against the limit.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let limit = limits[Int(request.plan)]
    if limit == .unlimited { return Meter(limit: nil, remaining: nil, resetAfter: .zero) }
    let count = rule.current(counts[scope.index(of: request)], at: now)
    return Meter(
      limit: limit, remaining: max(.zero, rule.headroom(count, limit: limit, at: now)),
      resetAfter: rule.reset(count, at: now))
  }
}

// MARK: Beyond the protocol

extension SlidingCounter {
  /// Adds `units` to what is left for `request`'s account; they fade like uses do.
  public mutating func add(_ units: Units, for request: Request, at now: SimTime) {
    let index = scope.index(of: request)
    counts[index] = rule.current(counts[index], at: now)
    counts[index].current -= units
  }

  /// What the last span is taken to have seen: whole units, and the part of one in units of
  /// 1/`length`, whether it counts or not.
  public func estimate(for request: Request, at now: SimTime) -> (units: Units, fraction: Int64) {
    let count = rule.current(counts[scope.index(of: request)], at: now)
    let scaled = rule.estimate(count, at: now)
    let window = Int128(rule.length.nanoseconds)
    let units = scaled.floored(by: window)
    return (Units(Int64(clamping: units)), Int64(clamping: scaled - units * window))
  }
}

public import WeirFormats
public import WeirKernel

/// A limit of so many units in each window of time; when a window closes, all are there again.
///
/// Anchored at the first use it is the "five-hour limit" of coding assistants; aligned to the
/// clock it is the requests per minute, or per month, of web services.
///
/// ## Edges
/// - A window is half-open: it closes at exactly its start plus `per`.
/// - A use of no units, and a refused one, opens no window and counts nothing. With
///   `countsRefused` refused requests count in full, whichever layer refused them, so that a
///   client that keeps calling stays locked out.
/// - With `overshoots` a request passes while a unit is left, whatever it costs.
/// - Around a closing up to twice the limit passes in a short time. A ``SlidingLog`` does not
///   allow that; a ``TokenBucket`` spreads what it gives.
/// - A settlement gives back only to the window that the units were taken from, while it is open;
///   what is above the estimate counts when it is settled, even beyond the limit.
///
/// ## Complexity
/// O(1) a call; 16 bytes a state.
///
/// ## Source
/// sethvargo/go-limiter for `fixedAnchor`, envoyproxy/ratelimit for `aligned` with
/// `countsRefused`, the documented windows of Codex and Claude Code for `anchored`.
public struct FixedWindow: Layer {
  /// The name in scenarios.
  public static let typeName = "fixedWindow"
  /// One sentence for the catalogue.
  public static let summary =
    "So many units in each window of time; when a window closes, all are there again."

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The most units in one window.
  public let limit: UnitsByPlan
  /// Who shares a window.
  public let scope: Scope
  /// Whether a request passes while anything is left, whatever it costs.
  public let overshoots: Bool
  /// Whether refused requests count as well.
  public let countsRefused: Bool
  private let rule: WindowRule

  private var limits: [Units] = []
  private var counts: [WindowCount] = []

  /// Creates the limit.
  ///
  /// `origin` is where one of the aligned windows begins; with `overshoots` a request passes while
  /// anything is left, and with `countsRefused` refused requests count as well.
  public init(
    limit: UnitsByPlan, per length: SimDuration, alignment: WindowAlignment = .anchored,
    origin: SimTime = .zero, as role: Role = .allowance, by scope: Scope = .account,
    overshoots: Bool = false, countsRefused: Bool = false
  ) {
    self.limit = limit
    self.role = role
    self.scope = scope
    self.overshoots = overshoots
    self.countsRefused = countsRefused
    rule = WindowRule(length: length, alignment: alignment, origin: origin)
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    let limit = fields.required(
      "limit", .unitsByPlan, "The most units in one window, for all or by plan.")
    let length = fields.period("The length of a window.")
    let alignment = fields.windowAlignment()
    let offset = fields.value(
      "offset", .span, default: .zero, "Where in the run one of the aligned windows begins.")
    let role = fields.limitRole()
    let scope = fields.scope()
    self.init(
      limit: limit, per: length, alignment: alignment, origin: .zero + offset, as: role,
      by: scope, overshoots: fields.overshoots(), countsRefused: fields.countsRefused())
  }

  /// The plans that have a limit of their own.
  public var fieldNames: FieldNames { FieldNames(plans: limit.planNames) }

  /// No when it overshoots.
  public var isStrict: Bool { !overshoots }

  /// Makes room for the windows.
  public mutating func prepare(for directory: Directory) {
    limits = limit.resolved(for: directory)
    counts = Array(repeating: WindowCount(), count: scope.count(in: directory))
  }

  /// Opens a window at the sampled phase for an account in the middle of a long life.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    guard let stationary = start.stationary else { return }
    let index = scope.index(of: account, with: start)
    counts[index] = rule.open(counts[index], with: stationary, limit: limits[Int(plan)])
  }

  /// Has the window go on under the limit of the new plan.
  public mutating func follow(_ change: PlanChange) {
    guard scope == .account else { return }
    let index = Int(change.account)
    counts[index] = counts[index].carried(
      from: limits[Int(change.from)], to: limits[Int(change.to)], change.inheritance,
      at: change.at)
  }

  /// Has windows of the same length and alignment go on under the new limit.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.scope == scope, earlier.rule == rule else {
      return false
    }
    counts = succession.carry(earlier.counts, by: scope, from: earlier.limits, to: limits) {
      $0.carried(from: $1, to: $2, succession.inheritance, at: succession.at)
    }
    return true
  }

  /// Pays what is left of the window.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let limit = limits[Int(request.plan)]
    let count = counts[scope.index(of: request)]
    return count.quote(cost, limit: limit, overshoots: overshoots, at: now)
  }

  /// Counts the share, in a new window if need be.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    let index = scope.index(of: request)
    counts[index] = rule.current(counts[index], at: now)
    counts[index].used += share
  }

  /// Gives back to the window of the hold, or counts more in the current one.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share {
      commit(actual - hold.share, of: request, at: now)
    } else {
      let index = scope.index(of: request)
      rule.giveBack(
        hold.share - actual, takenAt: hold.committedAt, to: &counts[index], at: now)
    }
  }

  /// Whether refused requests count.
  public var observes: Bool { countsRefused }

  /// Counts a refused request.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    if case .denied = feedback { commit(request.cost, of: request, at: now) }
  }

  /// The window of the account of `request`.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let count = counts[scope.index(of: request)]
    return count.meter(limit: limits[Int(request.plan)], at: now)
  }

  /// Adds `units` to what is left of the window of `request`'s account; they go when it closes.
  public mutating func add(_ units: Units, for request: Request, at now: SimTime) {
    let index = scope.index(of: request)
    counts[index] = rule.current(counts[index], at: now)
    counts[index].used -= units
  }
}

extension WindowCount {
  /// What a window with this count pays of `cost`.
  func quote(
    _ cost: Units, limit: Units, overshoots: Bool = false, at now: SimTime
  ) -> Quote {
    if limit == .unlimited { return .pays(cost) }
    let headroom = max(.zero, limit - used(at: now))
    if cost <= headroom || overshoots && headroom > .zero { return .pays(cost) }
    if cost > limit, !overshoots || limit == .zero {
      return .short(.never, payable: headroom, retryAfter: nil)
    }
    return .short(.limit, payable: headroom, retryAfter: rest(at: now))
  }

  /// What an account sees of a window with this count.
  func meter(limit: Units, at now: SimTime) -> Meter {
    if limit == .unlimited { return Meter(limit: nil, remaining: nil, resetAfter: .zero) }
    let used = used(at: now)
    return Meter(
      limit: limit, remaining: max(.zero, limit - used),
      resetAfter: used == .zero ? .zero : rest(at: now))
  }
}

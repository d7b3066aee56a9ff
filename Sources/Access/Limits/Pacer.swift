public import WeirFormats
public import WeirKernel

/// A gate that keeps requests so long that they go on at a steady pace.
///
/// ## Edges
/// - A request of n units is followed by the next one n paces later. The first of all goes on at
///   once; nothing is refused, however long the wait, unless it is longer than `holdUpTo`.
/// - Time in which nothing came is saved up to `slack` paces: that many requests may follow one
///   another without a pace between them. Nothing is saved before the first request.
/// - A request that gives up leaves its place empty: the others have been told their times.
///   What costs more than was estimated delays those that come later.
/// - As an allowance it pays everything that it paces.
///
/// ## Complexity
/// O(1) a call, with a division where it waits; 16 bytes a state.
///
/// ## Source
/// uber-go/ratelimit (`slack`, 10 there unless said otherwise). Paces are kept scaled by the rate,
/// so that a rate which does not divide its period loses nothing.
public struct Pacer: Layer {
  /// The name in scenarios.
  public static let typeName = "pacer"
  /// One sentence for the catalogue.
  public static let summary = "Keeps requests so long that they go on at a steady pace."

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The units that a period lets through.
  public let rate: UnitsByPlan
  /// The length of a period.
  public let period: SimDuration
  /// The paces that can be saved.
  public let slack: Int64
  /// The longest that a request is kept; `nil` for as long as it takes.
  public let holdUpTo: SimDuration?
  /// Who shares a pace.
  public let scope: Scope

  private var rules: [CellRule] = []
  /// When the next request may go on, times the rate.
  private var nexts: [Int128] = []

  /// Creates the pacer.
  public init(
    rate: UnitsByPlan, per period: SimDuration, slack: Int64 = 0, holdUpTo: SimDuration? = nil,
    as role: Role = .gate, by scope: Scope = .account
  ) {
    self.rate = rate
    self.period = period
    self.slack = slack
    self.holdUpTo = holdUpTo
    self.role = role
    self.scope = scope
  }

  /// Reads the pacer.
  public init(_ fields: Fields) {
    let rate = fields.required(
      "rate", .unitsByPlan, "The units that each period lets go on, for all or by plan.")
    let period = fields.period("The length of a period.")
    let slack = fields.value(
      "slack", .quantity(in: 0...1_000_000_000), default: 0,
      "How many paces without a request are saved for later.")
    let holdUpTo = fields.optional(
      "holdUpTo", .span, "The longest that a request is kept; as long as it takes if absent.")
    let role = fields.limitRole(default: .gate)
    let scope = fields.scope()
    fields.check(
      scope == .account || rate.isUniform, at: "rate",
      expected: "one number, since those who share a pace keep to one rate")
    self.init(
      rate: rate, per: period, slack: slack, holdUpTo: holdUpTo, as: role, by: scope)
  }

  /// The plans that have a rate of their own.
  public var fieldNames: FieldNames { FieldNames(plans: rate.planNames) }

  /// No: it bounds a pace, not an amount.
  public var isStrict: Bool { false }

  /// No: a place that is left stays empty.
  public var givesBack: Bool { false }

  /// Makes room for the paces.
  public mutating func prepare(for directory: Directory) {
    rules = rate.resolved(for: directory).map {
      CellRule(rate: $0, period: period, burst: Units(slack))
    }
    nexts = Array(repeating: CellRule.idle, count: scope.count(in: directory))
  }

  /// Has the pace change after those that have their times; a reset forgets them.
  public mutating func follow(_ change: PlanChange) {
    guard scope == .account else { return }
    let index = Int(change.account)
    nexts[index] = carried(
      nexts[index], from: rules[Int(change.from)], to: rules[Int(change.to)],
      change.inheritance, at: change.at)
  }

  /// Has the pace change after those that have their times; a reset forgets them.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.scope == scope else { return false }
    nexts = succession.carry(earlier.nexts, by: scope, from: earlier.rules, to: rules) {
      carried($0, from: $1, to: $2, succession.inheritance, at: succession.at)
    }
    return true
  }

  private func carried(
    _ next: Int128, from old: CellRule, to new: CellRule, _ inheritance: Inheritance,
    at now: SimTime
  ) -> Int128 {
    inheritance == .reset || next == CellRule.idle
      ? CellRule.idle : new.carried(time: next, from: old, at: now)
  }

  /// Lets the request go on at its time.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let rule = rules[Int(request.plan)]
    if cost == .zero || rule.isUnlimited { return .pays(cost) }
    if rule.rate == 0 { return .short(.never, retryAfter: nil) }
    let wait = rule.time(of: rule.ahead(nexts[scope.index(of: request)], at: now)) ?? .zero
    guard let holdUpTo else { return .pays(cost, after: wait) }
    return .kept(cost, for: wait, upTo: holdUpTo, else: .zero)
  }

  /// Gives the request its place.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    let rule = rules[Int(request.plan)]
    guard share > .zero, !rule.isUnlimited else { return }
    let index = scope.index(of: request)
    let present = Int128(now.nanoseconds) * rule.rate
    let saved = nexts[index] == CellRule.idle ? 0 : rule.tolerance
    nexts[index] = max(nexts[index], present - saved) + Int128(share.count) * rule.period
  }

  /// Delays those that come later by what was not estimated.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share { commit(actual - hold.share, of: request, at: now) }
  }

  /// The time until a request would go on at once; amounts are not limited.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let rule = rules[Int(request.plan)]
    let wait = rule.isUnlimited ? 0 : rule.ahead(nexts[scope.index(of: request)], at: now)
    return Meter(
      limit: nil, remaining: nil, resetAfter: wait == 0 ? .zero : rule.time(of: wait))
  }
}

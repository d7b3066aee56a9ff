public import WeirFormats
public import WeirKernel

/// One window at each level of an organisation, its teams and its accounts: the tightest decides.
///
/// A level has a limit of its own, or a greatest share of the limit above it: no account may use
/// more than half of what its organisation has, say, however idle the others are.
///
/// ## Edges
/// - All levels count what is paid, or none does: a level that refuses leaves those above it as
///   they are.
/// - The limit of a level is the least of its own and of its share of the limit above, rounded
///   down. A share of no limit is no limit.
/// - A refusal names the first level that refuses, widest first, and the longest of the waits.
/// - Windows of one level open and close as those of a ``FixedWindow`` do, each by itself.
///
/// ## Complexity
/// Linear in the levels; 16 bytes a level and account, team or organisation.
///
/// ## Source
/// langfuse/langfuse PR 15747 for the share of an account; envoyproxy/ratelimit issue 435 for
/// nested limits; milvus-io/milvus issue 25597 for levels that stay charged when another refuses.
public struct Hierarchy: Layer {
  /// The name in scenarios.
  public static let typeName = "hierarchy"
  /// One sentence for the catalogue.
  public static let summary =
    "One window for an organisation, its teams and accounts: all count or none, with shares."

  /// One level.
  public struct Level: Declared, Sendable {
    /// Who shares a window of the level.
    public let scope: Scope
    /// The most units in one of its windows; `nil` when only the share counts.
    public let limit: UnitsByPlan?
    /// The greatest share of the limit of the level above; `nil` when only the limit counts.
    public let share: Ratio?

    /// Creates a level.
    public init(by scope: Scope, limit: UnitsByPlan? = nil, share: Ratio? = nil) {
      self.scope = scope
      self.limit = limit
      self.share = share
    }

    /// Reads the level.
    public init(_ fields: Fields) {
      let scope = fields.scope()
      let limit = fields.optional(
        "limit", .unitsByPlan, "The most units in one window, for all or by plan.")
      let share = fields.optional(
        "share", .ratio.checked("a number up to 1") { $0 <= .one },
        "The greatest share of the limit of the level above.")
      fields.check(limit != nil || share != nil, expected: "a limit, or a share of the one above")
      self.init(by: scope, limit: limit, share: share)
    }
  }

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The levels, widest first.
  public let levels: [Level]
  private let rule: WindowRule

  /// The limits of each level, by plan.
  private var limits: [[Units]] = []
  /// Where the windows of each level begin among them all.
  private var first: [Int] = []
  private var counts: [WindowCount] = []

  /// Creates the limit; `origin` is where one of the aligned windows begins.
  ///
  /// - Precondition: `levels` go from wider to narrower, and the first has a limit.
  public init(
    _ levels: [Level], per length: SimDuration, alignment: WindowAlignment = .anchored,
    origin: SimTime = .zero, as role: Role = .allowance
  ) {
    precondition(Self.isOrdered(levels) && levels.first?.share == nil)
    self.levels = levels
    self.role = role
    rule = WindowRule(length: length, alignment: alignment, origin: origin)
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    let levels = fields.required(
      "levels", .list(of: .object(Level.self), count: 1...4), "The levels, widest first.")
    let length = fields.period("The length of a window.")
    let alignment = fields.windowAlignment()
    let offset = fields.value(
      "offset", .span, default: .zero, "Where in the run one of the aligned windows begins.")
    role = fields.limitRole()
    let isOrdered = Self.isOrdered(levels)
    fields.check(
      isOrdered, at: "levels",
      expected: "levels from wider to narrower: everyone, organisation, team, account")
    fields.check(
      levels.first?.share == nil, at: "levels/0/share",
      expected: "a limit alone, since there is nothing above it")
    self.levels = levels
    rule = WindowRule(length: length, alignment: alignment, origin: .zero + offset)
  }

  private static func isOrdered(_ levels: [Level]) -> Bool {
    let order: [Scope] = [.everyone, .organisation, .team, .account]
    let places = levels.compactMap { order.firstIndex(of: $0.scope) }
    return zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// The plans that have a limit of their own.
  public var fieldNames: FieldNames {
    FieldNames(plans: levels.flatMap { $0.limit?.planNames ?? [] })
  }

  /// Makes room for the windows, and works the limits out.
  public mutating func prepare(for directory: Directory) {
    limits = []
    first = []
    var windows = 0
    for level in levels {
      var own = level.limit?.resolved(for: directory) ?? directory.plans.map { _ in .unlimited }
      if let share = level.share, let above = limits.last {
        own = zip(own, above).map { min($0, $1.share(share)) }
      }
      limits.append(own)
      first.append(windows)
      windows += level.scope.count(in: directory)
    }
    counts = Array(repeating: WindowCount(), count: windows)
  }

  /// Opens windows at the sampled phase for an account in the middle of a long life.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    guard let stationary = start.stationary else { return }
    for level in levels.indices {
      let index = first[level] + levels[level].scope.index(of: account, with: start)
      counts[index] = rule.open(
        counts[index], with: stationary, limit: limits[level][Int(plan)])
    }
  }

  /// Has the windows of the account go on under the limits of the new plan.
  ///
  /// Those that it shares go on as they are, under the limits that the new plan has for them.
  public mutating func follow(_ change: PlanChange) {
    for level in levels.indices where levels[level].scope == .account {
      let index = first[level] + Int(change.account)
      counts[index] = counts[index].carried(
        from: limits[level][Int(change.from)], to: limits[level][Int(change.to)],
        change.inheritance, at: change.at)
    }
  }

  /// Has the levels of the same scope go on under their new limits, when windows are alike.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.rule == rule else { return false }
    for level in levels.indices {
      let like = earlier.levels.firstIndex { $0.scope == levels[level].scope }
      guard let like else { continue }
      let scope = levels[level].scope
      let size = scope.count(in: succession.directory)
      let old = Array(earlier.counts[earlier.first[like]..<earlier.first[like] + size])
      let new = succession.carry(
        old, by: scope, from: earlier.limits[like], to: limits[level]
      ) { $0.carried(from: $1, to: $2, succession.inheritance, at: succession.at) }
      counts.replaceSubrange(first[level]..<first[level] + size, with: new)
    }
    return true
  }

  /// Pays what the tightest level leaves.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    var result = Quote.pays(cost)
    for level in levels.indices {
      let quote = counts[index(of: request, level)].quote(
        cost, limit: limits[level][Int(request.plan)], at: now)
      result.narrow(by: quote, member: level)
    }
    return result
  }

  /// Counts the share at every level.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    for level in levels.indices {
      let index = index(of: request, level)
      counts[index] = rule.current(counts[index], at: now)
      counts[index].used += share
    }
  }

  /// Gives back to the windows of the hold that are still open, or counts more in all.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share { return commit(actual - hold.share, of: request, at: now) }
    for level in levels.indices {
      rule.giveBack(
        hold.share - actual, takenAt: hold.committedAt,
        to: &counts[index(of: request, level)], at: now)
    }
  }

  /// The level that leaves least.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    levels.indices.map { meter(ofLevel: $0, for: request, at: now) }.tightest
  }

  /// One level as the account of `request` meets it, widest first.
  public func meter(ofLevel level: Int, for request: Request, at now: SimTime) -> Meter {
    counts[index(of: request, level)].meter(limit: limits[level][Int(request.plan)], at: now)
  }

  private func index(of request: Request, _ level: Int) -> Int {
    first[level] + levels[level].scope.index(of: request)
  }
}

extension Units {
  /// So great a share of the units, rounded down; of no limit it is no limit.
  fileprivate func share(_ share: Ratio) -> Units {
    self == .unlimited ? self : Units(share.times(count, rounding: .down) ?? count)
  }
}

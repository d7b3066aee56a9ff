public import WeirFormats
public import WeirKernel

/// A steady rate whose unused part is kept for bursts, and that may be borrowed ahead.
///
/// Burst now, repay later: the CPU credits of cloud machines, the burst capacity of hosted tables.
///
/// ## Edges
/// - What comes at `rate` and is not used is kept, up to what comes in the time `keeps`; what
///   comes beyond that is lost. An account starts with nothing kept, or with `initial`.
/// - With `borrows` the store goes below zero by what comes in that time; what comes later repays
///   it first. A store that keeps nothing and may borrow nothing never pays anything.
/// - `launch` units are there once, are spent first, and do not count against `keeps`.
/// - The rest of a request is for whoever comes after the store in the stack: a fund there makes
///   the surplus charged, none makes it refused.
/// - With `intervally` the units of a period come at its end, else each when it is due.
/// - A settlement gives back up to `keeps`, then to the launch units. One above the estimate
///   borrows more than may be borrowed.
///
/// ## Complexity
/// O(1) a call, without a division when it pays; 32 bytes a state.
///
/// ## Source
/// Amazon EC2 User Guide, CPU credits: `standard` keeps 24 hours and borrows nothing, `unlimited`
/// borrows 24 hours as surplus credits, and a fund pays for the rest. Amazon DynamoDB Developer
/// Guide, burst capacity: keeps 300 seconds.
public struct BurstStore: Layer {
  /// The name in scenarios.
  public static let typeName = "burstStore"
  /// One sentence for the catalogue.
  public static let summary =
    "A steady rate whose unused part is kept for bursts, and that may be borrowed ahead."

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The units that come in a period.
  public let rate: UnitsByPlan
  /// The length of a period.
  public let period: SimDuration
  /// The time whose unused units are kept.
  public let keeps: SimDuration
  /// The time whose units may be borrowed ahead.
  public let borrows: SimDuration
  /// The units that an account starts with, to be spent first.
  public let launch: Units
  /// The units kept when an account starts.
  public let initial: Units
  /// Whether the units of a period come at its end, all at once.
  public let isIntervally: Bool
  /// Who shares a store.
  public let scope: Scope

  private var rules: [BurstRule] = []
  private var stores: [BurstLevel] = []

  /// Creates the store.
  public init(
    rate: UnitsByPlan, per period: SimDuration, keeps: SimDuration, borrows: SimDuration = .zero,
    launch: Units = 0, initial: Units = 0, intervally: Bool = false, as role: Role = .allowance,
    by scope: Scope = .account
  ) {
    self.rate = rate
    self.period = period
    self.keeps = keeps
    self.borrows = borrows
    self.launch = launch
    self.initial = initial
    isIntervally = intervally
    self.role = role
    self.scope = scope
  }

  /// Reads the store.
  public init(_ fields: Fields) {
    let rate = fields.required(
      "rate", .unitsByPlan, "The units that come in each period, for all or by plan.")
    let period = fields.period("The length of a period.")
    let keeps = fields.required("keeps", .span, "The time whose unused units are kept.")
    let borrows = fields.value(
      "borrows", .span, default: .zero, "The time whose units may be borrowed ahead.")
    let launch = fields.value(
      "launch", .units, default: 0, "Units beside those kept, there once and spent first.")
    let initial = fields.value("initial", .units, default: 0, "The units kept at the start.")
    let intervally = fields.value(
      "intervally", .flag, default: false,
      "Whether the units of a period come at its end, rather than each when it is due.")
    let role = fields.limitRole()
    let scope = fields.scope()
    fields.check(
      scope == .account || rate.isUniform, at: "rate",
      expected: "one number, since a shared store fills at one rate")
    self.init(
      rate: rate, per: period, keeps: keeps, borrows: borrows, launch: launch, initial: initial,
      intervally: intervally, as: role, by: scope)
  }

  /// The plans that have a rate of their own.
  public var fieldNames: FieldNames { FieldNames(plans: rate.planNames) }

  /// Makes room for the stores.
  public mutating func prepare(for directory: Directory) {
    rules = rate.resolved(for: directory).map {
      BurstRule(rate: $0, period: period, keeps: keeps, borrows: borrows, isGreedy: !isIntervally)
    }
    let fresh = rules.first.map { $0.store(holding: initial, launch: launch) } ?? BurstLevel()
    stores = Array(repeating: fresh, count: scope.count(in: directory))
  }

  /// Gives an account what it starts with; in the middle of a long life, all or nothing.
  ///
  /// An account that asks for less than the rate has everything kept that can be; one that asks
  /// for more has borrowed all that it may. A shared store starts like that of a newcomer.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let rule = rules[Int(plan)]
    let index = scope.index(of: account, with: start)
    stores[index] = rule.store(holding: initial, launch: launch)
    guard let stationary = start.stationary, scope == .account, !rule.isUnlimited else { return }
    let isDrained = stationary.exceeds(rule.rate, per: period)
    stores[index] = BurstLevel(
      kept: Bucket(level: isDrained ? -rule.borrowed : rule.kept.full, last: .zero))
  }

  /// Has the store go on at the rate of the new plan; launch units stay.
  public mutating func follow(_ change: PlanChange) {
    guard scope == .account else { return }
    let index = Int(change.account)
    stores[index].kept = rules[Int(change.to)].kept.carried(
      stores[index].kept, from: rules[Int(change.from)].kept, change.inheritance, at: change.at)
  }

  /// Has stores go on at another rate, or kept for another time; launch units stay.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.scope == scope else { return false }
    stores = succession.carry(earlier.stores, by: scope, from: earlier.rules, to: rules) {
      BurstLevel(
        kept: $2.kept.carried(
          $0.kept, from: $1.kept, succession.inheritance, at: succession.at),
        launch: $0.launch)
    }
    return true
  }

  /// Pays what is kept and what may be borrowed.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let rule = rules[Int(request.plan)]
    if cost == .zero || rule.isUnlimited { return .pays(cost) }
    let store = rule.current(stores[scope.index(of: request)], at: now)
    let headroom = rule.headroom(store)
    if rule.scaled(cost) <= headroom { return .pays(cost) }
    let payable = rule.units(headroom)
    guard let wait = rule.wait(for: cost, in: store, at: now) else {
      return .short(.never, payable: payable, retryAfter: nil)
    }
    return .short(.limit, payable: payable, retryAfter: wait)
  }

  /// Spends the launch units, then what is kept, then borrows.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    update(request, at: now) { store, rule in
      let fromLaunch = min(share, store.launch)
      store.launch -= fromLaunch
      store.kept.level -= rule.scaled(share - fromLaunch)
    }
  }

  /// Gives back what was not needed, or takes more.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share { return commit(actual - hold.share, of: request, at: now) }
    update(request, at: now) { [launch] store, rule in
      let level = store.kept.level + rule.scaled(hold.share - actual)
      store.kept.level = max(store.kept.level, min(level, rule.kept.full))
      let rest = rule.units(level - store.kept.level)
      store.launch = max(store.launch, min(launch, store.launch + rest))
    }
  }

  /// What the account of `request` has kept and may borrow.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let rule = rules[Int(request.plan)]
    if rule.isUnlimited { return Meter(limit: nil, remaining: nil, resetAfter: .zero) }
    let store = rule.current(stores[scope.index(of: request)], at: now)
    return Meter(
      limit: rule.units(rule.kept.full + rule.borrowed),
      remaining: rule.units(rule.headroom(store)),
      resetAfter: rule.kept.wait(for: rule.kept.capacity, in: store.kept, at: now))
  }

  private mutating func update(
    _ request: Request, at now: SimTime, _ body: (inout BurstLevel, BurstRule) -> Void
  ) {
    let rule = rules[Int(request.plan)]
    if rule.isUnlimited { return }
    let index = scope.index(of: request)
    var store = rule.current(stores[index], at: now)
    body(&store, rule)
    stores[index] = store
  }
}

// MARK: Beyond the protocol

extension BurstStore {
  /// What the account of `request` has: launch units included, nothing where it has borrowed.
  public func balance(for request: Request, at now: SimTime) -> Units {
    let (rule, store) = state(for: request, at: now)
    return rule.units(max(0, store.kept.level)) + store.launch
  }

  /// What the account of `request` has borrowed and not repaid yet, rounded up.
  public func borrowed(for request: Request, at now: SimTime) -> Units {
    let (rule, store) = state(for: request, at: now)
    return rule.units(max(0, -store.kept.level) + rule.kept.period - 1)
  }

  /// The launch units that the account of `request` has left.
  public func launchLeft(for request: Request) -> Units {
    stores[scope.index(of: request)].launch
  }

  private func state(for request: Request, at now: SimTime) -> (BurstRule, BurstLevel) {
    let rule = rules[Int(request.plan)]
    return (rule, rule.current(stores[scope.index(of: request)], at: now))
  }
}

/// What is in one store.
struct BurstLevel: Hashable, Sendable {
  /// What is kept; below zero when it is borrowed.
  var kept = Bucket()
  /// The launch units that are left.
  var launch = Units.zero
}

/// How the store of one plan fills: a bucket that may go below zero.
private struct BurstRule: Sendable {
  let rate: Units
  /// The bucket of what is kept.
  let kept: BucketRule
  /// How far the scaled level may go below zero.
  let borrowed: Int128
  let isUnlimited: Bool

  init(
    rate: Units, period: SimDuration, keeps: SimDuration, borrows: SimDuration, isGreedy: Bool
  ) {
    self.rate = rate
    isUnlimited = rate == .unlimited
    let perPeriod = Int128(isUnlimited ? 0 : rate.count)
    let length = Int128(period.nanoseconds)
    kept = BucketRule(
      capacity: Units(Int64(clamping: perPeriod * Int128(keeps.nanoseconds) / length)),
      refill: isUnlimited ? 0 : rate, period: period, isGreedy: isGreedy)
    borrowed = perPeriod * Int128(borrows.nanoseconds)
  }

  func store(holding initial: Units, launch: Units) -> BurstLevel {
    BurstLevel(kept: Bucket(level: min(kept.full, scaled(initial)), last: .zero), launch: launch)
  }

  func current(_ store: BurstLevel, at now: SimTime) -> BurstLevel {
    BurstLevel(kept: kept.refilled(store.kept, at: now), launch: store.launch)
  }

  func scaled(_ units: Units) -> Int128 { Int128(units.count) * kept.period }

  func units(_ scaled: Int128) -> Units {
    Units(Int64(clamping: max(0, scaled) / kept.period))
  }

  /// What a store as it is now pays, scaled.
  func headroom(_ store: BurstLevel) -> Int128 {
    store.kept.level + borrowed + scaled(store.launch)
  }

  /// The time until `cost` is there; `nil` when it never is.
  func wait(for cost: Units, in store: BurstLevel, at now: SimTime) -> SimDuration? {
    let beside = borrowed + scaled(store.launch)
    guard scaled(cost) <= kept.full + beside else { return nil }
    var bucket = store.kept
    bucket.level += beside
    return kept.wait(for: cost, in: bucket, at: now)
  }
}

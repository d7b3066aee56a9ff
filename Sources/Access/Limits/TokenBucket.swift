public import WeirFormats
public import WeirKernel

/// A bucket that tokens flow into at a steady rate; a request takes as many as it costs.
///
/// Exact: what has flowed in is kept as a fraction of a token, so nothing is lost between calls and
/// no rounding lets a request pass a nanosecond early. Several buckets at once are an ``AllOf``.
///
/// ## Edges
/// - `refills` says how tokens come: `greedy`, each as soon as it is due; `intervally`, all of a
///   period at its end, counted from when the account opens; `aligned`, likewise at the times
///   `firstRefill`, `firstRefill` + `per`, … A full bucket takes none, and keeps no fraction.
/// - A bucket of `capacity` is not "at most `refill` in each `per`": up to both together pass.
/// - A settlement above the estimate takes tokens that are not there: the level goes below zero,
///   and later requests wait for it. One below it gives tokens back, up to the capacity.
/// - With `overshoots` a request passes while a whole token is there, whatever it costs: the level
///   may go below zero by its cost less one.
/// - With `holdUpTo` a request is kept until its tokens have come, if that is not longer: it takes
///   them when it comes, so that the level goes below zero, and may then cost as much more than
///   the capacity as comes in that time.
/// - Where a bucket is shared, every request refills it at the same rate, so that `refill` is one
///   number then.
///
/// ## Complexity
/// O(1) a call, without a division when it pays; 32 bytes a state.
///
/// ## Source
/// bucket4j for the ways to refill, golang.org/x/time/rate for reservations. Both keep rounding
/// states of their own; here the level is scaled by the period, which decides the same.
public struct TokenBucket: Layer {
  /// The name in scenarios.
  public static let typeName = "tokenBucket"
  /// One sentence for the catalogue.
  public static let summary =
    "A bucket that tokens flow into at a steady rate; a request takes as many as it costs."

  /// How tokens come.
  public enum Refills: String, CaseIterable, Hashable, Sendable {
    /// Each token as soon as it is due.
    case greedy
    /// All tokens of a period at its end; the first begins when the account opens.
    case intervally
    /// All tokens of a period at its end, at the same times for everyone.
    case aligned
  }

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The most tokens that a bucket holds.
  public private(set) var capacity: UnitsByPlan
  /// The tokens that come in a period.
  public private(set) var refill: UnitsByPlan
  /// The length of a period.
  public let period: SimDuration
  /// How tokens come.
  public let refills: Refills
  /// When aligned tokens first come.
  public let firstRefill: SimTime
  /// The tokens that an account starts with; `nil` for as many as fit.
  public let initial: Units?
  /// Whether the first, shorter period of an aligned bucket gives tokens in proportion.
  public let startsInProportion: Bool
  /// Whether a request passes while a token is left, whatever it costs.
  public let overshoots: Bool
  /// The longest that a request is kept until its tokens have come.
  public let holdUpTo: SimDuration
  /// Who shares a bucket.
  public let scope: Scope

  private var rules: [BucketRule] = []
  private var buckets: [Bucket] = []

  /// Creates the bucket.
  public init(
    capacity: UnitsByPlan, refill: UnitsByPlan, per period: SimDuration,
    refills: Refills = .greedy, firstRefill: SimTime? = nil, initial: Units? = nil,
    startsInProportion: Bool = false, overshoots: Bool = false, holdUpTo: SimDuration = .zero,
    as role: Role = .allowance, by scope: Scope = .account
  ) {
    self.capacity = capacity
    self.refill = refill
    self.period = period
    self.refills = refills
    self.firstRefill = firstRefill ?? SimTime.zero + period
    self.initial = initial
    self.startsInProportion = startsInProportion
    self.overshoots = overshoots
    self.holdUpTo = holdUpTo
    self.role = role
    self.scope = scope
  }

  /// Reads the bucket.
  public init(_ fields: Fields) {
    let capacity = fields.required(
      "capacity", .unitsByPlan, "The most tokens that the bucket holds, for all or by plan.")
    let refill = fields.required(
      "refill", .unitsByPlan, "The tokens that come in each period, for all or by plan.")
    let period = fields.period("The length of a period.")
    let refills = fields.value(
      "refills",
      .choice(Refills.self) { refills in
        switch refills {
        case .greedy: "each token as soon as it is due"
        case .intervally: "all tokens of a period at its end"
        case .aligned: "all tokens of a period at its end, at the same times for everyone"
        }
      }, default: .greedy, "How tokens come.")
    let firstRefill = fields.optional(
      "firstRefill", .span, "When aligned tokens first come; after one period if absent.")
    let initial = fields.optional(
      "initial", .units, "The tokens that an account starts with; a full bucket if absent.")
    let startsInProportion = fields.value(
      "startsInProportion", .flag, default: false,
      "Whether an aligned bucket starts with what the time to the first refill is worth.")
    let overshoots = fields.overshoots()
    let holdUpTo = fields.holdUpTo()
    let role = fields.limitRole()
    let scope = fields.scope()
    fields.check(
      scope == .account || refill.isUniform, at: "refill",
      expected: "one number, since a shared bucket refills at one rate")
    self.init(
      capacity: capacity, refill: refill, per: period, refills: refills,
      firstRefill: firstRefill.map { .zero + $0 }, initial: initial,
      startsInProportion: startsInProportion, overshoots: overshoots, holdUpTo: holdUpTo,
      as: role, by: scope)
  }

  /// The plans that have a capacity or a rate of their own.
  public var fieldNames: FieldNames { FieldNames(plans: capacity.planNames + refill.planNames) }

  /// No when it overshoots.
  public var isStrict: Bool { !overshoots }

  /// Makes room for the buckets, which start as they would for the first plan.
  public mutating func prepare(for directory: Directory) {
    rules = zip(capacity.resolved(for: directory), refill.resolved(for: directory)).map {
      BucketRule(capacity: $0, refill: $1, period: period, isGreedy: refills == .greedy)
    }
    let fresh = rules.first.map(newBucket) ?? Bucket()
    buckets = Array(repeating: fresh, count: scope.count(in: directory))
  }

  /// Fills the bucket of an account; in the middle of a long life, as its demand leaves it.
  ///
  /// A shared bucket starts full.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let index = scope.index(of: account, with: start)
    let rule = rules[Int(plan)]
    buckets[index] = newBucket(rule)
    guard let stationary = start.stationary, scope == .account, !rule.isUnlimited else { return }
    let isDrained = stationary.exceeds(Units(Int64(rule.refill)), per: period)
    var level = isDrained ? 0 : rule.full
    if refills != .greedy {
      let elapsed =
        refills == .aligned
        ? SimTime.zero - rule.lastRefill(before: .zero, from: firstRefill)
        : stationary.phase(of: period)
      if isDrained { level = min(rule.full, rule.refill * rule.period) }
      level = max(0, level - rule.scaled(stationary.demand(in: elapsed)))
      buckets[index].last = SimTime.zero - elapsed
    }
    buckets[index].level = level
  }

  /// Has the bucket go on under the rule of the new plan.
  public mutating func follow(_ change: PlanChange) {
    guard scope == .account else { return }
    let index = Int(change.account)
    buckets[index] = carried(
      buckets[index], from: rules[Int(change.from)], to: rules[Int(change.to)],
      change.inheritance, at: change.at)
  }

  /// Has buckets go on with another capacity, rate, period or way of refilling.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.scope == scope else { return false }
    buckets = succession.carry(earlier.buckets, by: scope, from: earlier.rules, to: rules) {
      carried($0, from: $1, to: $2, succession.inheritance, at: succession.at)
    }
    return true
  }

  private func carried(
    _ bucket: Bucket, from old: BucketRule, to new: BucketRule, _ inheritance: Inheritance,
    at now: SimTime
  ) -> Bucket {
    var carried = new.carried(bucket, from: old, inheritance, at: now)
    if inheritance == .reset {
      carried = newBucket(new)
      carried.last = now
    }
    if refills == .aligned { carried.last = new.lastRefill(before: now, from: firstRefill) }
    return carried
  }

  /// Pays what is in the bucket.
  @inline(__always)
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let rule = rules[Int(request.plan)]
    if cost == .zero || rule.isUnlimited { return .pays(cost) }
    let index = scope.index(of: request)
    let asked = overshoots ? 1 : cost
    let level = rule.scaled(asked)
    // What is there already need not be refilled to pay.
    if level <= buckets[index].level { return .pays(cost) }
    let bucket = rule.refilled(buckets[index], at: now)
    if level <= bucket.level { return .pays(cost) }
    let payable = rule.tokens(in: bucket)
    guard rule.comes(asked, within: holdUpTo),
      let wait = rule.wait(for: asked, in: bucket, at: now)
    else { return .short(.never, payable: payable, retryAfter: nil) }
    return .kept(cost, for: wait, upTo: holdUpTo, else: payable)
  }

  /// Takes the share out, whether it is there or not.
  @inline(__always)
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    update(request, at: now) { bucket, rule in
      bucket.level -= rule.scaled(share)
    }
  }

  /// Puts back what was not needed, up to the capacity, or takes more.
  @inline(__always)
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share {
      commit(actual - hold.share, of: request, at: now)
    } else if actual < hold.share {
      add(hold.share - actual, for: request, at: now)
    }
  }

  /// The bucket of the account of `request`.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let rule = rules[Int(request.plan)]
    if rule.isUnlimited { return Meter(limit: nil, remaining: nil, resetAfter: .zero) }
    let bucket = rule.refilled(buckets[scope.index(of: request)], at: now)
    return Meter(
      limit: rule.capacity, remaining: rule.tokens(in: bucket, after: holdUpTo, from: now),
      resetAfter: rule.wait(for: rule.capacity, in: bucket, at: now))
  }

  private mutating func update(
    _ request: Request, at now: SimTime, _ body: (inout Bucket, BucketRule) -> Void
  ) {
    let rule = rules[Int(request.plan)]
    if rule.isUnlimited { return }
    let index = scope.index(of: request)
    var bucket = rule.refilled(buckets[index], at: now)
    body(&bucket, rule)
    buckets[index] = bucket
  }

  private func newBucket(_ rule: BucketRule) -> Bucket {
    var bucket = Bucket(level: rule.full, last: .zero)
    if let initial { bucket.level = min(bucket.level, rule.scaled(initial)) }
    guard refills == .aligned else { return bucket }
    bucket.last = firstRefill - period
    if startsInProportion, firstRefill > .zero {
      let ahead = Int128((firstRefill - SimTime.zero).nanoseconds) * rule.refill / rule.period
      bucket.level = min(
        rule.full, max(0, rule.full - rule.refill * rule.period) + ahead * rule.period)
    }
    return bucket
  }
}

// MARK: Beyond the protocol

extension TokenBucket {
  /// The tokens in the bucket of `request`'s account; negative when it is in debt.
  public func tokens(for request: Request, at now: SimTime) -> Units {
    exactLevel(for: request, at: now).tokens
  }

  /// The tokens in the bucket, and the part of one that is on its way, in units of 1/`period`.
  public func exactLevel(
    for request: Request, at now: SimTime
  ) -> (tokens: Units, fraction: Int64) {
    let rule = rules[Int(request.plan)]
    let level = rule.refilled(buckets[scope.index(of: request)], at: now).level
    let (quotient, rest) = level.quotientAndRemainder(dividingBy: rule.period)
    let borrows = rest < 0
    return (
      Units(Int64(clamping: borrows ? quotient - 1 : quotient)),
      Int64(borrows ? rest + rule.period : rest)
    )
  }

  /// The wait until `units` are there, be they more than the bucket holds; `nil` for ever.
  ///
  /// With a ``commit(_:of:at:)`` now it makes a reservation: the bucket goes into debt.
  public func wait(for units: Units, of request: Request, at now: SimTime) -> SimDuration? {
    let rule = rules[Int(request.plan)]
    if rule.isUnlimited { return .zero }
    let bucket = rule.refilled(buckets[scope.index(of: request)], at: now)
    return rule.wait(for: units, in: bucket, at: now)
  }

  /// Puts tokens into the bucket, as many as fit, or all of them `beyondCapacity`.
  public mutating func add(
    _ units: Units, for request: Request, at now: SimTime, beyondCapacity: Bool = false
  ) {
    update(request, at: now) { bucket, rule in
      let level = bucket.level + rule.scaled(units)
      bucket.level = beyondCapacity ? level : max(bucket.level, min(level, rule.full))
    }
  }

  /// Changes the rate from `now` on for every plan; what has come so far stays.
  ///
  /// Complexity: linear in the accounts. Only for buckets whose plans have the same limits.
  public mutating func change(refill units: Units, at now: SimTime) {
    refill = UnitsByPlan(units)
    change(at: now) { BucketRule($0, refill: units) }
  }

  /// Changes the capacity from `now` on for every plan; what is in a bucket stays, if it fits.
  ///
  /// Complexity: linear in the accounts. Only for buckets whose plans have the same limits.
  public mutating func change(capacity units: Units, at now: SimTime) {
    capacity = UnitsByPlan(units)
    change(at: now) { BucketRule($0, capacity: units) }
  }

  private mutating func change(at now: SimTime, _ changed: (BucketRule) -> BucketRule) {
    guard let old = rules.first else { return }
    rules = rules.map(changed)
    for index in buckets.indices {
      buckets[index] = old.refilled(buckets[index], at: now)
      buckets[index].level = min(rules[0].full, buckets[index].level)
    }
  }
}

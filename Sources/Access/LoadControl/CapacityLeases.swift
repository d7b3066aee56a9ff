public import WeirFormats
public import WeirKernel

/// A capacity in units that plans lease from interval to interval, by what they wanted in the last.
///
/// At the end of each interval the capacity of the next one is shared out among the plans that
/// asked in it. A plan can use its lease, and whatever of the capacity nobody has leased: a plan
/// that comes up has to want something for an interval before it has a claim.
///
/// ## Edges
/// - What a plan wants is the cost of all its attempts, refused ones and retries included: asking
///   more often wins nothing under `fairShare`, and something under `proportionalShare`.
/// - After an interval without attempts nothing is leased, and all of the capacity is free.
/// - Shares are computed in floating point by `+ − × /`; their whole parts are what decides.
/// - A settlement gives back to its own interval alone; what is above the estimate counts there,
///   even beyond the lease.
/// - The wait of a refusal is the end of the interval; the next lease may be too small as well.
///
/// ## Complexity
/// O(plans) a call, the end of an interval by the square of the plans; 24 bytes a plan, none an
/// account.
///
/// ## Source
/// youtube/doorman: capacity leases with FAIR_SHARE and PROPORTIONAL_SHARE, whose clients are plans
/// here and whose subclients are weights.
public struct CapacityLeases: Layer {
  /// The name in scenarios.
  public static let typeName = "leases"
  /// One sentence for the catalogue.
  public static let summary =
    "A capacity that plans lease from interval to interval, by what they wanted in the last."

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The units of one interval, for all plans together.
  public let capacity: Units
  /// The length of an interval.
  public let interval: SimDuration
  /// How the capacity is shared out.
  public let rule: Apportionment
  /// The weights of plans; 1 for those that are not named.
  public let weights: [(plan: Located<String>, weight: Int64)]

  private var weightOfPlan: [Int64] = []
  private var book = Book(plans: 0)

  /// One interval: what is leased, what was used and what was wanted, by plan.
  private struct Book: Sendable {
    var interval = Int64.min
    /// When the interval begins, in nanoseconds.
    var start = Int64.max
    var leases: [Int64]
    var used: [Int64]
    var wanted: [Int64]

    init(plans: Int) {
      leases = Array(repeating: 0, count: plans)
      used = leases
      wanted = leases
    }

    /// What of the unleased capacity is left.
    func free(of capacity: Int64) -> Int64 {
      var free = capacity
      for plan in leases.indices { free -= max(leases[plan], used[plan]) }
      return free
    }

    /// What the plan can still use.
    func remaining(of plan: Int, capacity: Int64) -> Int64 {
      max(0, leases[plan] - used[plan]) + max(0, free(of: capacity))
    }
  }

  /// Creates the limit.
  ///
  /// - Precondition: `interval` and all weights are positive.
  public init(
    _ capacity: Units, per interval: SimDuration, by rule: Apportionment = .fairShare,
    weights: KeyValuePairs<String, Int64> = [:], as role: Role = .allowance
  ) {
    self.capacity = capacity
    self.interval = interval
    self.rule = rule
    self.weights = weights.map { (Located($0.key), $0.value) }
    self.role = role
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    capacity = fields.required(
      "capacity", .units, "The units of one interval, for all plans together.")
    interval = fields.required(
      "per", .span(from: SimDuration(nanoseconds: 1)), "The length of an interval.")
    rule = fields.value(
      "rule",
      .choice(Apportionment.self) {
        $0 == .fairShare
          ? "equal shares; what is left over is dealt out again, twice"
          : "equal shares; what is left over goes to the others in proportion to what they lack"
      }, default: .fairShare, "How the capacity is shared out.")
    let weight = ValueKind<Int64>.quantity(in: 1...1_000_000)
    weights = fields.value(
      "weights", .map(of: .located(weight)), whenAbsent: [:],
      "The weights of plans; 1 for those that are not named."
    ).map {
      let place = $0.value
      return (Located($0.key, pointer: place.pointer, position: place.position), place.value)
    }
    role = fields.limitRole()
  }

  /// The plans that have weights.
  public var fieldNames: FieldNames { FieldNames(plans: weights.map(\.plan)) }

  /// Leases nothing yet.
  public mutating func prepare(for directory: Directory) {
    weightOfPlan = directory.plans.map { plan in
      weights.first { $0.plan.value == plan.name }?.weight ?? 1
    }
    book = Book(plans: directory.plans.count)
  }

  /// Pays what is left of the plan's lease and of the free capacity.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    let remaining = Units(remaining(of: request, at: now))
    if cost <= remaining { return .pays(cost) }
    if cost > capacity { return .short(.never, payable: remaining, retryAfter: nil) }
    return .short(.overload, payable: remaining, retryAfter: untilNext(now))
  }

  private func untilNext(_ now: SimTime) -> SimDuration {
    SimDuration(nanoseconds: interval.nanoseconds - now.nanoseconds % interval.nanoseconds)
  }

  private func remaining(of request: Request, at now: SimTime) -> Int64 {
    let plan = Int(request.plan)
    if isRunning(at: now) { return book.remaining(of: plan, capacity: capacity.count) }
    var next = book
    move(&next, to: now)
    return next.remaining(of: plan, capacity: capacity.count)
  }

  /// Whether the interval of the book is that of `time`.
  private func isRunning(at time: SimTime) -> Bool {
    time.nanoseconds >= book.start && time.nanoseconds - book.start < interval.nanoseconds
  }

  /// Begins the interval of `now`, with leases by what was wanted in the one before.
  private func move(_ book: inout Book, to now: SimTime) {
    let current = now.nanoseconds / interval.nanoseconds
    guard current > book.interval else { return }
    var next = Book(plans: book.leases.count)
    next.interval = current
    next.start = current * interval.nanoseconds
    if current == book.interval + 1 { next.leases = leases(book.wanted) }
    book = next
  }

  private func leases(_ wanted: [Int64]) -> [Int64] {
    let plans = wanted.indices.filter { wanted[$0] > 0 }
    var leases = Array(repeating: Int64(0), count: wanted.count)
    guard !plans.isEmpty else { return leases }
    let claimants = plans.map {
      Apportionment.Claimant(wants: Double(wanted[$0]), weight: weightOfPlan[$0])
    }
    let shares = rule.shares(claimants, capacity: Double(capacity.count))
    for (plan, share) in zip(plans, shares) { leases[plan] = Int64(max(0, share)) }
    return leases
  }

  /// Counts the share.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    if !isRunning(at: now) { move(&book, to: now) }
    book.used[Int(request.plan)] += share.count
  }

  /// Corrects the share, while its interval lasts.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    guard isRunning(at: hold.committedAt), isRunning(at: now) else { return }
    book.used[Int(request.plan)] += actual.count - hold.share.count
  }

  /// Yes: what is refused was wanted too.
  public var observes: Bool { true }

  /// Counts what was wanted.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    switch feedback {
    case .admitted, .denied: break
    case .started, .completed, .failed, .abandoned: return
    }
    if !isRunning(at: now) { move(&book, to: now) }
    let wanted = book.wanted[Int(request.plan)]
    book.wanted[Int(request.plan)] = min(wanted + request.cost.count, .max / 2)
  }

  /// What the plan can use in this interval: its lease, and what nobody has leased.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    Meter(
      limit: capacity, remaining: Units(remaining(of: request, at: now)),
      resetAfter: untilNext(now))
  }

  /// No: the next lease may be too small as well.
  public var waitsAreExact: Bool { false }
}

public import WeirFormats
public import WeirKernel

/// A limit of requests under way that plans share by weight, and may borrow from each other.
///
/// Each product has a limit of its own, of which a plan's share is limit · weight / sum of weights,
/// rounded up, at least 1; the plans that are not named have one share together. Borrowing decides
/// what a plan may have beyond its share:
/// - `never`: nothing; what others leave stays idle.
/// - `idle`: whatever is free. A share is there for its plan even when others have borrowed all of
///   the limit, so that more than the limit may be under way.
/// - `unsaturated`: whatever is free while the pool is less busy than `saturation`. The limit
///   holds: who borrowed early keeps it, and its owner waits.
///
/// ## Edges
/// - A request counts from its admission, the time in the queue included, until it is settled or
///   released; one of no units does not count.
/// - The utilisation is that of the last sample delivered.
/// - The wait of a refusal is a hint (`retryAfter`), not a promise.
///
/// ## Complexity
/// O(1) a call; 8 bytes for each share and product, none an account.
///
/// ## Source
/// The partitions of Netflix/concurrency-limits (`idle`; issue 234 on passing the limit) and the
/// priority reservations of LiteLLM, pull request 15119 (`unsaturated`).
public struct LoadShares: Layer {
  /// The name in scenarios.
  public static let typeName = "shares"
  /// One sentence for the catalogue.
  public static let summary =
    "A limit of requests under way that plans share by weight, and may borrow from each other."

  /// What a plan may have beyond its share.
  public enum Borrowing: String, CaseIterable, Hashable, Sendable {
    /// Nothing.
    case never
    /// Whatever is free; a share is there for its plan even beyond the limit.
    case idle
    /// Whatever is free while the pool is not saturated; the limit holds.
    case unsaturated
  }

  /// The most requests under way.
  public let limit: Int64
  /// The weights of the plans that have shares of their own.
  public let weights: [(plan: Located<String>, weight: Int64)]
  /// The weight of all other plans together.
  public let others: Int64
  /// What a plan may have beyond its share.
  public let borrowing: Borrowing
  /// The wait that a refusal names.
  public let retryAfter: SimDuration

  /// The busy share of a pool from which it is saturated, in millionths.
  private let saturation: Int64
  /// The shares; the last one is that of the plans that are not named.
  let shares: [Int64]
  /// The place of each plan's share.
  private var shareOfPlan: [Int] = []
  private var products: [Usage] = []

  private struct Usage: Sendable {
    var underWay: [Int64]
    var total: Int64 = 0
    var isSaturated = false
  }

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate.
  ///
  /// - Precondition: Some weight is above 0; `saturation` is at most 1.
  public init(
    limit: Int64, weights: KeyValuePairs<String, Int64>, others: Int64 = 0,
    borrowing: Borrowing = .idle, saturation: Ratio = Ratio(4, over: 5),
    retryAfter: SimDuration = .seconds(1)
  ) {
    self.init(
      limit, weights.map { (Located($0.key), $0.value) }, others, borrowing, saturation, retryAfter)
  }

  private init(
    _ limit: Int64, _ weights: [(plan: Located<String>, weight: Int64)], _ others: Int64,
    _ borrowing: Borrowing, _ saturation: Ratio, _ retryAfter: SimDuration
  ) {
    self.limit = limit
    self.weights = weights
    self.others = others
    self.borrowing = borrowing
    self.saturation = saturation.inMillionths
    self.retryAfter = retryAfter
    let all = weights.map(\.weight) + [others]
    let sum = max(1, all.reduce(0, +))
    shares = all.map { max(1, Ratio($0, over: sum).times(limit, rounding: .up) ?? limit) }
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    let weight = ValueKind<Int64>.quantity(in: 0...1_000_000)
    let limit = fields.required(
      "limit", .quantity(in: 1...1_000_000_000), "The most requests under way.")
    let weights = fields.required(
      "weights", .map(of: .located(weight)), "The weights of the plans that have their own share.")
    let others = fields.value(
      "others", weight, default: 0, "The weight of all other plans together.")
    let borrowing = fields.value(
      "borrowing", .choice(Borrowing.self, help: Self.help), default: .idle,
      "What a plan may have beyond its share.")
    let saturation = fields.value(
      "saturation", .part, default: Ratio(4, over: 5),
      "The busy share of the pool from which it is saturated.")
    fields.check(
      weights.reduce(others) { $0 + $1.value.value } > 0, at: "weights",
      expected: "some weight above 0")
    self.init(
      limit,
      weights.map {
        let place = $0.value
        let plan = Located($0.key, pointer: place.pointer, position: place.position)
        return (plan, place.value)
      }, others, borrowing, saturation, fields.retryHint())
  }

  private static func help(_ borrowing: Borrowing) -> String {
    switch borrowing {
    case .never: "nothing; what others leave stays idle"
    case .idle: "whatever is free; a share is there for its plan even beyond the limit"
    case .unsaturated: "whatever is free while the pool is not saturated; the limit holds"
    }
  }

  /// The plans that have their own share.
  public var fieldNames: FieldNames { FieldNames(plans: weights.map(\.plan)) }

  /// Finds the share of each plan, and starts with nothing under way.
  public mutating func prepare(for directory: Directory) {
    shareOfPlan = directory.plans.map { plan in
      weights.firstIndex { $0.plan.value == plan.name } ?? weights.count
    }
    let usage = Usage(underWay: Array(repeating: 0, count: shares.count))
    products = Array(repeating: usage, count: directory.products.count)
  }

  /// Lets the request pass within its plan's share, or when it may borrow.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero || hasRoom(for: request) { return .pays(cost) }
    return .short(.overload, retryAfter: retryAfter)
  }

  private func hasRoom(for request: Request) -> Bool {
    let share = shareOfPlan[Int(request.plan)]
    let usage = products[Int(request.product)]
    let isWithin = usage.underWay[share] < shares[share]
    switch borrowing {
    case .never: return isWithin
    case .idle: return isWithin || usage.total < limit
    case .unsaturated: return usage.total < limit && (isWithin || !usage.isSaturated)
    }
  }

  /// Counts the request.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    if share > .zero { add(1, request) }
  }

  /// Stops counting the request.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if hold.share > .zero { add(-1, request) }
  }

  private mutating func add(_ count: Int64, _ request: Request) {
    products[Int(request.product)].underWay[shareOfPlan[Int(request.plan)]] += count
    products[Int(request.product)].total += count
  }

  /// Learns how busy the pools are.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    for product in products.indices {
      let load = signals.load(of: ProductIndex(product))
      products[product].isSaturated = load.utilisationMillionths >= saturation
    }
  }

  /// The share of the request's plan, and what of it is free, as units.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let share = shareOfPlan[Int(request.plan)]
    let used = products[Int(request.product)].underWay[share]
    return Meter(
      limit: Units(shares[share]), remaining: Units(max(0, shares[share] - used)), resetAfter: nil)
  }

  /// Only when nothing is borrowed, which is beyond the share that the meter shows.
  public var isStrict: Bool { borrowing == .never }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }
}

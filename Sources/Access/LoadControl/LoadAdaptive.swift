public import WeirFormats
public import WeirKernel

/// A limit of requests under way that follows the queue: a step up while it is short, a cut when
/// it is long.
///
/// Each product has a limit of its own. With every new sample of the load, a queue delay above
/// `target` multiplies the limit by `factor`; otherwise it grows by `step`, if at least half of it
/// is in use, so that an idle limit does not drift up.
///
/// ## Edges
/// - A request counts from its admission, the time in the queue included, until it is settled or
///   released; one of no units does not count.
/// - A sample that was seen before changes nothing, however often it is delivered.
/// - The wait of a refusal is a hint (`retryAfter`), not a promise.
///
/// ## Complexity
/// O(1) a call; linear in the products when a sample comes.
///
/// ## Source
/// Chiu and Jain, "Analysis of the increase and decrease algorithms for congestion avoidance in
/// computer networks", 1989; Netflix/concurrency-limits (AIMDLimit) for the half in use.
public struct LoadAdaptive: Layer {
  /// The name in scenarios.
  public static let typeName = "aimd"
  /// One sentence for the catalogue.
  public static let summary =
    "Requests under way within a limit that grows while the queue is short and is cut when not."

  /// The limit at the start.
  public let initial: Int64
  /// The limits between which it moves.
  public let range: ClosedRange<Int64>
  /// The queue delay above which the limit is cut.
  public let target: SimDuration
  /// What a sample below the target adds.
  public let step: Int64
  /// What a sample above the target multiplies by.
  public let factor: Ratio
  /// The wait that a refusal names.
  public let retryAfter: SimDuration

  private var products: [ProductState] = []

  private struct ProductState: Sendable {
    var limit: Int64
    var underWay: Int64 = 0
    var sampledAt = SimTime(nanoseconds: .min)
  }

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate.
  ///
  /// - Precondition: `range` holds `initial`, and `factor` is at most 1.
  public init(
    initial: Int64, in range: ClosedRange<Int64>, target: SimDuration, step: Int64 = 1,
    factor: Ratio = Ratio(9, over: 10), retryAfter: SimDuration = .seconds(1)
  ) {
    precondition(range.contains(initial) && factor <= .one)
    self.initial = initial
    self.range = range
    self.target = target
    self.step = step
    self.factor = factor
    self.retryAfter = retryAfter
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    let minimum = fields.value(
      "minimum", .quantity(in: 1...1_000_000_000), default: 1, "The least limit.")
    let maximum = fields.value(
      "maximum", .quantity(in: 1...1_000_000_000), default: 1_000_000, "The greatest limit.")
    let initial = fields.required(
      "initial", .quantity(in: 1...1_000_000_000), "The limit of requests at the start.")
    target = fields.required(
      "target", .span, "The queue delay above which the limit is cut.")
    step = fields.value(
      "step", .quantity(in: 0...1_000_000), default: 1, "What a sample below the target adds.")
    factor = fields.value(
      "factor", .ratio.checked("a number up to 1") { $0 <= .one }, default: Ratio(9, over: 10),
      "What a sample above the target multiplies the limit by.")
    retryAfter = fields.value(
      "retryAfter", .span(from: SimDuration(nanoseconds: 1)), default: .seconds(1),
      "The wait that a refusal names.")
    fields.check(minimum <= maximum, at: "maximum", expected: "at least the minimum")
    fields.check(
      minimum <= initial && initial <= maximum, at: "initial",
      expected: "a number between minimum and maximum")
    range = minimum...max(minimum, maximum)
    self.initial = min(max(initial, range.lowerBound), range.upperBound)
  }

  /// Starts every product at the initial limit.
  public mutating func prepare(for directory: Directory) {
    products = directory.products.map { _ in ProductState(limit: initial) }
  }

  /// Lets the request pass while fewer than the limit are under way.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let product = products[Int(request.product)]
    if cost == .zero || product.underWay < product.limit { return .pays(cost) }
    return .short(.overload, retryAfter: retryAfter)
  }

  /// Counts the request.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    if share > .zero { products[Int(request.product)].underWay += 1 }
  }

  /// Stops counting the request.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if hold.share > .zero { products[Int(request.product)].underWay -= 1 }
  }

  /// Moves the limits by the sample.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    for index in products.indices where index < signals.poolOfProduct.count {
      let load = signals.load(of: ProductIndex(index))
      guard load.sampledAt > products[index].sampledAt else { continue }
      products[index].sampledAt = load.sampledAt
      let limit = products[index].limit
      if load.queueDelay > target {
        let cut = factor.times(limit, rounding: .down) ?? limit
        products[index].limit = max(range.lowerBound, cut)
      } else if products[index].underWay * 2 >= limit {
        products[index].limit = min(range.upperBound, limit + step)
      }
    }
  }

  /// The requests of the product that may still start, as units.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let product = products[Int(request.product)]
    return Meter(
      limit: Units(product.limit), remaining: Units(max(0, product.limit - product.underWay)),
      resetAfter: nil)
  }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }

  /// The limits of all products together.
  public var limitInForce: Units? {
    products.reduce(Units.zero) { $0 + Units($1.limit) }
  }
}

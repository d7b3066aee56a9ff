public import WeirFormats
public import WeirKernel

/// A limit of requests under way that follows latencies, with an ideal measured now and then.
///
/// Each product has a limit of its own. Every `update` the limit L moves to ⌊g·L + √(g·L)⌋, where
/// g = (1 + `buffer`) · least / sampled latency, held between ½ and 2. Every `measureEvery`, with
/// some jitter, the limit is held at `minimum` until `measureRequests` have ended: their latency is
/// the new least one, and the limit is what it was before.
///
/// ## Edges
/// - It begins by measuring. A limit that stays at `minimum` for five updates measures at once.
/// - An update without a request that has ended changes nothing. Requests admitted before the
///   latest measurement began do not count, and neither do those that left the queue.
/// - Latencies are aggregated by a percentile, to within 0.8 % of it.
/// - The limit is computed in floating point by `+ − × /` and a square root; its whole part
///   decides.
/// - The jitter is a sample that the last request of the measurement addresses.
/// - The wait of a refusal is a hint (`retryAfter`), not a promise.
///
/// ## Complexity
/// O(1) a call, an update linear in the buckets of a histogram; some 20 KiB a product, none an
/// account.
///
/// ## Source
/// Envoy's HTTP filter `adaptive_concurrency`, gradient controller, and its documentation.
public struct EnvoyGradient: AdaptiveLimit {
  /// The name in scenarios.
  public static let typeName = "envoyGradient"
  /// One sentence for the catalogue.
  public static let summary =
    "Requests under way within a limit that follows latencies, against an ideal measured at times."

  /// The numbers of the algorithm.
  public struct Terms: Hashable, Sendable {
    /// The least limit, and that of measurements.
    public var minimum: Int64 = 3
    /// The greatest limit.
    public var maximum: Int64 = 1000
    /// The time between two updates of the limit.
    public var update = SimDuration.milliseconds(100)
    /// The time from one measurement to the next, before jitter.
    public var measureEvery = SimDuration.seconds(60)
    /// The requests of a measurement.
    public var measureRequests: Int64 = 50
    /// The most that is added to `measureEvery`, as a part of it.
    public var jitter = Ratio(15, over: 100)
    /// How far latencies may lie above the least before the limit shrinks, as a part of it.
    public var buffer = Ratio(1, over: 4)
    /// The percentile that stands for many latencies, as a part of one.
    public var percentile = Ratio(1, over: 2)
    /// The wait that a refusal names.
    public var retryAfter = SimDuration.seconds(1)

    /// Creates the usual terms.
    public init() {}
  }

  /// The numbers.
  public let terms: Terms
  private var products: [GradientController] = []

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate.
  public init(_ terms: Terms = Terms()) { self.terms = terms }

  /// Reads the gate.
  public init(_ fields: Fields) {
    var terms = Terms()
    let limit = ValueKind<Int64>.quantity(in: 1...1_000_000_000)
    let nanosecond = SimDuration(nanoseconds: 1)
    terms.minimum = fields.value(
      "minimum", limit, default: terms.minimum, "The least limit, and that of measurements.")
    terms.maximum = fields.value("maximum", limit, default: terms.maximum, "The greatest limit.")
    terms.update = fields.value(
      "update", .span(from: nanosecond), default: terms.update,
      "The time between two updates of the limit.")
    terms.measureEvery = fields.value(
      "measureEvery", .span(from: nanosecond), default: terms.measureEvery,
      "The time from one measurement of the least latency to the next, before jitter.")
    terms.measureRequests = fields.value(
      "measureRequests", .quantity(in: 1...1_000_000), default: terms.measureRequests,
      "The requests of a measurement.")
    terms.jitter = fields.value(
      "jitter", .part, default: terms.jitter,
      "The most that is added to measureEvery, as a part of it.")
    terms.buffer = fields.value(
      "buffer", .millionths(upTo: 1000), default: terms.buffer,
      "How far latencies may lie above the least before the limit shrinks, as a part of it.")
    terms.percentile = fields.value(
      "percentile", .part, default: terms.percentile,
      "The percentile that stands for many latencies, as a part of one.")
    terms.retryAfter = fields.retryHint()
    fields.check(terms.minimum <= terms.maximum, at: "maximum", expected: "at least the minimum")
    self.init(terms)
  }

  /// Starts every product with a measurement.
  public mutating func prepare(for directory: Directory) {
    products = Array(repeating: GradientController(terms), count: directory.products.count)
  }

  /// Lets the request pass while fewer than the limit are under way.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let product = products[Int(request.product)]
    if cost == .zero || product.underWay < product.limit(at: now, terms) { return .pays(cost) }
    return .short(.overload, retryAfter: terms.retryAfter)
  }

  /// Counts the request.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    products[Int(request.product)].advance(to: now, terms)
    if share > .zero { products[Int(request.product)].underWay += 1 }
  }

  /// Stops counting the request.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    products[Int(request.product)].advance(to: now, terms)
    if hold.share > .zero { products[Int(request.product)].underWay -= 1 }
  }

  /// Yes: it learns from the latencies.
  public var observes: Bool { true }

  /// Learns the latency of a request that has ended.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    let product = Int(request.product)
    products[product].advance(to: now, terms)
    switch feedback {
    case .completed(_, let latency), .failed(let latency):
      guard request.cost > .zero else { return }
      products[product].record(latency, at: now, request.sampleKey, terms)
    case .admitted, .denied, .started, .abandoned: break
    }
  }

  /// The state of a product, for tests.
  func controller(of product: ProductIndex) -> GradientController { products[Int(product)] }

  /// The requests of the product that may still start, as units.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let product = products[Int(request.product)]
    let limit = product.limit(at: now, terms)
    return Meter(
      limit: Units(limit), remaining: Units(max(0, limit - product.underWay)), resetAfter: nil)
  }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }

  /// The limits of all products together.
  public var limitInForce: Units? { products.reduce(.zero) { $0 + Units($1.limit) } }
}

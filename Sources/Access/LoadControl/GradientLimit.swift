public import WeirFormats
public import WeirKernel

/// A limit of requests under way that shrinks as latencies rise above their long-term mean.
///
/// Each product has a limit of its own. With r the latency of a request that has ended and r̄ the
/// long-term mean, the limit moves towards limit · clamp(tolerance · r̄/r, ½, 1) + `queue`, with
/// the weight `smoothing`.
///
/// ## Edges
/// - The long-term mean is the plain mean of the first ten samples, then exponential over
///   `longTerm` samples; when it is more than twice the latency, it is cut by a twentieth after its
///   use.
/// - Nothing moves while less than half of the limit is in use.
/// - A request that left the queue out of patience counts with the time that it waited.
/// - The estimate is a floating-point number made by `+ − × /` alone; its whole part is the limit
///   that decides.
/// - What is under way is counted when a request ends, not when it began as upstream.
///
/// ## Complexity
/// O(1) a call; some 100 bytes a product, none an account.
///
/// ## Source
/// Netflix/concurrency-limits (Gradient2Limit, WindowedLimit). Known there: the limit grows without
/// end where tolerance · r̄/r stays near one (pull request 134), and latencies of a constant
/// timeout drive the mean up to it (issue 137).
public struct GradientLimit: AdaptiveLimit {
  /// The name in scenarios.
  public static let typeName = "gradient2"
  /// One sentence for the catalogue.
  public static let summary =
    "Requests under way within a limit that shrinks as latencies rise above their long-term mean."

  /// The numbers of the algorithm.
  public struct Terms: Hashable, Sendable {
    /// The limit at the start.
    public var initial: Int64 = 20
    /// The least limit.
    public var minimum: Int64 = 20
    /// The greatest limit.
    public var maximum: Int64 = 200
    /// What the limit grows by while latencies are low, before smoothing.
    public var queue: Int64 = 4
    /// How far latencies may lie above the mean before the limit shrinks.
    public var tolerance = Ratio(3, over: 2)
    /// The weight of a new estimate.
    public var smoothing = Ratio(1, over: 5)
    /// The samples over which the long-term mean goes.
    public var longTerm: Int64 = 600
    /// The length of a window whose mean latency is one sample; none makes each request a sample.
    public var window = SimDuration.zero
    /// The least number of requests in a window.
    public var windowRequests: Int64 = 10
    /// The wait that a refusal names.
    public var retryAfter = SimDuration.seconds(1)

    /// Creates the usual terms.
    public init() {}
  }

  /// The numbers.
  public let terms: Terms
  private let smoothing: Double
  private let tolerance: Double
  private var limits = InFlightLimits()
  private var estimates: [Estimate] = []

  private struct Estimate: Sendable {
    var limit: Double
    var longTerm = WarmedAverage()
    var window = LatencyWindow()
  }

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate.
  public init(_ terms: Terms = Terms()) {
    self.terms = terms
    smoothing = terms.smoothing.approximation
    tolerance = terms.tolerance.approximation
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    var terms = Terms()
    let limit = ValueKind<Int64>.quantity(in: 1...1_000_000_000)
    terms.initial = fields.value(
      "initial", limit, default: terms.initial, "The limit of requests at the start.")
    terms.minimum = fields.value("minimum", limit, default: terms.minimum, "The least limit.")
    terms.maximum = fields.value("maximum", limit, default: terms.maximum, "The greatest limit.")
    terms.queue = fields.value(
      "queue", .quantity(in: 0...1_000_000), default: terms.queue,
      "What the limit grows by while latencies are low, before smoothing.")
    terms.tolerance = fields.value(
      "tolerance", .millionths(upTo: 1000), default: terms.tolerance,
      "How far latencies may lie above the mean before the limit shrinks, as a factor.")
    terms.smoothing = fields.value(
      "smoothing", .part, default: terms.smoothing, "The weight of each new estimate.")
    terms.longTerm = fields.value(
      "longTerm", .integer(in: 1...1_000_000), default: terms.longTerm,
      "The samples over which the long-term mean goes.")
    (terms.window, terms.windowRequests, terms.retryAfter) = fields.latencyWindow()
    fields.check(
      terms.minimum <= terms.maximum, at: "maximum", expected: "at least the minimum")
    fields.check(
      terms.initial <= terms.maximum, at: "initial", expected: "a number up to the maximum")
    self.init(terms)
  }

  /// Starts every product at the initial limit.
  public mutating func prepare(for directory: Directory) {
    limits = InFlightLimits(terms.initial, products: directory.products.count)
    estimates = Array(repeating: Estimate(limit: Double(terms.initial)), count: limits.count)
  }

  /// Lets the request pass while fewer than the limit are under way.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    limits.quote(cost, of: request, retryAfter: terms.retryAfter)
  }

  /// Counts the request.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    limits.commit(share, of: request)
  }

  /// Stops counting the request.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    limits.settle(hold, of: request)
  }

  /// Yes: it learns from the latencies.
  public var observes: Bool { true }

  /// Learns the latency of a request that has ended.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    let product = Int(request.product)
    guard request.cost > .zero,
      let sample = LatencySample(feedback, underWay: limits.underWay(product) + 1),
      let window = estimates[product].window.add(
        sample, at: now, length: terms.window, least: terms.windowRequests)
    else { return }
    learn(window, of: product)
  }

  /// Moves the limit of a product by one sample.
  mutating func learn(_ sample: LatencySample, of product: Int) {
    let latency = Double(sample.latency)
    let mean = estimates[product].longTerm.add(latency, window: terms.longTerm, warmup: 10)
    if mean / latency > 2 { estimates[product].longTerm.scale(by: 0.95) }
    let limit = estimates[product].limit
    if Double(sample.underWay) < limit / 2 { return }
    let gradient = max(0.5, min(1, tolerance * mean / latency))
    let aim = limit * gradient + Double(terms.queue)
    let smoothed = limit * (1 - smoothing) + aim * smoothing
    let next = max(Double(terms.minimum), min(Double(terms.maximum), smoothed))
    estimates[product].limit = next
    limits[product] = Int64(next)
  }

  /// The requests of the product that may still start, as units.
  public func meter(for request: Request, at now: SimTime) -> Meter? { limits.meter(for: request) }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }

  /// The limits of all products together.
  public var limitInForce: Units? { limits.total }
}

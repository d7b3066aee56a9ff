public import WeirFormats
public import WeirKernel

/// A limit of requests under way that keeps the queue which latencies tell of between two bounds.
///
/// Each product has a limit of its own. With r the latency of a request that has ended and r₀ the
/// least so far, ⌈limit · (1 − r₀/r)⌉ requests are thought to queue. With d the whole part of the
/// limit's decimal logarithm, at least 1: up to d adds beta, fewer than alpha adds d, more than
/// beta takes d away, as does a request that left the queue out of patience. Alpha and beta are so
/// many d.
///
/// ## Edges
/// - Nothing moves while less than half of the limit is in use, nor with a latency below the least
///   so far, which becomes the least.
/// - From time to time the least latency is measured anew: after `probe` times the limit requests,
///   times a sample from a half to one that the request before it addresses. 0 means never.
/// - The estimate is a floating-point number made by `+ − × /` alone; its whole part is the limit
///   that decides. `smoothing` is the weight of each new estimate.
/// - A request refused by the full queue of the fleet is lost work too, with no latency to learn.
/// - What is under way is counted when a request ends, not when it began as upstream.
///
/// ## Complexity
/// O(1) a call; some 100 bytes a product, none an account.
///
/// ## Source
/// Brakmo and Peterson, "TCP Vegas", IEEE JSAC 13(8), 1995; Netflix/concurrency-limits (VegasLimit,
/// WindowedLimit). Known there: the least latency drifts when the limit never lets the queue drain
/// (issue 165).
public struct VegasLimit: AdaptiveLimit {
  /// The name in scenarios.
  public static let typeName = "vegas"
  /// One sentence for the catalogue.
  public static let summary =
    "Requests under way within a limit that keeps the queue, as latencies tell it, in bounds."

  /// How a decrease is made.
  public enum Decrease: String, CaseIterable, Hashable, Sendable {
    /// By the whole part of the decimal logarithm.
    case step
    /// To a half.
    case half
  }

  /// The numbers of the algorithm.
  public struct Terms: Hashable, Sendable {
    /// The limit at the start.
    public var initial: Int64 = 20
    /// The greatest limit.
    public var maximum: Int64 = 1000
    /// The queue below which the limit grows.
    public var alpha: Int64 = 3
    /// The queue above which it shrinks.
    public var beta: Int64 = 6
    /// Whether alpha and beta are multiples of the logarithm, or plain numbers.
    public var isScaled = true
    /// How it shrinks.
    public var decrease = Decrease.step
    /// The weight of a new estimate.
    public var smoothing = Ratio.one
    /// The requests, in limits, after which the least latency is measured anew; 0 means never.
    public var probe: Int64 = 30
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
  private var limits = InFlightLimits()
  private var estimates: [Estimate] = []

  private struct Estimate: Sendable {
    var limit: Double
    var leastLatency: Int64 = 0
    var samples: Int64 = 0
    var probeAfter: Double?
    var window = LatencyWindow()
  }

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate.
  public init(_ terms: Terms = Terms()) {
    self.terms = terms
    smoothing = terms.smoothing.approximation
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    var terms = Terms()
    let limit = ValueKind<Int64>.quantity(in: 1...1_000_000_000)
    terms.initial = fields.value(
      "initial", limit, default: terms.initial, "The limit of requests at the start.")
    terms.maximum = fields.value("maximum", limit, default: terms.maximum, "The greatest limit.")
    terms.alpha = fields.value(
      "alpha", .integer(in: 1...1_000_000), default: terms.alpha,
      "The queue below which the limit grows.")
    terms.beta = fields.value(
      "beta", .integer(in: 1...1_000_000), default: terms.beta,
      "The queue above which the limit shrinks.")
    terms.isScaled = fields.value(
      "scaled", .flag, default: terms.isScaled,
      "Whether alpha and beta are multiples of the decimal logarithm of the limit.")
    terms.decrease = fields.value(
      "decrease",
      .choice(Decrease.self) { $0 == .step ? "by the decimal logarithm" : "to a half" },
      default: terms.decrease, "How the limit shrinks.")
    terms.smoothing = fields.value(
      "smoothing", .part, default: terms.smoothing, "The weight of each new estimate.")
    terms.probe = fields.value(
      "probe", .integer(in: 0...1_000_000), default: terms.probe,
      "The requests, in limits, after which the least latency is measured anew; 0 means never.")
    (terms.window, terms.windowRequests, terms.retryAfter) = fields.latencyWindow()
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
    guard request.cost > .zero else { return }
    let product = Int(request.product)
    if case .denied(.queueFull) = feedback { return lose(product) }
    guard let sample = LatencySample(feedback, underWay: limits.underWay(product) + 1),
      let window = estimates[product].window.add(
        sample, at: now, length: terms.window, least: terms.windowRequests)
    else { return }
    learn(window, of: product, request.sampleKey)
  }

  /// Moves the limit of a product by one sample.
  mutating func learn(_ sample: LatencySample, of product: Int, _ key: SampleKey) {
    var estimate = estimates[product]
    defer { estimates[product] = estimate }
    estimate.samples += 1
    if terms.probe > 0 {
      let after = estimate.probeAfter ?? probeAfter(key)
      estimate.probeAfter = after
      if after * estimate.limit <= Double(estimate.samples) {
        estimate.probeAfter = probeAfter(key)
        estimate.samples = 0
        estimate.leastLatency = sample.latency
        return
      }
    }
    if estimate.leastLatency == 0 || sample.latency < estimate.leastLatency {
      estimate.leastLatency = sample.latency
      return
    }
    let ratio = Double(estimate.leastLatency) / Double(sample.latency)
    let exact = estimate.limit * (1 - ratio)
    let queue = Double(Int64(exact)) < exact ? Int64(exact) + 1 : Int64(exact)
    if let next = next(estimate.limit, queue: queue, sample) { move(&estimate, to: next, product) }
  }

  /// The next estimate; `nil` when the queue is as it should be or the limit hardly used.
  private func next(_ limit: Double, queue: Int64, _ sample: LatencySample) -> Double? {
    if sample.isDrop { return decreased(limit) }
    if Double(sample.underWay * 2) < limit { return nil }
    let step = Self.decades(Int64(limit))
    let scale = terms.isScaled ? step : 1
    if queue <= step { return limit + Double(terms.beta * scale) }
    if queue < terms.alpha * scale { return limit + Double(step) }
    if queue > terms.beta * scale { return decreased(limit) }
    return nil
  }

  private func decreased(_ limit: Double) -> Double {
    switch terms.decrease {
    case .step: limit - Double(Self.decades(Int64(limit)))
    case .half: limit / 2
    }
  }

  private mutating func move(_ estimate: inout Estimate, to next: Double, _ product: Int) {
    let bounded = max(1, min(Double(terms.maximum), next))
    estimate.limit = (1 - smoothing) * estimate.limit + smoothing * bounded
    limits[product] = Int64(estimate.limit)
  }

  /// Takes a request that was refused by the full queue for lost work.
  private mutating func lose(_ product: Int) {
    var estimate = estimates[product]
    move(&estimate, to: decreased(estimate.limit), product)
    estimates[product] = estimate
  }

  private func probeAfter(_ key: SampleKey) -> Double {
    var samples = key.samples(.vegasProbe)
    return Double(terms.probe) * (0.5 + samples.uniform() / 2)
  }

  /// The whole part of the decimal logarithm of `limit`, at least 1.
  static func decades(_ limit: Int64) -> Int64 {
    var decades: Int64 = 0
    var rest = limit / 10
    while rest > 0 {
      decades += 1
      rest /= 10
    }
    return max(1, decades)
  }

  /// The requests of the product that may still start, as units.
  public func meter(for request: Request, at now: SimTime) -> Meter? { limits.meter(for: request) }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }

  /// The limits of all products together.
  public var limitInForce: Units? { limits.total }
}

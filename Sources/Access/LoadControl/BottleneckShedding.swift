public import WeirFormats
public import WeirKernel

/// Sheds requests above what the bottleneck was seen to hold, while the fleet is busy.
///
/// What a pipe holds without a queue is its bandwidth times its delay. For each product the
/// bandwidth is the most requests that ended in one bucket of the last `window`, and the delay the
/// least mean latency of a bucket. While the pool is busy above `utilisation`, and for `coolDown`
/// after the first request that was shed, requests are refused that find more than that under way.
///
/// ## Edges
/// - The bucket that is being filled does not count. Without history the pipe holds one request in
///   a thousandth of a second, which is none; but a product's first two requests always pass.
/// - Latencies count in milliseconds, rounded up, as does the least mean: what upstream does.
/// - The utilisation is that of the last sample delivered.
/// - The cool-down is counted from the first request shed since the pool was last cool.
/// - The wait of a refusal is a hint (`retryAfter`), not a promise.
///
/// ## Complexity
/// O(1) a call, linear in `buckets` while the pool is busy; 24 bytes a bucket and product, none an
/// account.
///
/// ## Source
/// Cardwell et al., "BBR: congestion-based congestion control", ACM Queue 14(5), 2016; the BBR
/// limiter of go-kratos/aegis, whose maximum in flight that of zeromicro/go-zero shares.
public struct BottleneckShedding: Layer {
  /// The name in scenarios.
  public static let typeName = "bbr"
  /// One sentence for the catalogue.
  public static let summary =
    "Sheds requests above what the bottleneck was seen to hold, while the fleet is busy."

  /// The busy share above which, or at which, requests are shed, in millionths.
  private let hot: Int64
  /// The time over which requests are counted.
  public let window: SimDuration
  /// The parts of the window, in each of which bandwidth and delay are measured.
  public let buckets: Int64
  /// How long requests are shed after the first one, whatever the utilisation.
  public let coolDown: SimDuration
  /// The wait that a refusal names.
  public let retryAfter: SimDuration

  private var products: [Pipe] = []

  private struct Pipe: Sendable {
    /// Requests that have ended, and their latencies in milliseconds.
    var ended: RollingSums
    var underWay: Int64 = 0
    var isHot = false
    /// When the first request was shed since the pool was last cool; distant when none was.
    var shedSince = SimTime.distantFuture
  }

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate.
  ///
  /// - Precondition: `utilisation` is at most 1.
  public init(
    utilisation: Ratio = Ratio(4, over: 5), window: SimDuration = .seconds(10),
    buckets: Int64 = 100, coolDown: SimDuration = .seconds(1), retryAfter: SimDuration = .seconds(1)
  ) {
    hot = utilisation.inMillionths
    self.window = window
    self.buckets = buckets
    self.coolDown = coolDown
    self.retryAfter = retryAfter
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    self.init(
      utilisation: fields.value(
        "utilisation", .part, default: Ratio(4, over: 5),
        "The busy share of the pool at which requests are shed."),
      window: fields.value(
        "window", .span(from: .milliseconds(1)), default: .seconds(10),
        "The time over which requests are counted."),
      buckets: fields.value(
        "buckets", .integer(in: 2...1000), default: 100,
        "The parts of the window, in each of which bandwidth and delay are measured."),
      coolDown: fields.value(
        "coolDown", .span, default: .seconds(1),
        "How long requests are shed after the first one, whatever the utilisation."),
      retryAfter: fields.retryHint())
  }

  /// Starts every product without history.
  public mutating func prepare(for directory: Directory) {
    let pipe = Pipe(ended: RollingSums(window, buckets: buckets))
    products = Array(repeating: pipe, count: directory.products.count)
  }

  /// Lets the request pass unless the pool is busy and the pipe full.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero || !sheds(products[Int(request.product)], at: now) { return .pays(cost) }
    return .short(.overload, retryAfter: retryAfter)
  }

  private func sheds(_ pipe: Pipe, at now: SimTime) -> Bool {
    let isCooling = now >= pipe.shedSince && now - pipe.shedSince <= coolDown
    guard pipe.isHot || isCooling, pipe.underWay > 1 else { return false }
    return pipe.underWay > mostUnderWay(pipe.ended, at: now)
  }

  /// Bandwidth times delay: what the pipe of a product holds, to the nearest whole request.
  func mostUnderWay(_ product: ProductIndex, at now: SimTime) -> Int64 {
    mostUnderWay(products[Int(product)].ended, at: now)
  }

  private func mostUnderWay(_ ended: RollingSums, at now: SimTime) -> Int64 {
    let (passes, delay) = Self.measure(ended, at: now)
    let held = Int128(passes) * Int128(delay) * 2_000_000 + Int128(ended.length)
    return Int64(clamping: held / (2 * Int128(ended.length)))
  }

  /// The most requests of a bucket, and the least mean latency in milliseconds; each at least 1.
  static func measure(_ ended: RollingSums, at now: SimTime) -> (passes: Int64, delay: Int64) {
    var passes: Int64 = 1
    var delay = Int64.max
    ended.forEachFull(at: now) { bucket in
      guard bucket.first > 0 else { return }
      passes = max(passes, bucket.first)
      delay = min(delay, (bucket.second + bucket.first - 1) / bucket.first)
    }
    return (passes, delay == .max ? 1 : max(1, delay))
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

  /// Yes: it learns from the latencies, and from what it sheds.
  public var observes: Bool { true }

  /// Counts a request that has ended, and notes what was shed.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    let product = Int(request.product)
    switch feedback {
    case .completed(_, let latency), .failed(let latency):
      guard request.cost > .zero else { return }
      let milliseconds = (latency.nanoseconds + 999_999) / 1_000_000
      count(1, milliseconds: milliseconds, of: request.product, at: now)
    case .denied(.overload):
      let pipe = products[product]
      if pipe.isHot, pipe.shedSince == .distantFuture, sheds(pipe, at: now) {
        products[product].shedSince = now
      }
    case .admitted, .denied, .started, .abandoned: break
    }
    cool(product, at: now)
  }

  /// Forgets the cool-down when it is over and the pool is cool.
  private mutating func cool(_ product: Int, at now: SimTime) {
    let pipe = products[product]
    guard !pipe.isHot, pipe.shedSince < now, now - pipe.shedSince > coolDown else { return }
    products[product].shedSince = .distantFuture
  }

  /// Counts so many requests that have ended, with the sum of their latencies.
  mutating func count(
    _ requests: Int64, milliseconds: Int64, of product: ProductIndex, at now: SimTime
  ) {
    products[Int(product)].ended.add(requests, milliseconds, at: now)
  }

  /// Learns how busy the pools are.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    for product in products.indices {
      let load = signals.load(of: ProductIndex(product))
      products[product].isHot = load.utilisationMillionths >= hot
    }
  }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }
}

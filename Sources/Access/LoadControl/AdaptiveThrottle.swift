public import WeirFormats
public import WeirKernel

/// Drops requests by chance while the fleet accepts too few of those that it gets.
///
/// Over the last `window`, each product's requests that have ended are counted, and among them the
/// accepted ones, which completed. A request is dropped with the probability
/// (requests − `factor` · accepted) / (requests + 1), so that about `factor` times as many requests
/// reach the fleet as it accepts.
///
/// ## Edges
/// - Not accepted is what failed, what left the queue out of patience, what found the queue full,
///   and what was refused for overload, by this gate or another: own drops keep the probability up.
/// - Fewer requests than `leastRequests` in the window drop nothing.
/// - The sample of a request comes from its own address, the same under every policy, and is
///   compared with the probability as an integer: no floating-point number decides.
/// - The wait of a refusal is a hint (`retryAfter`), not a promise.
///
/// ## Complexity
/// Linear in `buckets`; 24 bytes a bucket and product, none an account.
///
/// ## Source
/// Beyer et al., "Site Reliability Engineering", 2016, chapter 21 (two minutes, factor 2); counted
/// at the end of requests as in go-kratos/aegis.
public struct AdaptiveThrottle: Layer {
  /// The name in scenarios.
  public static let typeName = "sreThrottle"
  /// One sentence for the catalogue.
  public static let summary =
    "Drops requests by chance while the fleet accepts too few of those that it gets."

  /// How many times as many requests as are accepted may be sent.
  public let factor: Ratio
  /// The time over which requests are counted.
  public let window: SimDuration
  /// The parts in which the window moves on.
  public let buckets: Int64
  /// The requests in the window from which on some are dropped.
  public let leastRequests: Int64
  /// The wait that a refusal names.
  public let retryAfter: SimDuration

  private var products: [RollingSums] = []

  /// Where its samples are addressed.
  private var purpose = Purpose.throttle

  /// A gate.
  public var role: Role { .gate }

  /// Takes samples of its own.
  public mutating func stand(behind others: Int) {
    purpose = Purpose.throttle.standing(behind: others)
  }

  /// Creates the gate.
  ///
  /// - Precondition: `factor` is at least 1 and has a denominator up to a million.
  public init(
    factor: Ratio = Ratio(2), window: SimDuration = .minutes(2), buckets: Int64 = 10,
    leastRequests: Int64 = 0, retryAfter: SimDuration = .seconds(1)
  ) {
    self.factor = factor
    self.window = window
    self.buckets = buckets
    self.leastRequests = leastRequests
    self.retryAfter = retryAfter
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    let factor = ValueKind<Ratio>.ratio.checked(
      "a number from 1 to 1000 with up to 6 decimals", placeholder: .one
    ) { $0 >= .one && $0 <= Ratio(1000) && 1_000_000 % $0.denominator == 0 }
    self.init(
      factor: fields.value(
        "factor", factor, default: Ratio(2),
        "How many times as many requests as are accepted may be sent."),
      window: fields.value(
        "window", .span(from: .milliseconds(1)), default: .minutes(2),
        "The time over which requests are counted."),
      buckets: fields.value(
        "buckets", .integer(in: 1...1000), default: 10,
        "The parts in which the window moves on."),
      leastRequests: fields.value(
        "leastRequests", .quantity(in: 0...1_000_000_000), default: 0,
        "The requests in the window from which on some are dropped."),
      retryAfter: fields.retryHint())
  }

  /// Starts every product without history.
  public mutating func prepare(for directory: Directory) {
    let sums = RollingSums(window, buckets: buckets)
    products = Array(repeating: sums, count: directory.products.count)
  }

  /// Lets the request pass unless its sample lies below the probability.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    let share = dropped(of: request.product, at: now)
    if share.part == 0 { return .pays(cost) }
    var samples = request.sampleKey.samples(purpose, index: request.attempt)
    return drops(share, samples.next()) ? .short(.overload, retryAfter: retryAfter) : .pays(cost)
  }

  /// The share of requests that is dropped, as `part` of a `whole`.
  func dropped(of product: ProductIndex, at now: SimTime) -> (part: UInt64, whole: UInt64) {
    let (requests, accepted) = products[Int(product)].total(at: now)
    let whole = (requests + 1) * factor.denominator
    let part = requests * factor.denominator - accepted * factor.numerator
    if requests < leastRequests || part <= 0 { return (0, whole.magnitude) }
    return (part.magnitude, whole.magnitude)
  }

  /// Whether a request with the `sample`, of 64 bits, is in the share.
  func drops(_ share: (part: UInt64, whole: UInt64), _ sample: UInt64) -> Bool {
    sample.multipliedFullWidth(by: share.whole).high < share.part
  }

  /// Counts nothing: requests are counted when they end.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}

  /// Yes: it learns what is accepted.
  public var observes: Bool { true }

  /// Counts a request that has ended, or never got to the fleet.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    switch feedback {
    case .completed: count(1, accepted: 1, of: request.product, at: now)
    case .failed, .denied(.queueFull), .denied(.overload):
      count(1, accepted: 0, of: request.product, at: now)
    case .abandoned(let waited) where waited > .zero:
      count(1, accepted: 0, of: request.product, at: now)
    case .admitted, .started, .denied, .abandoned: break
    }
  }

  /// Counts so many requests, and so many of them accepted.
  mutating func count(
    _ requests: Int64, accepted: Int64, of product: ProductIndex, at now: SimTime
  ) {
    products[Int(product)].add(requests, accepted, at: now)
  }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }
}

public import WeirFormats
public import WeirKernel

/// Rejects requests by chance while too few of those that reach the fleet succeed.
///
/// Over the last `window`, n requests of a product have ended and s of them completed. A request is
/// rejected with the probability ((n − s/`successShare`) / (n + 1))^(1/`aggression`), at most
/// `mostRejected`.
///
/// ## Edges
/// - What failed, left the queue out of patience or found it full did not succeed. What this gate
///   rejects is not counted, so that the probability falls once the fleet gets less.
/// - Below `leastRate` requests a second in the window nothing is rejected.
/// - The probability is computed in floating point, with a power from `+ − × /` alone, and rounded
///   up to ten-thousandths; these are compared with the request's own sample, as integers.
/// - The wait of a refusal is a hint (`retryAfter`), not a promise.
///
/// ## Complexity
/// Linear in the seconds of the window, at most 1,000; 24 bytes a second and product, none an
/// account.
///
/// ## Source
/// Envoy's HTTP filter `admission_control` and its documentation.
public struct AdmissionControl: Layer {
  /// The name in scenarios.
  public static let typeName = "admissionControl"
  /// One sentence for the catalogue.
  public static let summary =
    "Rejects requests by chance while too few of those that reach the fleet succeed."

  /// The time over which requests are counted.
  public let window: SimDuration
  /// The share of successes below which requests are rejected.
  public let successShare: Ratio
  /// How hard requests are rejected as soon as the share is too low; at least 1.
  public let aggression: Ratio
  /// The greatest probability of a rejection.
  public let mostRejected: Ratio
  /// The requests a second below which nothing is rejected.
  public let leastRate: Int64
  /// The wait that a refusal names.
  public let retryAfter: SimDuration

  private var products: [RollingSums] = []

  /// The parts in which probabilities are compared.
  static let parts: UInt64 = 10_000

  /// Where its samples are addressed.
  private var purpose = Purpose.admissionControl

  /// A gate.
  public var role: Role { .gate }

  /// Takes samples of its own.
  public mutating func stand(behind others: Int) {
    purpose = Purpose.admissionControl.standing(behind: others)
  }

  /// Creates the gate.
  ///
  /// - Precondition: `successShare` is above 0; it and `mostRejected` are at most 1; `aggression`
  ///   is at least 1.
  public init(
    window: SimDuration = .seconds(30), successShare: Ratio = Ratio(95, over: 100),
    aggression: Ratio = .one, mostRejected: Ratio = Ratio(4, over: 5), leastRate: Int64 = 0,
    retryAfter: SimDuration = .seconds(1)
  ) {
    self.window = window
    self.successShare = successShare
    self.aggression = aggression
    self.mostRejected = mostRejected
    self.leastRate = leastRate
    self.retryAfter = retryAfter
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    let share = ValueKind<Ratio>.ratio.checked("a number above 0, up to 1", placeholder: .one) {
      $0 > .zero && $0 <= .one
    }
    let aggression = ValueKind<Ratio>.ratio.checked("a number from 1 to 1000", placeholder: .one) {
      $0 >= .one && $0 <= Ratio(1000)
    }
    self.init(
      window: fields.value(
        "window", .span(from: .seconds(1)), default: .seconds(30),
        "The time over which requests are counted."),
      successShare: fields.value(
        "successShare", share, default: Ratio(95, over: 100),
        "The share of successes below which requests are rejected."),
      aggression: fields.value(
        "aggression", aggression, default: .one,
        "How hard requests are rejected as soon as the share is too low."),
      mostRejected: fields.value(
        "mostRejected", .part, default: Ratio(4, over: 5),
        "The greatest probability of a rejection."),
      leastRate: fields.value(
        "leastRate", .quantity(in: 0...1_000_000_000), default: 0,
        "The requests a second below which nothing is rejected."),
      retryAfter: fields.retryHint())
  }

  /// Starts every product without history.
  public mutating func prepare(for directory: Directory) {
    let seconds = min(1000, max(1, window.nanoseconds / 1_000_000_000))
    let sums = RollingSums(window, buckets: seconds)
    products = Array(repeating: sums, count: directory.products.count)
  }

  /// Lets the request pass unless its sample lies below the probability.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    let rejected = rejectedParts(of: request.product, at: now)
    if rejected == 0 { return .pays(cost) }
    var samples = request.sampleKey.samples(purpose, index: request.attempt)
    return samples.below(Self.parts) < rejected
      ? .short(.overload, retryAfter: retryAfter) : .pays(cost)
  }

  /// The probability of a rejection in ten-thousandths, rounded up.
  func rejectedParts(of product: ProductIndex, at now: SimTime) -> UInt64 {
    let (requests, successes) = products[Int(product)].total(at: now)
    let rate = Int128(leastRate) * Int128(window.nanoseconds)
    if Int128(requests) * 1_000_000_000 < rate { return 0 }
    let wanted = Double(successes) / successShare.approximation
    var share = (Double(requests) - wanted) / Double(requests + 1)
    guard share > 0 else { return 0 }
    if aggression > .one { share = DeterministicMath.pow(share, 1 / aggression.approximation) }
    let parts = min(share, mostRejected.approximation) * Double(Self.parts)
    return Double(UInt64(parts)) < parts ? UInt64(parts) + 1 : UInt64(parts)
  }

  /// Counts nothing: requests are counted when they end.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}

  /// Yes: it learns what succeeds.
  public var observes: Bool { true }

  /// Counts a request that has ended.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    switch feedback {
    case .completed: count(1, successes: 1, of: request.product, at: now)
    case .failed, .denied(.queueFull):
      count(1, successes: 0, of: request.product, at: now)
    case .abandoned(let waited) where waited > .zero:
      count(1, successes: 0, of: request.product, at: now)
    case .admitted, .started, .denied, .abandoned: break
    }
  }

  /// Counts so many requests, and so many of them that succeeded.
  mutating func count(
    _ requests: Int64, successes: Int64, of product: ProductIndex, at now: SimTime
  ) {
    products[Int(product)].add(requests, successes, at: now)
  }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }
}

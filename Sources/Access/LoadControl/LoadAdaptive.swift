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
public struct LoadAdaptive: AdaptiveLimit {
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

  private var limits = InFlightLimits()
  /// When the last sample of each product's load was taken.
  private var sampledAt: [SimTime] = []

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
    retryAfter = fields.retryHint()
    fields.check(minimum <= maximum, at: "maximum", expected: "at least the minimum")
    fields.check(
      minimum <= initial && initial <= maximum, at: "initial",
      expected: "a number between minimum and maximum")
    range = minimum...max(minimum, maximum)
    self.initial = min(max(initial, range.lowerBound), range.upperBound)
  }

  /// Starts every product at the initial limit.
  public mutating func prepare(for directory: Directory) {
    limits = InFlightLimits(initial, products: directory.products.count)
    sampledAt = Array(repeating: SimTime(nanoseconds: .min), count: limits.count)
  }

  /// Lets the request pass while fewer than the limit are under way.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    limits.quote(cost, of: request, retryAfter: retryAfter)
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

  /// Moves the limits by the sample.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    for product in sampledAt.indices where product < signals.poolOfProduct.count {
      let load = signals.load(of: ProductIndex(product))
      guard load.sampledAt > sampledAt[product] else { continue }
      sampledAt[product] = load.sampledAt
      let limit = limits[product]
      if load.queueDelay > target {
        let cut = factor.times(limit, rounding: .down) ?? limit
        limits[product] = max(range.lowerBound, cut)
      } else if limits.underWay(product) * 2 >= limit {
        limits[product] = min(range.upperBound, limit + step)
      }
    }
  }

  /// The requests of the product that may still start, as units.
  public func meter(for request: Request, at now: SimTime) -> Meter? { limits.meter(for: request) }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }

  /// The limits of all products together.
  public var limitInForce: Units? { limits.total }
}

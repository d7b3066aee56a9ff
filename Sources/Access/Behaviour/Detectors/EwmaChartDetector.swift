public import WeirFormats
public import WeirKernel

/// A smoothed count above a control limit about a known level: a small lasting rise.
///
/// The smoothed count z ← w·x + (1 − w)·z starts at `target`, and stands out when it is more than
/// `width` of its own deviations, `deviation`·√(w/(2 − w)), above it.
///
/// ## Edges
/// - The limit is the asymptotic one from the start; it is computed once in floating point and
///   kept in whole millionths, which are what decides.
/// - Counts are taken up to a million million an interval.
///
/// ## Complexity
/// O(1) a call; 8 bytes a series.
///
/// ## Source
/// Roberts, "Control chart tests based on geometric moving averages", Technometrics 1(3), 1959;
/// NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.4.
public struct EwmaChartDetector: Detector {
  /// The name in scenarios.
  public static let typeName = "ewmaChart"
  /// One sentence for the catalogue.
  public static let summary =
    "A smoothed count above a control limit about a known level: a small lasting rise."

  /// The weight of the latest interval.
  public let weight: Ratio
  /// The level that is usual, in millionths.
  private let target: Int64
  /// The greatest smoothed count that does not stand out, in millionths.
  let limit: Int64

  private var levels: [Int64] = []

  /// Creates the detector.
  ///
  /// - Precondition: `weight` is at most 1; the others are whole numbers of millionths, `width` at
  ///   most 1000, `target` and `deviation` at most a thousand million.
  public init(
    target: Ratio, deviation: Ratio, weight: Ratio = Ratio(1, over: 5), width: Ratio = Ratio(3)
  ) {
    self.weight = weight
    self.target = target.inMillionths
    let part = weight.approximation
    let spread = DeterministicMath.sqrt(part / (2 - part))
    let reach = width.approximation * deviation.approximation * spread
    limit = self.target + Int64(reach * 1_000_000)
  }

  /// Reads the detector.
  public init(_ fields: Fields) {
    self.init(
      target: fields.required(
        "target", .millionths(upTo: 1_000_000_000), "The count of a usual interval."),
      deviation: fields.required(
        "deviation", .millionths(upTo: 1_000_000_000), "The standard deviation of usual counts."),
      weight: fields.value(
        "weight", .part, default: Ratio(1, over: 5),
        "The weight of the latest interval in the smoothed count."),
      width: fields.value(
        "width", .millionths(upTo: 1000), default: Ratio(3),
        "The deviations of the smoothed count above the target that stand out."))
  }

  /// Starts every series at the target.
  public mutating func prepare(for directory: Directory, series count: Int) {
    levels = Array(repeating: target, count: count)
  }

  /// Whether the smoothed count would be above its limit.
  public func standsOut(_ count: Int64, of series: Int) -> Bool {
    smoothed(count, of: series) > limit
  }

  /// Moves the smoothed count, violations included.
  public mutating func learn(_ count: Int64, of series: Int, isViolation: Bool) {
    levels[series] = smoothed(count, of: series)
  }

  /// The smoothed count after `count`, in millionths, rounded down.
  func smoothed(_ count: Int64, of series: Int) -> Int64 {
    let upper = Int128(weight.numerator)
    let lower = Int128(weight.denominator)
    let sum = upper * Int128(count.inMillionths) + (lower - upper) * Int128(levels[series])
    return Int64(sum / lower)
  }
}

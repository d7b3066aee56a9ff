public import WeirFormats
public import WeirKernel

/// Counts far above the series' own history: by so many deviations of a weighted mean.
///
/// ## Edges
/// - Nothing is judged by history before `warmup` intervals are learnt.
/// - What was a violation is not learnt as normal, unless `learnsViolations`: then a lasting change
///   of level is accepted after a few intervals.
/// - All in whole millionths, up to a million million an interval; squares are compared, so that no
///   root is taken and no floating-point number decides.
///
/// ## Complexity
/// O(1) a call; 24 bytes a series.
///
/// ## Source
/// Finch, "Incremental calculation of weighted mean and variance", 2009, section 9.
public struct EwmaDetector: Detector {
  /// The name in scenarios.
  public static let typeName = "ewma"
  /// One sentence for the catalogue.
  public static let summary =
    "Counts far above the series' own history, in deviations of an exponentially weighted mean."

  /// The weight of the latest interval in mean and variance.
  public let weight: Ratio
  /// The deviations above the mean that stand out.
  public let threshold: Ratio
  /// The intervals that are learnt before any is judged.
  public let warmup: Int64
  /// Whether violations are learnt as well.
  public let learnsViolations: Bool
  /// The least deviation, in millionths.
  private let least: Int64

  private var scores: [ExponentialScore] = []

  /// Creates the detector.
  ///
  /// - Precondition: `weight` is at most 1; `threshold` and `leastDeviation` are at most 1000, in
  ///   whole millionths.
  public init(
    weight: Ratio = Ratio(1, over: 5), threshold: Ratio = Ratio(4), leastDeviation: Ratio = .one,
    warmup: Int64 = 5, learnsViolations: Bool = false
  ) {
    self.weight = weight
    self.threshold = threshold
    least = leastDeviation.inMillionths
    self.warmup = warmup
    self.learnsViolations = learnsViolations
  }

  /// Reads the detector.
  public init(_ fields: Fields) {
    self.init(
      weight: fields.value(
        "weight", .part, default: Ratio(1, over: 5),
        "The weight of the latest interval in mean and variance."),
      threshold: fields.value(
        "threshold", .millionths(upTo: 1000), default: Ratio(4),
        "The deviations above the mean that stand out."),
      leastDeviation: fields.value(
        "leastDeviation", .millionths(upTo: 1000), default: .one,
        "The least deviation, as a count."),
      warmup: fields.value(
        "warmup", .integer(in: 1...1_000_000), default: 5,
        "The intervals that are learnt before any is judged."),
      learnsViolations: fields.value(
        "learnsViolations", .flag, default: false, "Whether violations are learnt as normal too."))
  }

  /// Starts every series without history.
  public mutating func prepare(for directory: Directory, series count: Int) {
    scores = Array(repeating: ExponentialScore(), count: count)
  }

  /// Whether the count is far above the mean.
  public func standsOut(_ count: Int64, of series: Int) -> Bool {
    let score = scores[series]
    return score.learnt >= warmup
      && score.isOutlier(count, threshold: threshold, least: least)
  }

  /// Moves mean and variance.
  public mutating func learn(_ count: Int64, of series: Int, isViolation: Bool) {
    if !isViolation || learnsViolations { scores[series].learn(count, weight: weight) }
  }
}

public import WeirFormats
public import WeirKernel

/// The sum of what counts are above a level with some slack: a rise that lasts, however small.
///
/// The sum S ← max(0, S + x − target − slack) stands out when it is above `threshold`. Without a
/// `target` the level is the mean of the series' own intervals that did not stand out, over all of
/// them up to `memory`, exponentially weighted beyond.
///
/// ## Edges
/// - After an interval that stood out the sum starts again, at `headStart` of the threshold, unless
///   `restarts` is false, as in the tables of textbooks: then it goes on, and alarms repeat.
/// - Without a target nothing is summed before `warmup` intervals are learnt.
/// - Upward only: who asks less is no suspect.
/// - All in whole millionths, up to a million million an interval.
///
/// ## Complexity
/// O(1) a call; 24 bytes a series.
///
/// ## Source
/// Page, "Continuous inspection schemes", Biometrika 41, 1954; Lucas and Crosier, "Fast initial
/// response for CUSUM quality-control schemes", Technometrics 24(3), 1982.
public struct CusumDetector: Detector {
  /// The name in scenarios.
  public static let typeName = "cusum"
  /// One sentence for the catalogue.
  public static let summary =
    "The sum of what counts are above a level with some slack: a rise that lasts."

  /// The level, in millionths; `nil` when each series has its own.
  private let target: Int64?
  /// What a count may be above the level before it adds, in millionths.
  private let slack: Int64
  /// The greatest sum that does not stand out, in millionths.
  private let threshold: Int64
  /// The sum at the start, in millionths.
  private let start: Int64
  /// Whether the sum starts again after an interval that stood out.
  public let restarts: Bool
  /// The intervals that are learnt before any is summed.
  public let warmup: Int64
  /// The intervals over which the level of a series is its plain mean.
  public let memory: Int64

  private var sums: [Sum] = []

  private struct Sum: Hashable, Sendable {
    var excess: Int64
    var mean: Int64 = 0
    var learnt: Int32 = 0
  }

  /// Creates the detector.
  ///
  /// - Precondition: `headStart` is at most 1; the others are whole numbers of millionths and at
  ///   most a thousand million; `warmup` and `memory` are at least 1 and below 2³¹.
  public init(
    target: Ratio? = nil, slack: Ratio, threshold: Ratio, headStart: Ratio = .zero,
    restarts: Bool = true, warmup: Int64 = 5, memory: Int64 = 100
  ) {
    self.target = target?.inMillionths
    self.slack = slack.inMillionths
    self.threshold = threshold.inMillionths
    start = headStart.times(self.threshold, rounding: .down) ?? 0
    self.restarts = restarts
    self.warmup = warmup
    self.memory = memory
  }

  /// Reads the detector.
  public init(_ fields: Fields) {
    self.init(
      target: fields.optional(
        "target", .millionths(upTo: 1_000_000_000),
        "The count of a usual interval; each series' own mean if absent."),
      slack: fields.required(
        "slack", .millionths(upTo: 1_000_000_000),
        "What a count may be above the level before it adds; half of the rise to be found."),
      threshold: fields.required(
        "threshold", .millionths(upTo: 1_000_000_000), "The sum above which an interval stands out."
      ),
      headStart: fields.value(
        "headStart", .part, default: .zero, "The sum at the start, as a part of the threshold."),
      restarts: fields.value(
        "restarts", .flag, default: true,
        "Whether the sum starts again after an interval that stood out."),
      warmup: fields.value(
        "warmup", .integer(in: 1...1_000_000), default: 5,
        "The intervals that are learnt before any is summed, where there is no target."),
      memory: fields.value(
        "memory", .integer(in: 1...1_000_000), default: 100,
        "The intervals over which the level of a series is its plain mean."))
  }

  /// Starts every sum.
  public mutating func prepare(for directory: Directory, series count: Int) {
    sums = Array(repeating: Sum(excess: start), count: count)
  }

  /// Whether the sum would be above the threshold.
  public func standsOut(_ count: Int64, of series: Int) -> Bool {
    isJudged(series) && excess(count, of: series) > threshold
  }

  /// Moves the sum, and the level unless the interval stood out.
  public mutating func learn(_ count: Int64, of series: Int, isViolation: Bool) {
    if isJudged(series) {
      sums[series].excess = isViolation && restarts ? start : excess(count, of: series)
    }
    guard target == nil, !isViolation else { return }
    let learnt = min(Int64(sums[series].learnt) + 1, max(memory, warmup))
    sums[series].learnt = Int32(learnt)
    sums[series].mean += (count.inMillionths - sums[series].mean) / learnt
  }

  private func isJudged(_ series: Int) -> Bool {
    target != nil || sums[series].learnt >= warmup
  }

  /// The sum after `count`, in millionths.
  func excess(_ count: Int64, of series: Int) -> Int64 {
    let level = (target ?? sums[series].mean) + slack
    // A sum held below two million million leaves room for one more count.
    return min(max(0, sums[series].excess + count.inMillionths - level), 2_000_000_000_000_000_000)
  }
}

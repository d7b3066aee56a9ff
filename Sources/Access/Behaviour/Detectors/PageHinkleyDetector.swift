public import WeirFormats
public import WeirKernel

/// The sum of what counts are above their running mean, since it was least: a change of level.
///
/// With m ← α·m + x − mean − `slack`, an interval stands out when m is more than `threshold` above
/// its least value so far. The mean is that of all counts since the start, the latest included.
///
/// ## Edges
/// - After an interval that stood out everything starts again without that interval, so that the
///   new level becomes the normal one, unless `forgets` is false: then the mean stays, and only the
///   sum starts again.
/// - Nothing stands out before `warmup` intervals.
/// - All in whole millionths, up to a million million an interval.
///
/// ## Complexity
/// O(1) a call; 32 bytes a series.
///
/// ## Source
/// Page, "Continuous inspection schemes", Biometrika 41, 1954; the form with a fading sum is that
/// of the PageHinkley detector (mode up) of the river library.
public struct PageHinkleyDetector: Detector {
  /// The name in scenarios.
  public static let typeName = "pageHinkley"
  /// One sentence for the catalogue.
  public static let summary =
    "The sum of what counts are above their running mean, since it was least: a change of level."

  /// What a count may be above the mean before it adds, in millionths.
  private let slack: Int64
  /// The greatest rise of the sum that does not stand out, in millionths.
  private let threshold: Int64
  /// The part of the sum that stays from interval to interval.
  public let fading: Ratio
  /// The number of the first interval that can stand out.
  public let warmup: Int64
  /// Whether the mean starts again, too, after an interval that stood out.
  public let forgets: Bool

  private var sums: [Sum] = []

  private struct Sum: Hashable, Sendable {
    /// All counts, of which there are `learnt`.
    var total: Int64 = 0
    /// What stays of the sum for the next interval, in millionths.
    var carried: Int64 = 0
    /// The least sum so far, in millionths.
    var least = Int64.max
    var learnt: Int32 = 0
  }

  /// Creates the detector.
  ///
  /// - Precondition: `fading` is at most 1; `slack` and `threshold` are whole numbers of millionths
  ///   and at most a thousand million.
  public init(
    slack: Ratio, threshold: Ratio, fading: Ratio = Ratio(9999, over: 10_000), warmup: Int64 = 30,
    forgets: Bool = true
  ) {
    self.slack = slack.inMillionths
    self.threshold = threshold.inMillionths
    self.fading = fading
    self.warmup = warmup
    self.forgets = forgets
  }

  /// Reads the detector.
  public init(_ fields: Fields) {
    self.init(
      slack: fields.required(
        "slack", .millionths(upTo: 1_000_000_000),
        "What a count may be above the mean before it adds; half of the rise to be found."),
      threshold: fields.required(
        "threshold", .millionths(upTo: 1_000_000_000),
        "The rise of the sum above which an interval stands out."),
      fading: fields.value(
        "fading", .part, default: Ratio(9999, over: 10_000),
        "The part of the sum that stays from interval to interval."),
      warmup: fields.value(
        "warmup", .integer(in: 1...1_000_000), default: 30,
        "The number of the first interval that can stand out."),
      forgets: fields.value(
        "forgets", .flag, default: true,
        "Whether the mean starts again, too, after an interval that stood out."))
  }

  /// Starts every sum.
  public mutating func prepare(for directory: Directory, series count: Int) {
    sums = Array(repeating: Sum(), count: count)
  }

  /// Whether the sum would be far above its least value.
  public func standsOut(_ count: Int64, of series: Int) -> Bool {
    let sum = sums[series]
    guard Int64(sum.learnt) + 1 >= warmup else { return false }
    let next = advanced(sum, by: count)
    return next - min(sum.least, next) > threshold
  }

  /// Moves the sum, or starts again.
  public mutating func learn(_ count: Int64, of series: Int, isViolation: Bool) {
    if isViolation {
      if forgets {
        sums[series] = Sum()
      } else {
        sums[series].carried = 0
        sums[series].least = .max
      }
      return
    }
    guard sums[series].learnt < .max else { return }
    let next = advanced(sums[series], by: count)
    sums[series].least = min(sums[series].least, next)
    let kept = Int128(next) * Int128(fading.numerator) / Int128(fading.denominator)
    sums[series].carried = Int64(kept)
    sums[series].total = total(sums[series], and: count)
    sums[series].learnt += 1
  }

  /// The sum after `count`, in millionths.
  private func advanced(_ sum: Sum, by count: Int64) -> Int64 {
    let product = total(sum, and: count).multipliedFullWidth(by: 1_000_000)
    let mean = (Int64(sum.learnt) + 1).dividingFullWidth(product).quotient
    let bound: Int64 = 2_000_000_000_000_000_000
    return min(max(-bound, sum.carried + count.inMillionths - mean - slack), bound)
  }

  private func total(_ sum: Sum, and count: Int64) -> Int64 {
    min(sum.total + min(count, 1_000_000_000_000), .max / 2)
  }
}

import WeirKernel

/// The exponentially weighted mean and variance of a series of counts, in whole millionths.
///
/// How far a count is from what came before is judged before it is learnt, in integers: no square
/// root is taken, no floating-point number decides.
///
/// Source: Finch, "Incremental calculation of weighted mean and variance", 2009, section 9.
struct ExponentialScore: Hashable, Sendable {
  /// The mean in millionths.
  private(set) var mean: Int64 = 0
  /// The variance in millionths.
  private(set) var variance: Int64 = 0
  /// How many counts were learnt, as far as it matters.
  private(set) var learnt: Int32 = 0

  private static let scale: Int128 = 1_000_000

  /// Whether `count` is more than `threshold` deviations above the mean, one being at least
  /// `least` millionths.
  func isOutlier(_ count: Int64, threshold: Ratio, least: Int64) -> Bool {
    let distance = Int128(count.inMillionths) - Int128(mean)
    guard distance > 0 else { return false }
    // All squares in millionths of millionths, each side times a square of the threshold.
    let spread = max(Int128(variance) * Self.scale, Int128(least) * Int128(least))
    let lower = Int128(threshold.denominator)
    let upper = Int128(threshold.numerator)
    let far = (distance * lower).multipliedReportingOverflow(by: distance * lower)
    let bound = spread.multipliedReportingOverflow(by: upper * upper)
    if far.overflow || bound.overflow { return far.overflow && !bound.overflow }
    return far.partialValue > bound.partialValue
  }

  /// Learns `count` with the weight `weight`, which is at most 1.
  mutating func learn(_ count: Int64, weight: Ratio) {
    if learnt < .max { learnt += 1 }
    if learnt == 1 {
      mean = count.inMillionths
      return
    }
    let upper = Int128(weight.numerator)
    let lower = Int128(weight.denominator)
    let distance = Int128(count.inMillionths) - Int128(mean)
    let step = distance * upper / lower
    mean = Int64(clamping: Int128(mean) + step)
    let grown = Int64(clamping: Int128(variance) + distance * step / Self.scale)
    variance = Int64(clamping: Int128(grown) * (lower - upper) / lower)
  }
}

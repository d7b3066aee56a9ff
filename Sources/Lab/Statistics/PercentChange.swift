import WeirKernel

/// The change between two policies in per cent, from the logarithms of paired ratios.
///
/// A ratio of means has no plain interval; the mean of the logarithms does, and an interval taken
/// there and carried back is the same statement whichever policy is called the baseline. The change
/// is that of the geometric mean. Source: Fleming and Wallace, "How not to lie with statistics: the
/// correct way to summarize benchmark results", 1986.
public struct PercentChange: Sendable, Equatable {
  /// The change of the candidate from the baseline in per cent: −12 for an eighth less.
  public let mean: Double
  /// Its confidence interval in per cent; undefined below two pairs.
  public let interval: Interval?

  /// The change over paired replications.
  ///
  /// Undefined without a pair, or where a value is not above 0.
  public init?(
    baseline: [Double], candidate: [Double], level: Double = 0.95, comparisons: Int = 1
  ) {
    precondition(baseline.count == candidate.count, "Each replication needs both values.")
    guard baseline.allSatisfy({ $0 > 0 }), candidate.allSatisfy({ $0 > 0 }) else { return nil }
    let logarithms = Moments(zip(candidate, baseline).map { Self.logarithm($0, over: $1) })
    guard let estimate = MeanInterval(logarithms, level: level, comparisons: comparisons)
    else { return nil }
    mean = Self.percent(ofLogarithm: estimate.mean)
    interval = estimate.interval.map {
      Interval(
        lower: Self.percent(ofLogarithm: $0.lower), upper: Self.percent(ofLogarithm: $0.upper))
    }
  }

  static func logarithm(_ value: Double, over base: Double) -> Double {
    DeterministicMath.log(value / base)
  }

  static func logarithm(ofPercent percent: Double) -> Double {
    DeterministicMath.log(1 + percent / 100)
  }

  static func percent(ofLogarithm logarithm: Double) -> Double {
    100 * (DeterministicMath.exp(logarithm) - 1)
  }
}

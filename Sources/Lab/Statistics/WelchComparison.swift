/// Two sets of replications with nothing in common, such as studies with different seeds.
///
/// Under common random numbers this would throw the pairing away: take `PairedComparison` there.
/// Source: Welch, "The generalization of Student's problem when several different population
/// variances are involved", 1947.
public struct WelchComparison: Sendable, Equatable {
  /// The candidate's mean minus the baseline's.
  public let difference: Double
  /// The standard error of the difference.
  public let standardError: Double
  /// The t statistic.
  public let statistic: Double
  /// The effective degrees of freedom, seldom a whole number.
  public let degreesOfFreedom: Double
  /// The two-sided p-value of no difference.
  public let pValue: Double
  /// Half the width of the confidence interval of the difference.
  public let halfWidth: Double

  /// The confidence interval of the difference.
  public var interval: Interval { Interval(center: difference, halfWidth: halfWidth) }

  /// Compares the means of two independent sets.
  ///
  /// - Returns: Nothing if a set has fewer than two values, if neither varies, or if one holds a
  ///   value that is not a finite number.
  public init?(baseline: Moments, candidate: Moments, level: Double = 0.95) {
    guard let before = baseline.variance, let after = candidate.variance else { return nil }
    let (first, second) = (before / Double(baseline.count), after / Double(candidate.count))
    let error = (first + second).squareRoot()
    guard error > 0, error.isFinite else { return nil }
    difference = candidate.mean - baseline.mean
    standardError = error
    statistic = difference / error
    degreesOfFreedom =
      (first + second) * (first + second)
      / (first * first / Double(baseline.count - 1)
        + second * second / Double(candidate.count - 1))
    let distribution = StudentT(degreesOfFreedom: degreesOfFreedom)
    pValue = distribution.twoSided(statistic)
    halfWidth = error * distribution.upperQuantile((1 - level) / 2)
  }
}

/// Statements that hold together: each of them gets an equal share of the error.
public enum Bonferroni {
  /// The adjusted p-values, in the order given.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    pValues.map { min(1, Double(pValues.count) * $0) }
  }

  /// The Student-t quantile for `comparisons` two-sided intervals that cover together.
  ///
  /// - Parameters:
  ///   - alpha: The error of all intervals together, between 0 and 1.
  ///   - comparisons: The number of intervals, at least 1.
  ///   - degreesOfFreedom: Those of each interval, at least 1.
  public static func criticalValue(
    alpha: Double, comparisons: Int, degreesOfFreedom: Int
  ) -> Double {
    StudentT(degreesOfFreedom: Double(degreesOfFreedom))
      .upperQuantile(alpha / Double(2 * comparisons))
  }
}

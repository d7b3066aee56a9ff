/// Two one-sided tests: are the means closer than a margin? "No difference found" never says that.
///
/// Source: Schuirmann, "A comparison of the two one-sided tests procedure", 1987.
public struct EquivalenceTest: Sendable, Equatable {
  /// The p-value of a mean difference at or below −margin.
  public let lowerPValue: Double
  /// The p-value of a mean difference at or above +margin.
  public let upperPValue: Double

  /// The test of the paired `difference` against a positive `margin`, in the unit of the metric.
  ///
  /// - Returns: Nothing below two pairs.
  public init?(_ difference: Moments, margin: Double) {
    precondition(margin > 0)
    guard let error = difference.standardError else { return nil }
    func tail(_ distance: Double) -> Double {
      if error == 0 { return distance > 0 ? 0 : 1 }
      return StudentT(degreesOfFreedom: Double(difference.count - 1)).upperTail(distance / error)
    }
    lowerPValue = tail(difference.mean + margin)
    upperPValue = tail(margin - difference.mean)
  }

  /// The p-value of a difference at or beyond the margin on either side.
  public var pValue: Double { max(lowerPValue, upperPValue) }
}

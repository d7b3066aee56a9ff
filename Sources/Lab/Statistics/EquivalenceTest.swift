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
    guard let error = difference.standardError else { return nil }
    self.init(
      difference.mean, standardError: error, degreesOfFreedom: Double(difference.count - 1),
      margin: margin)
  }

  /// The test of a mean difference with its standard error against a positive `margin`.
  ///
  /// `degreesOfFreedom` are those of the standard error, which may be 0: then nothing is in doubt.
  public init(
    _ difference: Double, standardError error: Double, degreesOfFreedom: Double, margin: Double
  ) {
    precondition(margin > 0)
    func tail(_ distance: Double) -> Double {
      if error == 0 { return distance > 0 ? 0 : 1 }
      return StudentT(degreesOfFreedom: degreesOfFreedom).upperTail(distance / error)
    }
    lowerPValue = tail(difference + margin)
    upperPValue = tail(margin - difference)
  }

  /// The p-value of a difference at or beyond the margin on either side.
  public var pValue: Double { max(lowerPValue, upperPValue) }

  /// The p-value of a candidate that is worse than the baseline by the margin or more.
  ///
  /// Small: the candidate is not worse. The other side of the margin does not matter for it.
  public func notWorsePValue(_ direction: Direction) -> Double {
    direction == .higherIsBetter ? lowerPValue : upperPValue
  }
}

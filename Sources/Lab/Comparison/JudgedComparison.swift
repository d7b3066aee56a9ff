/// Two policies compared pair by pair, with what the difference comes to among others.
public struct JudgedComparison: Sendable {
  /// The differences, pair by pair.
  public let paired: PairedComparison
  /// Their p-value, adjusted over the family by Holm's procedure; `nil` where there is none, such
  /// as for identical replications.
  public let adjustedPValue: Double?
  /// What the difference comes to; `nil` for a metric that is neither good nor bad.
  public let judgement: Judgement?

  /// Judges a comparison by its adjusted p-value.
  private init(
    _ paired: PairedComparison, adjustedPValue: Double?, better: Direction?,
    smallestDifference: Double?
  ) {
    self.paired = paired
    self.adjustedPValue = adjustedPValue
    judgement = better.map {
      Judgement(
        paired, adjustedPValue: adjustedPValue, direction: $0,
        smallestDifference: smallestDifference)
    }
  }

  /// Judges comparisons that are made together, in their order; `nil` stays where two policies
  /// could not be paired.
  ///
  /// - Parameters:
  ///   - family: The comparisons over which p-values are corrected.
  ///   - better: Which way the metric is good; `nil` when it is neither good nor bad.
  ///   - smallestDifference: The smallest difference of interest, above 0, in the metric's unit.
  public static func judged(
    _ family: [PairedComparison?], better: Direction?, smallestDifference: Double? = nil
  ) -> [JudgedComparison?] {
    var adjusted = Holm.adjusted(family.compactMap { $0?.pValue })[...]
    return family.map { paired in
      guard let paired else { return nil }
      return JudgedComparison(
        paired, adjustedPValue: paired.pValue == nil ? nil : adjusted.popFirst(), better: better,
        smallestDifference: smallestDifference)
    }
  }

  /// The same with the two policies in each other's place, at the same p-value.
  func reversed(better: Direction?, smallestDifference: Double?) -> JudgedComparison {
    JudgedComparison(
      paired.reversed, adjustedPValue: adjustedPValue, better: better,
      smallestDifference: smallestDifference)
  }
}

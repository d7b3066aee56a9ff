/// Which way a metric is good.
public enum Direction: String, Sendable, CaseIterable {
  /// More is better, as for fairness or goodput.
  case higherIsBetter
  /// Less is better, as for waits.
  case lowerIsBetter
}

/// What a comparison with the baseline comes to.
public enum Verdict: String, Sendable, CaseIterable {
  /// The difference is real, and to the good.
  case better
  /// The difference is real, and to the bad.
  case worse
  /// Shown to be closer than the smallest difference of interest, or identical.
  case equivalent
  /// The replications cannot tell.
  case tie
}

/// A verdict, and for a tie how many replications would decide it.
public struct Judgement: Sendable, Equatable {
  /// Better, worse, equivalent or tie.
  public let verdict: Verdict
  /// For a tie: the number of replications at which the spread seen so far would decide.
  public let replicationsNeeded: Int?

  /// Judges a paired comparison.
  ///
  /// A real difference that surely lies within the smallest difference of interest is equivalent.
  ///
  /// - Parameters:
  ///   - comparison: Candidate against baseline.
  ///   - adjustedPValue: Its p-value after correction for the other comparisons of the table.
  ///   - direction: Which way the metric is good.
  ///   - smallestDifference: The smallest difference of interest, above 0, in the metric's unit.
  ///   - alpha: The error that is accepted.
  public init(
    _ comparison: PairedComparison, adjustedPValue: Double?, direction: Direction,
    smallestDifference: Double? = nil, alpha: Double = 0.05
  ) {
    let mean = comparison.difference.mean
    var isEquivalent = comparison.isIdentical && comparison.count > 1
    if let smallestDifference,
      let test = EquivalenceTest(comparison.difference, margin: smallestDifference)
    {
      isEquivalent = isEquivalent || test.pValue <= alpha
    }
    if isEquivalent {
      (verdict, replicationsNeeded) = (.equivalent, nil)
    } else if let adjustedPValue, adjustedPValue <= alpha {
      verdict = (mean > 0) == (direction == .higherIsBetter) ? .better : .worse
      replicationsNeeded = nil
    } else {
      verdict = .tie
      // With a margin, the easier proof counts: of a difference, or of none that matters.
      let distance = max(mean.magnitude, (smallestDifference ?? 0) - mean.magnitude)
      replicationsNeeded = comparison.meanInterval.replicationsToResolve(distance)
    }
  }
}

extension MeanInterval {
  /// The replications at which the half width would shrink to `distance`: ⌈n (h / d)²⌉.
  ///
  /// - Returns: Nothing below two replications, for a distance of 0, or beyond a billion.
  public func replicationsToResolve(_ distance: Double) -> Int? {
    guard let halfWidth, distance > 0 else { return nil }
    let ratio = halfWidth / distance
    let needed = (Double(count) * ratio * ratio).rounded(.up)
    return needed <= 1e9 ? max(count, Int(needed)) : nil
  }
}

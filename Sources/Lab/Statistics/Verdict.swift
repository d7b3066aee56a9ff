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
    let equivalence = smallestDifference.flatMap {
      EquivalenceTest(comparison.difference, margin: $0)
    }
    self.init(
      difference: comparison.difference.mean,
      isEquivalent: comparison.isIdentical && comparison.count > 1
        || equivalence.map { $0.pValue <= alpha } ?? false,
      adjustedPValue: adjustedPValue, direction: direction,
      smallestDifference: smallestDifference, alpha: alpha
    ) { comparison.meanInterval.replicationsToResolve($0) }
  }

  /// Judges a comparison of two sets of replications with nothing in common.
  ///
  /// `replications` is the larger number of the two; for a tie it is said how many of each would
  /// decide. The rest is as for paired ones.
  public init(
    _ comparison: WelchComparison, replications: Int, adjustedPValue: Double?,
    direction: Direction, smallestDifference: Double? = nil, alpha: Double = 0.05
  ) {
    let equivalence = smallestDifference.map {
      EquivalenceTest(
        comparison.difference, standardError: comparison.standardError,
        degreesOfFreedom: comparison.degreesOfFreedom, margin: $0)
    }
    self.init(
      difference: comparison.difference,
      isEquivalent: equivalence.map { $0.pValue <= alpha } ?? false,
      adjustedPValue: adjustedPValue, direction: direction,
      smallestDifference: smallestDifference, alpha: alpha
    ) { distance in
      MeanInterval.replications(
        replications, halfWidth: comparison.halfWidth, toResolve: distance)
    }
  }

  private init(
    difference: Double, isEquivalent: Bool, adjustedPValue: Double?, direction: Direction,
    smallestDifference: Double?, alpha: Double, needed: (Double) -> Int?
  ) {
    if isEquivalent {
      (verdict, replicationsNeeded) = (.equivalent, nil)
    } else if let adjustedPValue, adjustedPValue <= alpha {
      verdict = (difference > 0) == (direction == .higherIsBetter) ? .better : .worse
      replicationsNeeded = nil
    } else {
      verdict = .tie
      // With a margin, the easier proof counts: of a difference, or of none that matters.
      let size = difference.magnitude
      replicationsNeeded = needed(max(size, (smallestDifference ?? 0) - size))
    }
  }
}

/// Whether a difference matters: where its interval lies about the smallest difference of interest.
public enum Relevance: String, Sendable, CaseIterable {
  /// The whole interval lies beyond the smallest difference of interest.
  case relevant
  /// The whole interval lies within it.
  case negligible
  /// The interval reaches over its edge.
  case unclear

  /// The relevance of a difference whose interval is `interval`; `smallest` is above 0.
  public init(_ interval: Interval, smallest: Double) {
    if interval.lower >= smallest || interval.upper <= -smallest {
      self = .relevant
    } else if interval.lower > -smallest, interval.upper < smallest {
      self = .negligible
    } else {
      self = .unclear
    }
  }
}

extension MeanInterval {
  /// The replications at which the half width would shrink to `distance`: ⌈n (h / d)²⌉.
  ///
  /// - Returns: Nothing below two replications, for a distance of 0, or beyond a billion.
  public func replicationsToResolve(_ distance: Double) -> Int? {
    halfWidth.flatMap { Self.replications(count, halfWidth: $0, toResolve: distance) }
  }

  static func replications(
    _ count: Int, halfWidth: Double, toResolve distance: Double
  ) -> Int? {
    guard distance > 0 else { return nil }
    let ratio = halfWidth / distance
    let needed = (Double(count) * ratio * ratio).rounded(.up)
    return needed <= 1e9 ? max(count, Int(needed)) : nil
  }
}

/// Two policies in the same random worlds: the differences of their replications, pair by pair.
///
/// A difference is candidate minus baseline. Sums run in index order. Source: Law, "Simulation
/// Modeling and Analysis", section 10.2.1 (paired-t).
public struct PairedComparison: Sendable, Equatable {
  /// The mean of the baseline.
  public let baselineMean: Double
  /// The mean of the candidate.
  public let candidateMean: Double
  /// Count, mean and spread of the differences.
  public let difference: Moments
  /// The mean difference with its interval.
  public let meanInterval: MeanInterval
  /// The t statistic; undefined below two pairs, and where all differences are equal.
  public let statistic: Double?
  /// The two-sided p-value of no difference; undefined below two pairs, and for identical outputs.
  public let pValue: Double?
  /// The correlation of the pairs; at or below 0, common random numbers did harm.
  public let correlation: Double?
  /// How much the pairing saved: (var A + var B) / var D, 1 for independent samples.
  public let varianceGain: Double?
  /// Whether every pair was equal: "identical in all n replications", no test needed.
  public let isIdentical: Bool

  /// The comparison of two policies over the same replications, in the same order.
  ///
  /// - Parameters:
  ///   - baseline: One value per replication.
  ///   - candidate: As many values.
  ///   - level: The confidence of all intervals of the family together.
  ///   - comparisons: The size of that family.
  /// - Returns: Nothing, without a pair or with a value that is not a finite number.
  public init?(
    baseline: [Double], candidate: [Double], level: Double = 0.95, comparisons: Int = 1
  ) {
    precondition(baseline.count == candidate.count, "Each replication needs both values.")
    let differences = Moments(zip(candidate, baseline).map { $0 - $1 })
    guard differences.squares.isFinite,
      let interval = MeanInterval(differences, level: level, comparisons: comparisons)
    else { return nil }
    let (before, after) = (Moments(baseline), Moments(candidate))
    (baselineMean, candidateMean) = (before.mean, after.mean)
    (difference, meanInterval) = (differences, interval)
    isIdentical = baseline == candidate
    let error = differences.standardError ?? 0
    let t = error > 0 ? differences.mean / error : nil
    statistic = t
    if let t {
      pValue = StudentT(degreesOfFreedom: Double(differences.count - 1)).twoSided(t)
    } else {
      // A difference that never varies is certain; none at all needs no test.
      pValue = differences.count > 1 && !isIdentical ? 0 : nil
    }
    varianceGain =
      differences.squares > 0
      ? (before.squares + after.squares) / differences.squares : nil
    let scale = before.squares.squareRoot() * after.squares.squareRoot()
    var products = 0.0
    for (left, right) in zip(baseline, candidate) {
      products += (left - before.mean) * (right - after.mean)
    }
    correlation = scale > 0 ? max(-1, min(1, products / scale)) : nil
  }

  /// The comparison with the two policies in each other's place: the same to the last bit as if it
  /// had been made from their values, since rounding to nearest knows no sign.
  public var reversed: PairedComparison { PairedComparison(reversing: self) }

  private init(reversing other: PairedComparison) {
    (baselineMean, candidateMean) = (other.candidateMean, other.baselineMean)
    (difference, meanInterval) = (other.difference.negated, other.meanInterval.negated)
    // 0 less 0 is 0, and has no sign.
    statistic = other.statistic.map { 0 - $0 }
    (pValue, correlation, varianceGain) = (other.pValue, other.correlation, other.varianceGain)
    isIdentical = other.isIdentical
  }

  /// The number of pairs.
  public var count: Int { difference.count }
}

extension PairedComparison {
  /// The comparison of two policies; `nil` unless both have a value in all replications.
  public init?(all baseline: [Double?], candidate: [Double?]) {
    let (before, after) = (baseline.compactMap { $0 }, candidate.compactMap { $0 })
    guard before.count == baseline.count, after.count == candidate.count,
      before.count == after.count
    else { return nil }
    self.init(baseline: before, candidate: after)
  }
}

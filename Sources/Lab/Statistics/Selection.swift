/// Which of several policies may be the best, decided under common random numbers.
///
/// Rows are systems, columns are replications: `values[system][replication]`. Sources: Nelson,
/// Swann, Goldsman and Song, "Simple procedures for selecting the best simulated system", 2001
/// (screening); Nelson and Matejcik, "Using common random numbers for indifference-zone selection
/// and multiple comparisons in simulation", 1995 (two stages).
public struct SubsetScreening: Sendable, Equatable {
  /// The t quantile that was used.
  public let criticalValue: Double
  /// The systems that no other one beats, by index.
  public let survivors: [Int]

  /// The systems among which the best one is, with confidence 1 − `alpha`.
  ///
  /// - Returns: Nothing below two systems or two replications.
  public init?(_ values: [[Double]], alpha: Double = 0.05, direction: Direction) {
    guard let first = values.first, values.count > 1, first.count > 1 else { return nil }
    precondition(values.allSatisfy { $0.count == first.count })
    let t = StudentT(degreesOfFreedom: Double(first.count - 1))
      .upperQuantile(alpha / Double(values.count - 1))
    criticalValue = t
    let sign = direction == .higherIsBetter ? 1.0 : -1.0
    survivors = values.indices.filter { system in
      values.indices.allSatisfy { other in
        let difference = Moments(zip(values[other], values[system]).map { sign * ($0 - $1) })
        return system == other || difference.mean <= t * (difference.standardError ?? 0)
      }
    }
  }
}

/// How many replications select the best system, when differences below delta do not matter.
///
/// Uses the largest variance of a pairwise difference seen in the first stage.
public struct TwoStageSelection: Sendable, Equatable {
  /// The t quantile that was used.
  public let criticalValue: Double
  /// The largest variance of a difference between two systems.
  public let largestVariance: Double
  /// The replications needed in all, the first stage included.
  public let replications: Int

  /// Plans the second stage.
  ///
  /// - Parameters:
  ///   - values: The first stage, `values[system][replication]`; ten replications or more.
  ///   - delta: The smallest difference that matters, above 0.
  ///   - alpha: The error that is accepted.
  /// - Returns: Nothing below two systems or two replications, or beyond a billion replications.
  public init?(_ values: [[Double]], delta: Double, alpha: Double = 0.05) {
    precondition(delta > 0)
    guard let first = values.first, values.count > 1, first.count > 1 else { return nil }
    let t = StudentT(degreesOfFreedom: Double(first.count - 1))
      .upperQuantile(alpha / Double(values.count - 1))
    var largest = 0.0
    for (index, left) in values.enumerated() {
      for right in values[..<index] {
        let difference = Moments(zip(left, right).map { $0 - $1 })
        largest = max(largest, difference.variance ?? 0)
      }
    }
    let ratio = t / delta
    let needed = (ratio * ratio * largest).rounded(.up)
    guard needed <= 1e9 else { return nil }
    criticalValue = t
    largestVariance = largest
    replications = max(first.count, Int(needed))
  }
}

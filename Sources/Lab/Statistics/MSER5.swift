/// Where the start-up of a series ends: the cut that leaves the smallest standard error.
///
/// Means of five values; z(d) = Σ (Y_j − Ȳ_d)² / (k − d)² over the batches from d on; the least z
/// among d ≤ k / 2 wins, ties to the smallest d; a rest of less than five values is dropped. Use it
/// on the average over replications to recommend one warm-up for all policies: a cut per run is
/// biased. Source: White, Cobb and Spratt, "A comparison of five steady-state truncation heuristics
/// for simulation", 2000. Linear in the length of the series.
public struct MSER5: Sendable, Equatable {
  /// Values per batch.
  public static let batchSize = 5
  /// The number of whole batches.
  public let batchCount: Int
  /// How many batches to cut.
  public let cutBatches: Int
  /// z at the chosen cut.
  public let least: Double
  /// z at each admissible cut, from 0 batches on.
  public let statistics: [Double]
  /// The mean of the batches that stay.
  public let meanAfterCut: Double

  /// The analysis of `series`; undefined below two whole batches.
  public init?(_ series: [Double]) {
    let means = BatchMeans.means(of: series, batchSize: Self.batchSize)
    guard means.count >= 2 else { return nil }
    let last = min(means.count / 2, means.count - 2)
    var statistics: [Double] = []
    var kept = Moments()
    var (cut, least, mean) = (0, Double.infinity, 0.0)
    // From the back, so that the moments of each rest follow from those of the next.
    for index in means.indices.reversed() {
      kept.add(means[index])
      guard index <= last else { continue }
      let count = Double(kept.count)
      let statistic = kept.squares / (count * count)
      statistics.append(statistic)
      if statistic <= least { (cut, least, mean) = (index, statistic, kept.mean) }
    }
    batchCount = means.count
    cutBatches = cut
    self.least = least
    self.statistics = statistics.reversed()
    meanAfterCut = mean
  }

  /// How many values to cut.
  public var cutCount: Int { cutBatches * Self.batchSize }

  /// Whether the cut lies at the limit: no steady state was found, do not trust it.
  public var isAtLimit: Bool { 2 * cutBatches >= batchCount - 2 }
}

/// Whether paired differences lie about 0, from their ranks alone: a check that no outlier sways.
///
/// It stands beside the t test where there are few replications and their differences are skewed.
/// Differences of 0 are dropped; equal sizes share the mean of their ranks, and the p-value is then
/// that of distinct ranks at the next whole sum, which is on the safe side. With five pairs it cannot
/// be below 0.0625.
/// Source: Wilcoxon, "Individual comparisons by ranking methods", 1945.
public struct SignedRankTest: Sendable, Equatable {
  /// The most differences that are tested; all signs of so many are counted exactly.
  public static let limit = 30
  /// The smaller of the sums of the ranks of positive and of negative differences.
  public let statistic: Double
  /// The two-sided p-value of no difference.
  public let pValue: Double
  /// The differences that are not 0.
  public let count: Int

  /// The test of `differences`.
  ///
  /// - Returns: Nothing without a difference other than 0, or with more than the limit of them.
  public init?(_ differences: [Double]) {
    let sorted = differences.filter { $0 != 0 }.sorted { $0.magnitude < $1.magnitude }
    guard !sorted.isEmpty, sorted.count <= Self.limit else { return nil }
    // Ranks times 2, so that the mean of two ranks is a whole number.
    var ranks: [Int] = []
    while ranks.count < sorted.count {
      let first = ranks.count
      let size = sorted[first].magnitude
      let next = sorted[first...].firstIndex { $0.magnitude != size } ?? sorted.count
      ranks += Array(repeating: first + 1 + next, count: next - first)
    }
    let positive = zip(sorted, ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    let total = ranks.reduce(0, +)
    let least = min(positive, total - positive)
    // How many of the 2^n ways to choose signs give the positive ranks 1...n each sum.
    let highest = total / 2
    var ways = Array(repeating: 0.0, count: highest + 1)
    ways[0] = 1
    for rank in 1...sorted.count {
      for sum in stride(from: highest, through: rank, by: -1) { ways[sum] += ways[sum - rank] }
    }
    var below = 0.0
    for sum in 0...(least + 1) / 2 { below += ways[sum] }
    let all = Double(1 << sorted.count)
    statistic = Double(least) / 2
    pValue = min(1, 2 * below / all)
    count = sorted.count
  }
}

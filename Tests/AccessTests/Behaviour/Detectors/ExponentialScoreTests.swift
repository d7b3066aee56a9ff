import Testing
import WeirKernel

@testable import WeirAccess

@Suite struct ExponentialScoreTests {
  /// Counts, with mean and variance after each and whether it was flagged, computed in floating
  /// point by the recursions of Finch (2009): weight 0.2, threshold 3, least deviation 0.5.
  private static let robust: [(count: Int64, mean: Double, variance: Double, isFlagged: Bool)] = [
    (10, 10.0, 0.0, false), (12, 10.4, 0.64, false), (9, 10.12, 0.8256, false),
    (11, 10.296, 0.784384, false), (10, 10.2368, 0.6415257600000004, false),
    (13, 10.2368, 0.6415257600000004, true), (8, 9.78944, 1.313744486400001, false),
    (10, 9.831552, 1.0580892712960008, false), (11, 10.0652416, 1.0649147336294404, false),
    (12, 10.45219328, 1.4508581975228418, false), (10, 10.361754624, 1.1934031600146189, false),
    (40, 10.361754624, 1.1934031600146189, true),
  ]

  @Test("mean, variance and what stands out are those of the recursion in floating point")
  func recursion() {
    var score = ExponentialScore()
    for (place, row) in Self.robust.enumerated() {
      let isFlagged =
        place >= 5
        && score.isOutlier(row.count, threshold: Ratio(3), least: 500_000)
      #expect(isFlagged == row.isFlagged, "count number \(place)")
      if !isFlagged { score.learn(row.count, weight: Ratio(1, over: 5)) }
      #expect(abs(Double(score.mean) / 1e6 - row.mean) < 2e-5, "count number \(place)")
      #expect(abs(Double(score.variance) / 1e6 - row.variance) < 2e-5, "count number \(place)")
    }
  }

  @Test("exactly the threshold does not stand out, a count more does")
  func edge() {
    var score = ExponentialScore()
    for _ in 0..<10 { score.learn(10, weight: Ratio(1, over: 5)) }
    #expect(score.mean == 10_000_000 && score.variance == 0)
    #expect(!score.isOutlier(14, threshold: Ratio(4), least: 1_000_000))
    #expect(score.isOutlier(15, threshold: Ratio(4), least: 1_000_000))
    #expect(!score.isOutlier(0, threshold: Ratio(4), least: 1_000_000))
  }

  @Test("counts without bound neither trap nor hide")
  func extremes() {
    var score = ExponentialScore()
    for count in [Int64.max, 0, .max, 0] { score.learn(count, weight: Ratio(999, over: 1000)) }
    #expect(score.isOutlier(.max, threshold: Ratio(1, over: 1000), least: 1_000_000))
  }
}

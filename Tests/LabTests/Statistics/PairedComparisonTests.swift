import Testing
import WeirLab

@Suite struct PairedComparisonTests {
  struct Case: Decodable, Sendable {
    struct Summary: Decodable {
      let mean: Double
      let variance: Double
      let half_width: Double
      let ci: [Double]
    }
    let pair: [String]
    let first: [Double]
    let second: [Double]
    let diff: Summary
    let t: Double
    let p: Double
    let correlation: Double
    let variance_ratio_crn_over_independent: Double
  }

  static let cases = vectors("paired_crn", as: Case.self)

  @Test("four systems in the same ten worlds, pair by pair", arguments: cases)
  func pairs(_ expected: Case) throws {
    // The vectors subtract the second from the first; here the candidate comes last.
    let comparison = try #require(
      PairedComparison(baseline: expected.second, candidate: expected.first))
    var accuracy = Accuracy()
    accuracy.compare(comparison.difference.mean, expected.diff.mean, "mean")
    accuracy.compare(comparison.difference.variance, expected.diff.variance, "variance")
    accuracy.compare(comparison.meanInterval.halfWidth, expected.diff.half_width, "half width")
    accuracy.compare(comparison.meanInterval.interval?.lower, expected.diff.ci[0], "lower")
    accuracy.compare(comparison.meanInterval.interval?.upper, expected.diff.ci[1], "upper")
    accuracy.compare(comparison.statistic, expected.t, "t")
    accuracy.compare(comparison.pValue, expected.p, "p")
    accuracy.compare(comparison.correlation, expected.correlation, "correlation")
    accuracy.compare(
      comparison.varianceGain, 1 / expected.variance_ratio_crn_over_independent, "gain")
    #expect(accuracy.worst < 1e-10, "\(accuracy)")
    #expect(!comparison.isIdentical)
  }

  @Test("there are six pairs") func caseCount() { #expect(Self.cases.count == 6) }

  @Test("in each other's place, two series compare as if they had been given so, to the last bit")
  func reversed() throws {
    let odd: [([Double], [Double])] = (1...200).map { seed in
      let values = (0..<(2 + seed % 9)).map { place in
        (
          Double((seed * 7919 + place * 104_729) % 1000) / 7,
          Double((seed * 6131 + place * 15_485_863) % 1000) / 3
        )
      }
      return (values.map(\.0), values.map(\.1))
    }
    let edges: [([Double], [Double])] = [
      ([1, 2, 3], [1, 2, 3]), ([1, 2, 4], [2, 3, 5]), ([1, 2], [2, 1]), ([3], [4]), ([0], [0]),
      ([0, 0, 0], [0, 0, 1e-300]), ([1e150, 1], [1, 1e150]), ([-0.0, 0], [0, -0.0]),
      ([1, 2, 2], [1, 1, 3]),
    ]
    for (first, second) in Self.cases.map({ ($0.first, $0.second) }) + odd + edges {
      let there = try #require(PairedComparison(baseline: first, candidate: second))
      let back = try #require(PairedComparison(baseline: second, candidate: first))
      // The text of a number is that of no other, and has the sign of 0.
      #expect("\(there.reversed)" == "\(back)", "\(first), \(second)")
      #expect("\(back.reversed)" == "\(there)", "\(first), \(second)")
    }
  }

  @Test("identical outputs need no test, and have none")
  func identical() throws {
    let comparison = try #require(PairedComparison(baseline: [1, 2, 3], candidate: [1, 2, 3]))
    #expect(comparison.isIdentical)
    #expect(comparison.statistic == nil)
    #expect(comparison.pValue == nil)
    #expect(comparison.varianceGain == nil)
    #expect(comparison.meanInterval.halfWidth == 0)
  }

  @Test("a difference that never varies is certain")
  func constantDifference() throws {
    let comparison = try #require(PairedComparison(baseline: [1, 2, 4], candidate: [2, 3, 5]))
    #expect(!comparison.isIdentical)
    #expect(comparison.pValue == 0)
    #expect(comparison.difference.mean == 1)
  }

  @Test("one pair has a difference, and nothing else")
  func onePair() throws {
    let comparison = try #require(PairedComparison(baseline: [1], candidate: [4]))
    #expect(comparison.difference.mean == 3)
    #expect(comparison.pValue == nil)
    #expect(comparison.meanInterval.halfWidth == nil)
    #expect(PairedComparison(baseline: [], candidate: []) == nil)
  }

  @Test("what is not finite is never significant", arguments: [Double.nan, .infinity])
  func notFinite(_ value: Double) {
    #expect(PairedComparison(baseline: [1, 2, 3], candidate: [1, value, 3]) == nil)
    #expect(PairedComparison(baseline: [value, 2, 3], candidate: [value, 3, 4]) == nil)
    #expect(MeanInterval(Moments([1, value])) == nil)
  }

  @Test("pairing that does harm shows as a negative correlation and a gain below one")
  func backfired() throws {
    let comparison = try #require(PairedComparison(baseline: [1, 2, 3], candidate: [3, 2, 1.5]))
    #expect(try #require(comparison.correlation) < 0)
    #expect(try #require(comparison.varianceGain) < 1)
  }
}

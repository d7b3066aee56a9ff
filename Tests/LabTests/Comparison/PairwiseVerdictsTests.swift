import Testing
import WeirLab

@Suite struct PairwiseVerdictsTests {
  /// Four policies in five worlds.
  private static let values: [[Double?]] = [
    [10, 11, 12, 13, 14], [11, 12.5, 12.9, 14.2, 14.9], [12, 13.4, 13.8, 15.1, 16],
    [nil, 1, 1, 1, 1],
  ]

  private static func pairs(baseline: Int) -> PairwiseVerdicts {
    PairwiseVerdicts(values, baseline: baseline, better: .lowerIsBetter)
  }

  private static func pValue(_ policy: Int, _ other: Int) throws -> Double {
    try #require(PairedComparison(all: values[other], candidate: values[policy])?.pValue)
  }

  @Test("with the baseline, Holm's family is the other policies; without it, their pairs")
  func families() throws {
    let pairs = Self.pairs(baseline: 0)
    let (near, far) = (try Self.pValue(1, 0), try Self.pValue(2, 0))
    // Of two p-values the smaller is doubled, and the larger one at least as large as that.
    let least = min(near, far) * 2
    for (policy, own) in [(1, near), (2, far)] {
      let adjusted = try #require(pairs[policy, 0]?.adjustedPValue)
      #expect(adjusted == (own == min(near, far) ? least : max(own, least)))
    }
    // The only pair of the others that has values in all worlds stands alone.
    #expect(pairs[2, 1]?.adjustedPValue == (try Self.pValue(2, 1)))
  }

  @Test("which of two is named first turns the verdict round and changes nothing else")
  func symmetry() throws {
    let pairs = Self.pairs(baseline: 0)
    for (policy, other) in [(1, 0), (2, 0), (2, 1)] {
      let (one, two) = (try #require(pairs[policy, other]), try #require(pairs[other, policy]))
      #expect(one.adjustedPValue == two.adjustedPValue)
      #expect(one.paired.difference.mean == -two.paired.difference.mean)
      #expect(one.judgement?.verdict == .worse)
      #expect(two.judgement?.verdict == .better)
    }
  }

  @Test("who has no value in some world is compared with nobody")
  func undefined() {
    for baseline in 0..<4 {
      let pairs = Self.pairs(baseline: baseline)
      for policy in 0..<3 {
        #expect(pairs[3, policy] == nil)
        #expect(pairs[policy, 3] == nil)
      }
      #expect(pairs[baseline, baseline] == nil)
    }
  }
}

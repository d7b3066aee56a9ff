import Testing
import WeirLab

@Suite struct VerdictTests {
  private func judge(
    _ baseline: [Double], _ candidate: [Double], _ direction: Direction = .higherIsBetter,
    smallest: Double? = nil
  ) throws -> Judgement {
    let comparison = try #require(PairedComparison(baseline: baseline, candidate: candidate))
    return Judgement(
      comparison, adjustedPValue: comparison.pValue, direction: direction,
      smallestDifference: smallest)
  }

  @Test("a real difference is better or worse by the direction of the metric")
  func direction() throws {
    let (low, high) = ([10.0, 12, 11, 13], [12.0, 14.1, 13, 15.1])
    #expect(try judge(low, high).verdict == .better)
    #expect(try judge(low, high, .lowerIsBetter).verdict == .worse)
    #expect(try judge(high, low).verdict == .worse)
    #expect(try judge(high, low, .lowerIsBetter).verdict == .better)
    #expect(try judge(low, high).replicationsNeeded == nil)
  }

  @Test("a difference that replications cannot tell is a tie, with the number that could")
  func tie() throws {
    // Differences 2, −1, 2, −1: mean ½, s √3, h = t(0.975, 3) √3 / 2.
    let judgement = try judge([0, 0, 0, 0], [2, -1, 2, -1])
    #expect(judgement.verdict == .tie)
    // ⌈4 (2.756 / 0.5)²⌉ with t = 3.182446305.
    #expect(judgement.replicationsNeeded == 122)
  }

  @Test("what surely lies within the smallest difference of interest is equivalent")
  func equivalent() throws {
    let (first, second) = ([10.0, 12, 11, 13], [10.1, 12.12, 11.1, 13.12])
    #expect(try judge(first, second).verdict == .better)
    #expect(try judge(first, second, smallest: 1).verdict == .equivalent)
    #expect(try judge(first, second, smallest: 0.05).verdict == .better)
  }

  @Test("with a margin, the easier of the two proofs says how many replications are needed")
  func tieWithMargin() throws {
    // h = 2.756 as above; equivalence within 2.5 leaves a distance of 2: ⌈4 (2.756 / 2)²⌉.
    #expect(try judge([0, 0, 0, 0], [2, -1, 2, -1], smallest: 2.5).replicationsNeeded == 8)
  }

  @Test("identical outputs are equivalent, whatever the margin")
  func identical() throws {
    #expect(try judge([1, 2, 3], [1, 2, 3]).verdict == .equivalent)
  }

  @Test("one replication decides nothing")
  func single() throws {
    let judgement = try judge([1], [100])
    #expect(judgement.verdict == .tie)
    #expect(judgement.replicationsNeeded == nil)
    #expect(try judge([1], [1]).verdict == .tie)
  }

  @Test("independent sets are judged as pairs are")
  func independent() throws {
    let (low, high) = (Moments([10, 12, 11, 13]), Moments([20, 22, 21, 23]))
    let comparison = try #require(WelchComparison(baseline: low, candidate: high))
    func judge(_ p: Double, smallest: Double? = nil) -> Judgement {
      Judgement(
        comparison, replications: 4, adjustedPValue: p, direction: .higherIsBetter,
        smallestDifference: smallest)
    }
    #expect(judge(0.01).verdict == .better)
    #expect(judge(0.01, smallest: 100).verdict == .equivalent)
    #expect(judge(0.5).verdict == .tie)
    // Both variances are 5/3: s = √(5/6), t(0.975, 6) = 2.446911851, and ⌈4 (2.2337 / 10)²⌉ = 1,
    // which is less than there are.
    #expect(judge(0.5).replicationsNeeded == 4)
  }

  @Test(
    "a difference is relevant beyond the smallest that matters, negligible within, else unclear",
    arguments: [
      (1.0, 2.0, Relevance.relevant), (-2, -1, .relevant), (-0.9, 0.9, .negligible),
      (-1, 0.5, .unclear), (0.5, 1.5, .unclear), (-2, 2, .unclear),
    ])
  func relevance(_ lower: Double, _ upper: Double, _ expected: Relevance) {
    #expect(Relevance(Interval(lower: lower, upper: upper), smallest: 1) == expected)
  }
}

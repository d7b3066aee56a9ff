import Testing
import WeirLab

@Suite struct EquivalenceTestTests {
  struct Case: Decodable, Sendable {
    let margin: Double
    let p_lower: Double
    let p_upper: Double
    let p: Double
    let ci90: [Double]
  }

  static let cases = vectors("tost", as: Case.self)

  /// System Four minus system Two of the paired data.
  static func differences() throws -> Moments {
    let pair = try #require(
      vectors("paired_crn", as: PairedComparisonTests.Case.self)
        .first { $0.pair == ["Two", "Four"] })
    return Moments(zip(pair.second, pair.first).map { $0 - $1 })
  }

  @Test("both one-sided tests match scipy", arguments: cases)
  func pValues(_ expected: Case) throws {
    let differences = try Self.differences()
    let test = try #require(EquivalenceTest(differences, margin: expected.margin))
    var accuracy = Accuracy()
    accuracy.compare(test.lowerPValue, expected.p_lower, "lower")
    accuracy.compare(test.upperPValue, expected.p_upper, "upper")
    accuracy.compare(test.pValue, expected.p, "p")
    #expect(accuracy.worst < 1e-10, "\(accuracy)")
    // The test at 5 % and the 90 % interval are the same statement.
    let interval = try #require(MeanInterval(differences, level: 0.9)?.interval)
    let isInside = -expected.margin < interval.lower && interval.upper < expected.margin
    #expect((test.pValue < 0.05) == isInside)
  }

  @Test("there are four margins") func caseCount() { #expect(Self.cases.count == 4) }

  @Test("without spread the margin decides alone; with one pair nothing does")
  func edges() throws {
    #expect(EquivalenceTest(Moments([1, 1]), margin: 2)?.pValue == 0)
    #expect(EquivalenceTest(Moments([3, 3]), margin: 2)?.pValue == 1)
    #expect(EquivalenceTest(Moments([1]), margin: 2) == nil)
  }

  @Test("not worse is the side of the margin on which the metric is bad", arguments: cases)
  func notWorse(_ expected: Case) throws {
    let test = try #require(EquivalenceTest(try Self.differences(), margin: expected.margin))
    #expect(test.notWorsePValue(.higherIsBetter) == test.lowerPValue)
    #expect(test.notWorsePValue(.lowerIsBetter) == test.upperPValue)
  }
}

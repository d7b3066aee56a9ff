import Testing
import WeirLab

@Suite struct WelchComparisonTests {
  struct Case: Decodable, Sendable {
    struct Welch: Decodable {
      let t: Double
      let df: Double
      let p: Double
      let ci: [Double]
    }
    let first: [Double]
    let second: [Double]
    let welch: Welch
  }

  static let cases = vectors("paired_crn", as: Case.self)

  @Test("four systems, as if their worlds had nothing in common", arguments: cases)
  func pairs(_ expected: Case) throws {
    let comparison = try #require(
      WelchComparison(baseline: Moments(expected.second), candidate: Moments(expected.first)))
    var accuracy = Accuracy()
    accuracy.compare(comparison.statistic, expected.welch.t, "t")
    accuracy.compare(comparison.degreesOfFreedom, expected.welch.df, "degrees of freedom")
    accuracy.compare(comparison.pValue, expected.welch.p, "p")
    accuracy.compare(comparison.interval.lower, expected.welch.ci[0], "lower")
    accuracy.compare(comparison.interval.upper, expected.welch.ci[1], "upper")
    #expect(accuracy.worst < 1e-10, "\(accuracy)")
  }

  @Test("there are six pairs") func caseCount() { #expect(Self.cases.count == 6) }

  @Test("without spread, or with one value, there is no comparison")
  func undefined() {
    #expect(WelchComparison(baseline: Moments([1]), candidate: Moments([1, 2])) == nil)
    #expect(WelchComparison(baseline: Moments([1, 1]), candidate: Moments([2, 2])) == nil)
    #expect(WelchComparison(baseline: Moments([1, .nan]), candidate: Moments([2, 3])) == nil)
  }
}

import Testing
import WeirLab

@Suite struct BonferroniTests {
  struct Case: Decodable {
    let alpha: Double
    let comparisons: Int
    let df: Int
    let t: Double
  }

  @Test("critical values match 40-digit arithmetic")
  func criticalValues() {
    let cases = vectors("bonferroni_t", as: Case.self)
    #expect(cases.count == 40)
    var accuracy = Accuracy()
    for expected in cases {
      let actual = Bonferroni.criticalValue(
        alpha: expected.alpha, comparisons: expected.comparisons, degreesOfFreedom: expected.df)
      accuracy.compare(actual, expected.t, "c \(expected.comparisons) df \(expected.df)")
    }
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }
}

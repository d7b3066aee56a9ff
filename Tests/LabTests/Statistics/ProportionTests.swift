import Testing
import WeirLab

@Suite struct ProportionTests {
  struct Case: Decodable, Sendable {
    let k: Int
    let n: Int
    let wilson: [Double]
    let clopper_pearson: [Double]
  }

  static let cases = vectors("proportion_ci", as: Case.self)

  @Test("both intervals match statsmodels", arguments: cases)
  func intervals(_ expected: Case) {
    let proportion = Proportion(expected.k, of: expected.n)
    var accuracy = Accuracy()
    accuracy.compare(proportion.wilson().lower, expected.wilson[0], "Wilson lower")
    accuracy.compare(proportion.wilson().upper, expected.wilson[1], "Wilson upper")
    accuracy.compare(proportion.clopperPearson().lower, expected.clopper_pearson[0], "exact lower")
    accuracy.compare(proportion.clopperPearson().upper, expected.clopper_pearson[1], "exact upper")
    #expect(accuracy.worst < 1e-10, "\(accuracy)")
  }

  @Test("there are seven proportions") func caseCount() { #expect(Self.cases.count == 7) }
}

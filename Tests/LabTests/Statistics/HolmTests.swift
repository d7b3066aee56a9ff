import Testing
import WeirLab

@Suite struct HolmTests {
  struct Case: Decodable, Sendable {
    let p: [Double]
    let bonferroni: [Double]
    let holm: [Double]
    let fdr_bh: [Double]
  }

  static let cases = vectors("multiple_comparison", as: Case.self)

  @Test("adjusted p-values match statsmodels", arguments: cases)
  func adjusted(_ expected: Case) {
    var accuracy = Accuracy()
    for index in expected.p.indices {
      accuracy.compare(Holm.adjusted(expected.p)[index], expected.holm[index], "Holm \(index)")
      accuracy.compare(
        Bonferroni.adjusted(expected.p)[index], expected.bonferroni[index], "Bonferroni \(index)")
      accuracy.compare(
        BenjaminiHochberg.adjusted(expected.p)[index], expected.fdr_bh[index], "BH \(index)")
    }
    #expect(accuracy.worst < 1e-14, "\(accuracy)")
  }

  @Test("there are five families") func caseCount() { #expect(Self.cases.count == 5) }

  @Test("no test, nothing to adjust")
  func empty() {
    #expect(Holm.adjusted([]) == [])
    #expect(BenjaminiHochberg.adjusted([]) == [])
  }
}

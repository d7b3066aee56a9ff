import Foundation
import Testing
import WeirLab

@Suite struct ChiSquareTests {
  struct Case: Decodable {
    let df: Double
    let p: Double
    let chi2: Double
  }

  @Test("quantiles match scipy from 1 to 100 degrees of freedom")
  func quantiles() {
    let cases = vectors("chi2_quantile", as: Case.self)
    #expect(cases.count == 42)
    var accuracy = Accuracy()
    for expected in cases {
      let actual = ChiSquare(degreesOfFreedom: expected.df).quantile(expected.p)
      accuracy.compare(actual, expected.chi2, "df \(expected.df) p \(expected.p)")
    }
    #expect(accuracy.worst < 1e-11, "\(accuracy)")
  }

  @Test("with two degrees of freedom the tail is exponential", arguments: [0.1, 1, 5, 40])
  func exponentialTail(_ x: Double) {
    var accuracy = Accuracy()
    accuracy.compare(ChiSquare(degreesOfFreedom: 2).upperTail(x), exp(-x / 2), "\(x)")
    accuracy.compare(ChiSquare(degreesOfFreedom: 2).cumulative(x), -expm1(-x / 2), "\(x)")
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test("nothing lies below zero")
  func negative() {
    #expect(ChiSquare(degreesOfFreedom: 3).cumulative(-1) == 0)
    #expect(ChiSquare(degreesOfFreedom: 3).upperTail(0) == 1)
  }
}

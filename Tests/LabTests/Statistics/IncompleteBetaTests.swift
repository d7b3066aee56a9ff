import Testing
import WeirLab

@Suite struct IncompleteBetaTests {
  struct Case: Decodable {
    let a: Double
    let b: Double
    let x: Double
    let I: Double
  }

  @Test("values match 40-digit arithmetic")
  func values() {
    let cases = vectors("incomplete_beta", as: Case.self)
    #expect(cases.count == 11)
    var accuracy = Accuracy()
    for expected in cases {
      let place = "a \(expected.a) b \(expected.b) x \(expected.x)"
      let actual = IncompleteBeta.value(expected.x, expected.a, expected.b)
      accuracy.compare(actual, expected.I, place)
    }
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test("I_x(1, b) is 1 − (1 − x)^b", arguments: [0.001, 0.2, 0.5, 0.9])
  func closedForm(_ x: Double) {
    var accuracy = Accuracy()
    accuracy.compare(IncompleteBeta.value(x, 1, 3), 1 - (1 - x) * (1 - x) * (1 - x), "\(x)")
    #expect(accuracy.worst < 1e-13, "\(accuracy)")
  }

  @Test("the ends are exact")
  func ends() {
    #expect(IncompleteBeta.value(0, 2, 3) == 0)
    #expect(IncompleteBeta.value(1, 2, 3) == 1)
    #expect(IncompleteBeta.quantile(0, 2, 3) == 0)
    #expect(IncompleteBeta.quantile(1, 2, 3) == 1)
  }

  @Test("the quantile undoes the function", arguments: [1e-12, 0.025, 0.5, 0.975, 0.999999])
  func roundTrip(_ probability: Double) {
    for (a, b) in [(1.0, 1.0), (0.5, 4), (40, 61), (2, 999), (999, 2)] {
      let x = IncompleteBeta.quantile(probability, a, b)
      var accuracy = Accuracy()
      accuracy.compare(IncompleteBeta.value(x, a, b), probability, "a \(a) b \(b)")
      #expect(accuracy.worst < 1e-12, "\(accuracy)")
    }
  }
}

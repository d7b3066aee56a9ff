import Foundation
import Testing
import WeirLab

@Suite struct NormalTests {
  struct Case: Decodable {
    let p: Double
    let z: Double
  }

  @Test("quantiles match 40-digit arithmetic down to 1e-300")
  func quantiles() {
    let cases = vectors("normal_quantile", as: Case.self)
    #expect(cases.count == 22)
    var accuracy = Accuracy()
    for expected in cases {
      // The published p is a decimal; near 1 only its complement can be written as a double.
      let tail = Double(String(format: "%.6f", 1 - expected.p)) ?? .nan
      let actual =
        expected.p < 0.5 ? Normal.quantile(expected.p) : Normal.upperQuantile(tail)
      accuracy.compare(actual, expected.z, "p \(expected.p)")
    }
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test(
    "tails match the C library's complementary error function",
    arguments: [0, 0.3, 1, 1.7, 3, 8, 25])
  func tails(_ z: Double) {
    let expected = erfc(z / 2.0.squareRoot()) / 2
    var accuracy = Accuracy()
    accuracy.compare(Normal.upperTail(z), expected, "z \(z)")
    accuracy.compare(Normal.cumulative(-z), expected, "-z \(z)")
    accuracy.compare(Normal.cumulative(z), 1 - expected, "below \(z)")
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }
}

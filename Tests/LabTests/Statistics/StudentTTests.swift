import Foundation
import Testing
import WeirLab

@Suite struct StudentTTests {
  struct QuantileCase: Decodable {
    let df: Double
    let p: Double
    let t: Double
  }

  struct TailCase: Decodable {
    let df: Double
    let t: Double
    let upper_tail: Double
    let two_sided_p: Double
  }

  /// 1 − p for the decimal number p, not for the double next to it.
  private func tail(of p: Double) -> Double {
    Double(String(format: "%.5f", 1 - p)) ?? .nan
  }

  @Test("quantiles match 40-digit arithmetic from 1 to a million degrees of freedom")
  func quantiles() {
    let cases = vectors("t_quantile", as: QuantileCase.self)
    #expect(cases.count == 396)
    var accuracy = Accuracy()
    for expected in cases {
      let actual = StudentT(degreesOfFreedom: expected.df).upperQuantile(tail(of: expected.p))
      accuracy.compare(actual, expected.t, "df \(expected.df) p \(expected.p)")
    }
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test("a quantile by probability is as good as that probability's last bit")
  func quantilesByProbability() {
    var accuracy = Accuracy()
    for expected in vectors("t_quantile", as: QuantileCase.self) {
      let distribution = StudentT(degreesOfFreedom: expected.df)
      let actual = distribution.quantile(expected.p)
      #expect(distribution.quantile(1 - expected.p) == -distribution.upperQuantile(1 - expected.p))
      accuracy.compare(actual, expected.t, "df \(expected.df) p \(expected.p)")
    }
    #expect(accuracy.worst < 1e-10, "\(accuracy)")
  }

  @Test("tails and two-sided p-values match 40-digit arithmetic")
  func tails() {
    let cases = vectors("t_cdf", as: TailCase.self)
    #expect(cases.count == 110)
    var accuracy = Accuracy()
    for expected in cases {
      let distribution = StudentT(degreesOfFreedom: expected.df)
      let place = "df \(expected.df) t \(expected.t)"
      accuracy.compare(distribution.upperTail(expected.t), expected.upper_tail, place)
      accuracy.compare(distribution.cumulative(-expected.t), expected.upper_tail, place)
      accuracy.compare(distribution.twoSided(-expected.t), expected.two_sided_p, place)
    }
    #expect(accuracy.worst < 1e-12, "\(accuracy)")
  }

  @Test("the quantile undoes the distribution function", arguments: [0.5, 1, 2, 3.7, 29, 1e4])
  func roundTrip(_ degreesOfFreedom: Double) {
    let distribution = StudentT(degreesOfFreedom: degreesOfFreedom)
    for tail in [1e-60, 1e-9, 0.01, 0.2499, 0.2501, 0.4999, 0.5, 0.75, 0.999] {
      var accuracy = Accuracy()
      accuracy.compare(
        distribution.upperTail(distribution.upperQuantile(tail)), tail, "tail \(tail)")
      #expect(accuracy.worst < 1e-12, "\(accuracy)")
    }
  }

  @Test("an infinite statistic leaves no probability")
  func infinite() {
    #expect(StudentT(degreesOfFreedom: 3).twoSided(.infinity) == 0)
    #expect(StudentT(degreesOfFreedom: 3).cumulative(-.infinity) == 0)
    #expect(StudentT(degreesOfFreedom: 1).upperTail(1e150) > 0)
  }
}

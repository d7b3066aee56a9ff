import Foundation
import Testing
import WeirKernel

/// The tests of fit have to refuse what is slightly wrong, or they would prove nothing.
@Suite struct GoodnessOfFitTests {
  @Test("a mean that is 8 % off is noticed")
  func wrongMean() {
    var samples = SampleKey(seed: 1).samples(Purpose(rawValue: 1))
    let values = (0..<20_000).map { _ in 1.08 * samples.exponential() }
    let distance = kolmogorovDistance(values) { 1 - exp(-$0) }
    #expect(distance > kolmogorovBound(count: values.count))
  }

  @Test("a die with one face a fifth too likely is noticed")
  func wrongDie() {
    var samples = SampleKey(seed: 1).samples(Purpose(rawValue: 1))
    var counts = [Double](repeating: 0, count: 6)
    for _ in 0..<20_000 { counts[min(5, Int(samples.below(62) / 10))] += 1 }
    let (statistic, bound) = chiSquare(counts, Array(repeating: 1.0 / 6, count: 6))
    #expect(statistic > bound)
  }

  @Test("a tail that is half too heavy is noticed")
  func wrongTail() {
    #expect(!usualCounts(of: 200_000, probability: 0.001).contains(300))
  }

  /// 99.99 % quantiles of chi-square, from scipy 1.17.1.
  @Test("the bound is that of chi-square", arguments: [(6, 25.74), (11, 35.56), (51, 95.97)])
  func chiSquareBound(cells: Int, quantile: Double) {
    let counts = [Double](repeating: 10, count: cells)
    let bound = chiSquare(counts, counts.map { $0 / Double(10 * cells) }).bound
    #expect(abs(bound / quantile - 1) < 0.03)
  }
}

import Foundation
import Testing
import WeirKernel

/// A continuous law beside its exact distribution function.
struct ContinuousCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var law: Distribution
  var distribution: @Sendable (Double) -> Double

  init(
    _ name: String, _ law: Distribution, _ distribution: @escaping @Sendable (Double) -> Double
  ) {
    testDescription = name
    self.law = law
    self.distribution = distribution
  }

  static let all: [ContinuousCase] =
    [
      ContinuousCase("uniform", .uniform(low: -2, high: 6)) { ($0 + 2) / 8 },
      ContinuousCase("exponential", .exponential(mean: 0.1)) { 1 - exp(-10 * $0) },
      ContinuousCase("normal", .normal(mean: 5, standardDeviation: 2)) { normal(($0 - 5) / 2) },
      ContinuousCase("lognormal", .lognormal(median: 3, sigma: 2.4)) { normal(log($0 / 3) / 2.4) },
      // A coefficient of variation of 1 is a sigma of √ln 2, and a median of mean/√2.
      ContinuousCase("lognormal by mean", .lognormal(mean: 0.1, variation: 1)) {
        normal(log($0 * 10 * 2.0.squareRoot()) / log(2.0).squareRoot())
      },
      ContinuousCase("pareto", .pareto(shape: 1.33, minimum: 10)) { 1 - pow(10 / $0, 1.33) },
      ContinuousCase("pareto without a mean", .pareto(shape: 0.6, minimum: 1)) {
        1 - pow($0, -0.6)
      },
      ContinuousCase("empirical", .empirical([4, 1, 2], gaps: .linear)) {
        $0 < 2 ? ($0 - 1) / 2 : 0.5 + ($0 - 2) / 4
      },
      ContinuousCase(
        "mixture",
        .mixture(
          weights: [3, 1],
          components: [.exponential(mean: 1), .uniform(low: 10, high: 12)])
      ) { 0.75 * (1 - exp(-$0)) + 0.25 * min(1, max(0, ($0 - 10) / 2)) },
      ContinuousCase("scaled and shifted", .exponential(mean: 1).scaled(by: -2).shifted(by: 7)) {
        exp(-(7 - $0) / 2)
      },
    ]
    + [0.05, 0.25, 0.5, 1, 1.5, 4, 50].map { shape in
      ContinuousCase("gamma \(shape)", .gamma(shape: shape, mean: 2)) {
        regularisedGamma(shape, $0 * shape / 2)
      }
    }
    + [0.5, 1, 2.5].map { shape in
      ContinuousCase("Weibull \(shape)", .weibull(shape: shape, scale: 3)) {
        1 - exp(-pow($0 / 3, shape))
      }
    }

  private static func normal(_ value: Double) -> Double { 0.5 * erfc(-value / 2.0.squareRoot()) }
}

/// A law of whole numbers beside the exact probabilities of 0, 1, 2 and so on.
struct DiscreteCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var law: Distribution
  var probabilities: [Double]

  static let all: [DiscreteCase] =
    [0, 0.01, 0.7, 3, 9.99, 10, 12.5, 100, 2500].map { mean in
      let last = Int(mean + 12 * mean.squareRoot() + 20)
      let logarithm = mean > 0 ? log(mean) : -.infinity
      return DiscreteCase(
        testDescription: "Poisson \(mean)", law: .poisson(mean: mean),
        probabilities: (0...last).map { count in
          let logFactorial: Double = lgamma(Double(count) + 1)
          return count == 0 ? exp(-mean) : exp(Double(count) * logarithm - mean - logFactorial)
        })
    }
    + [(0, 5), (0.5, 100), (0.99, 40), (1, 1), (1, 1000), (1.1, 500), (2.5, 3000), (40, 9)].map {
      (exponent: Double, count: Int) in
      let weights = (1...count).map { pow(Double($0), -exponent) }
      let total = weights.reduce(0, +)
      return DiscreteCase(
        testDescription: "Zipf \(exponent) of \(count)",
        law: .zipf(exponent: exponent, count: Int64(count)),
        probabilities: [0] + weights.map { $0 / total })
    }
    + [
      DiscreteCase(
        testDescription: "discrete",
        law: .discrete(values: [3, 0, 2, 1, 6], weights: [2, 0.5, 0, 5, 2.5]),
        probabilities: [0.05, 0.5, 0, 0.2, 0, 0, 0.25]),
      DiscreteCase(
        testDescription: "discrete with one value", law: .discrete(values: [2], weights: [9]),
        probabilities: [0, 0, 1]),
      DiscreteCase(
        testDescription: "steps", law: .empirical([5, 1, 1, 2], gaps: .steps),
        probabilities: [0, 0.5, 0.25, 0, 0, 0.25]),
      DiscreteCase(
        testDescription: "clamped",
        law: .empirical([5, 1, 1, 2], gaps: .steps).clamped(minimum: 2, maximum: 4),
        probabilities: [0, 0, 0.75, 0, 0.25]),
    ]
}

@Suite struct DistributionTests {
  @Test("samples follow the exact distribution function", arguments: ContinuousCase.all)
  func continuous(of entry: ContinuousCase) {
    expectLaw(seed: 11, { entry.law.sample(&$0) }, distribution: entry.distribution)
  }

  /// 20 of 20,000 samples are expected beyond the quantiles 0.1 % and 99.9 %.
  @Test("the tails are as heavy as they should be", arguments: ContinuousCase.all)
  func tails(of entry: ContinuousCase) {
    var samples = SampleKey(seed: 12).samples(Purpose(rawValue: 2))
    let count = 20_000
    var beyond = (low: 0, high: 0)
    for _ in 0..<count {
      let probability = entry.distribution(entry.law.sample(&samples))
      if probability < 0.001 { beyond.low += 1 }
      if probability > 0.999 { beyond.high += 1 }
    }
    expectCount(beyond.low, of: count, probability: 0.001)
    expectCount(beyond.high, of: count, probability: 0.001)
  }

  @Test("whole numbers come as often as they should", arguments: DiscreteCase.all)
  func discrete(of entry: DiscreteCase) {
    var samples = SampleKey(seed: 13).samples(Purpose(rawValue: 3))
    var counts = [Double](repeating: 0, count: entry.probabilities.count)
    for _ in 0..<20_000 {
      let value = Int(entry.law.sampleCount(&samples))
      guard counts.indices.contains(value) else {
        Issue.record("\(value) is beyond what can come")
        return
      }
      counts[value] += 1
    }
    expectFrequencies(counts, entry.probabilities)
  }

  @Test("a count is rounded half away from zero and held above its minimum")
  func counts() {
    var samples = SampleKey(seed: 1).samples(Purpose(rawValue: 4))
    func count(_ value: Double, minimum: Int64 = 0) -> Int64 {
      Distribution.constant(value).sampleCount(&samples, minimum: minimum)
    }
    #expect(count(2.5) == 3)
    #expect(count(2.4999) == 2)
    #expect(count(0.2, minimum: 1) == 1)
    #expect(count(-2.5, minimum: -10) == -3)
    #expect(count(-2.5) == 0)
    #expect(count(1e300) == .max)
    #expect(count(-1e300, minimum: 5) == 5)
  }

  @Test("the sample at an address is the same whatever cap is laid on it")
  func capsChangeNothingElse() {
    let law = Distribution.gamma(shape: 0.3, mean: 100)
    let capped = law.clamped(minimum: 1, maximum: 200)
    for index: UInt32 in 0..<500 {
      var samples = SampleKey(seed: 1).samples(Purpose(rawValue: 5), index: index)
      var others = samples
      #expect(capped.sample(&others) == max(1, min(200, law.sample(&samples))))
    }
  }
}

/// The regularised lower incomplete gamma function by its power series, for the tests alone.
func regularisedGamma(_ shape: Double, _ value: Double) -> Double {
  if value <= 0 { return 0 }
  let logGamma: Double = lgamma(shape + 1)
  var term = exp(shape * log(value) - value - logGamma)
  var sum = term
  var divisor = shape
  while term > 1e-17 * sum || divisor < value {
    divisor += 1
    term *= value / divisor
    sum += term
  }
  return min(1, sum)
}

import Testing
import WeirKernel

@Suite struct DistributionMeanTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var law: Distribution
    var mean: Double

    init(_ name: String, _ law: Distribution, _ mean: Double) {
      (testDescription, self.law, self.mean) = (name, law, mean)
    }
  }

  /// Closed forms, or quadrature of the tail and sums in 30 digits with mpmath 1.3.
  static let cases = [
    Case("constant", .constant(-3), -3),
    Case("uniform", .uniform(low: -2, high: 6), 2),
    Case("lognormal", .lognormal(median: 3, sigma: 2.4), 53.442819538836595),
    Case("lognormal by mean", .lognormal(mean: 0.1, variation: 3), 0.1),
    Case("gamma", .gamma(shape: 0.3, mean: 7), 7),
    Case("Weibull by scale", .weibull(shape: 0.5, scale: 3), 6),
    Case("Weibull by mean", .weibull(shape: 0.7, mean: 11), 11),
    Case("pareto", .pareto(shape: 1.5, minimum: 2), 6),
    Case("pareto without a mean", .pareto(shape: 1, minimum: 2), .infinity),
    Case("Zipf 0.8", .zipf(exponent: 0.8, count: 20_000), 3798.5442944496560),
    Case("Zipf 1", .zipf(exponent: 1, count: 5000), 549.78230059770730),
    Case("Zipf 2", .zipf(exponent: 2, count: 20_000), 6.3717124024108364),
    Case("Zipf 0", .zipf(exponent: 0, count: 1 << 32), 2_147_483_648.5),
    Case("empirical", .empirical([4, 1, 2], gaps: .linear), 2.25),
    Case("steps", .empirical([4, 1, 1], gaps: .steps), 2),
    Case("discrete", .discrete(values: [1, 10], weights: [3, 1]), 3.25),
    Case(
      "mixture",
      .mixture(weights: [1, 3], components: [.exponential(mean: 8), .poisson(mean: 4)]), 5),
    Case(
      "mixture without the mean of a weight of 0",
      .mixture(weights: [0, 1], components: [.pareto(shape: 1, minimum: 1), .constant(4)]), 4),
    Case("scaled and shifted", .exponential(mean: 2).scaled(by: -3).shifted(by: 1), -5),
  ]

  static let capped = [
    Case("exponential", .exponential(mean: 2).clamped(minimum: 1, maximum: 5), 2.0488913221774669),
    Case(
      "lognormal", .lognormal(median: 800, sigma: 1.3).clamped(minimum: 1, maximum: 4096),
      1326.7798890466971),
    Case(
      "normal", .normal(mean: 5, standardDeviation: 2).clamped(minimum: 0, maximum: 6),
      4.6084151595556443),
    Case(
      "gamma 0.25", .gamma(shape: 0.25, mean: 100).clamped(minimum: 1, maximum: 300),
      71.712051369192115),
    Case("gamma 4", .gamma(shape: 4, mean: 2).clamped(maximum: 3), 1.8834986476966812),
    Case(
      "Weibull", .weibull(shape: 0.5, scale: 3).clamped(minimum: 1, maximum: 20),
      4.6877003185665290),
    Case(
      "pareto", .pareto(shape: 1.33, minimum: 10).clamped(minimum: 20, maximum: 500),
      35.773694593875771),
    Case(
      "pareto 0.6", .pareto(shape: 0.6, minimum: 1).clamped(maximum: 1000), 38.122329811527837),
    Case("pareto 1", .pareto(shape: 1, minimum: 1).clamped(maximum: 1000), 7.9077552789821371),
    Case("Poisson 3", .poisson(mean: 3).clamped(minimum: 1, maximum: 4.5), 2.8227981343575834),
    Case("Poisson 20", .poisson(mean: 20).clamped(maximum: 22), 19.020503419512707),
    Case(
      "Zipf", .zipf(exponent: 1.1, count: 20_000).clamped(maximum: 3000), 556.63998238206266),
    Case("short Zipf", .zipf(exponent: 1.1, count: 100).clamped(maximum: 7), 4.5082026048902184),
    Case(
      "negative factor",
      .exponential(mean: 1).scaled(by: -2).shifted(by: 7).clamped(minimum: 0, maximum: 6),
      4.8473334474193702),
    Case(
      "twice", .exponential(mean: 2).clamped(maximum: 5).clamped(minimum: 1, maximum: 9),
      2.0488913221774669),
    Case(
      "mixture",
      .mixture(
        weights: [1, 1], components: [.exponential(mean: 2), .empirical([0, 2, 10], gaps: .steps)]
      ).clamped(minimum: 1, maximum: 5), 0.5 * 2.0488913221774669 + 0.5 * 8 / 3),
    Case("empirical", .empirical([0, 4, 6], gaps: .linear).clamped(minimum: 2, maximum: 5), 3.625),
    Case("one value", .normal(mean: 0, standardDeviation: 1).clamped(minimum: 3, maximum: 3), 3),
    Case("out of reach", .uniform(low: 0, high: 1).clamped(minimum: 3, maximum: 9), 3),
  ]

  @Test("the mean is that of the closed form", arguments: cases + capped)
  func mean(of entry: Case) {
    if entry.mean.isInfinite {
      #expect(entry.law.mean == entry.mean)
    } else {
      #expect(abs(entry.law.mean - entry.mean) <= 1e-12 * abs(entry.mean))
    }
  }

  /// Laws whose fourth moment is too large for 20,000 samples are left to the closed form.
  @Test("the mean of the samples agrees, within five standard errors", arguments: capped)
  func sampleMean(of entry: Case) {
    var samples = SampleKey(seed: 21).samples(Purpose(rawValue: 6))
    let values = (0..<20_000).map { _ in entry.law.sample(&samples) }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance =
      values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    let error = (variance / Double(values.count)).squareRoot()
    #expect(abs(mean - entry.law.mean) <= 5 * error + 1e-12)
  }

  /// Published moments: variance of the law over its mean squared.
  @Test(
    "the variance of the samples is that of the law",
    arguments: [
      (.exponential(mean: 3), 1), (.gamma(shape: 4, mean: 9), 0.25),
      (.gamma(shape: 0.5, mean: 1), 2), (.lognormal(mean: 2, variation: 0.5), 0.25),
      (.poisson(mean: 5), 0.2), (.poisson(mean: 40), 0.025), (.uniform(low: 0, high: 1), 1.0 / 3),
    ] as [(Distribution, Double)])
  func variance(law: Distribution, squaredVariation: Double) {
    var samples = SampleKey(seed: 22).samples(Purpose(rawValue: 6))
    let values = (0..<20_000).map { _ in law.sample(&samples) }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.map { ($0 - mean) * ($0 - mean) }
    let variance = squares.reduce(0, +) / Double(values.count - 1)
    let spread = squares.reduce(0) { $0 + ($1 - variance) * ($1 - variance) }
    let error = spread.squareRoot() / Double(values.count)
    #expect(abs(variance - squaredVariation * law.mean * law.mean) <= 5 * error)
  }
}

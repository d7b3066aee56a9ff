/// A law of random numbers, ready to be sampled: its parameters are checked and prepared once.
///
/// Sampling never allocates, uses no C library, and takes all its randomness from one address.
public struct Distribution: Hashable, Sendable {
  let law: Law

  /// The laws, each with what its sampler needs.
  indirect enum Law: Hashable, Sendable {
    case constant(Double)
    case uniform(low: Double, width: Double)
    case exponential(mean: Double)
    case normal(mean: Double, standardDeviation: Double)
    case lognormal(median: Double, sigma: Double)
    case gamma(GammaLaw)
    case weibull(shape: Double, scale: Double)
    case pareto(shape: Double, minimum: Double)
    case poisson(PoissonLaw)
    case zipf(ZipfLaw)
    case steps([Double])
    case interpolated([Double])
    case discrete(AliasTable, [Double])
    case mixture(AliasTable, [Distribution])
    case affine(Distribution, factor: Double, offset: Double)
    case clamped(Distribution, minimum: Double, maximum: Double)
  }

  init(_ law: Law) { self.law = law }

  /// Always `value`.
  public static func constant(_ value: Double) -> Distribution {
    precondition(value.isFinite, "a constant is finite")
    return Distribution(.constant(value))
  }

  /// Any number between `low` and `high`, equally likely; traps unless low ≤ high.
  public static func uniform(low: Double, high: Double) -> Distribution {
    precondition(low <= high && (high - low).isFinite, "a uniform law needs low <= high")
    return Distribution(.uniform(low: low, width: high - low))
  }

  /// The exponential law; traps unless the mean is at least 0.
  public static func exponential(mean: Double) -> Distribution {
    precondition(mean >= 0 && mean.isFinite, "an exponential law needs a mean >= 0")
    return Distribution(.exponential(mean: mean))
  }

  /// The normal law; traps unless the standard deviation is at least 0.
  public static func normal(mean: Double, standardDeviation: Double) -> Distribution {
    precondition(mean.isFinite, "a normal law needs a finite mean")
    precondition(
      standardDeviation >= 0 && standardDeviation.isFinite,
      "a normal law needs a standard deviation >= 0")
    return Distribution(.normal(mean: mean, standardDeviation: standardDeviation))
  }

  /// The law whose logarithm is normal around ln `median` with standard deviation `sigma`.
  ///
  /// Traps unless the median is positive and sigma at least 0.
  public static func lognormal(median: Double, sigma: Double) -> Distribution {
    precondition(median > 0 && median.isFinite, "a lognormal law needs a median > 0")
    precondition(sigma >= 0 && sigma.isFinite, "a lognormal law needs a sigma >= 0")
    return Distribution(.lognormal(median: median, sigma: sigma))
  }

  /// The lognormal law with this mean and coefficient of variation (deviation over mean).
  ///
  /// Traps unless the mean is positive and the coefficient at least 0.
  public static func lognormal(mean: Double, variation: Double) -> Distribution {
    precondition(variation >= 0 && variation.isFinite, "a lognormal law needs a variation >= 0")
    let spread = 1 + variation * variation
    return lognormal(
      median: mean / spread.squareRoot(), sigma: DeterministicMath.log(spread).squareRoot())
  }

  /// The gamma law; traps unless shape and mean are positive.
  public static func gamma(shape: Double, mean: Double) -> Distribution {
    precondition(shape > 0 && shape.isFinite, "a gamma law needs a shape > 0")
    precondition(mean > 0 && mean.isFinite, "a gamma law needs a mean > 0")
    return Distribution(.gamma(GammaLaw(shape: shape, mean: mean)))
  }

  /// The Weibull law of `scale`, its 63.2 % quantile; traps unless both are positive.
  public static func weibull(shape: Double, scale: Double) -> Distribution {
    precondition(shape > 0 && shape.isFinite, "a Weibull law needs a shape > 0")
    precondition(scale > 0 && scale.isFinite, "a Weibull law needs a scale > 0")
    return Distribution(.weibull(shape: shape, scale: scale))
  }

  /// The Weibull law of this mean; traps unless both are positive.
  public static func weibull(shape: Double, mean: Double) -> Distribution {
    precondition(shape > 0 && shape.isFinite, "a Weibull law needs a shape > 0")
    let meanOfScaleOne = DeterministicMath.exp(DeterministicMath.logGamma(1 + 1 / shape))
    return weibull(shape: shape, scale: mean / meanOfScaleOne)
  }

  /// The Pareto law, P(X > x) = (minimum / x)^shape; traps unless both are positive.
  public static func pareto(shape: Double, minimum: Double) -> Distribution {
    precondition(shape > 0 && shape.isFinite, "a Pareto law needs a shape > 0")
    precondition(minimum > 0 && minimum.isFinite, "a Pareto law needs a minimum > 0")
    return Distribution(.pareto(shape: shape, minimum: minimum))
  }

  /// The Poisson law; traps unless the mean is in 0...10¹².
  public static func poisson(mean: Double) -> Distribution {
    precondition(mean >= 0 && mean <= 1e12, "a Poisson law needs a mean from 0 to 1e12")
    return Distribution(.poisson(PoissonLaw(mean: mean)))
  }

  /// The ranks 1 to `count`, with weights rank^(−exponent).
  ///
  /// Traps unless the exponent is in 0...100 and the count in 1...2³².
  public static func zipf(exponent: Double, count: Int64) -> Distribution {
    precondition(exponent >= 0 && exponent <= 100, "a Zipf law needs an exponent from 0 to 100")
    precondition(count >= 1 && count <= 1 << 32, "a Zipf law needs 1 to 2^32 ranks")
    return Distribution(.zipf(ZipfLaw(exponent: exponent, count: count)))
  }
}

extension Distribution {
  /// The mean: exact but for rounding, +∞ for a Pareto law of shape 1 or less.
  ///
  /// Caps are accounted for, so that the mean of a capped law is that of its samples.
  public var mean: Double {
    switch law {
    case .constant(let value): return value
    case .uniform(let low, let width): return low + 0.5 * width
    case .exponential(let mean): return mean
    case .normal(let mean, _): return mean
    case .lognormal(let median, let sigma):
      return median * DeterministicMath.exp(0.5 * sigma * sigma)
    case .gamma(let law): return law.shape * law.scale
    case .weibull(let shape, let scale):
      return scale * DeterministicMath.exp(DeterministicMath.logGamma(1 + 1 / shape))
    case .pareto(let shape, let minimum):
      return shape > 1 ? shape / (shape - 1) * minimum : .infinity
    case .poisson(let law): return law.mean
    case .zipf(let law): return law.mean
    case .steps(let values): return values.reduce(0, +) / Double(values.count)
    case .interpolated(let values):
      let ends = values[0] + values[values.count - 1]
      return (values.reduce(0, +) - 0.5 * ends) / Double(values.count - 1)
    case .discrete(let table, let values):
      return zip(table.probabilities, values).reduce(0) { $0 + $1.0 * $1.1 }
    case .mixture(let table, let components):
      return zip(table.probabilities, components).reduce(0) {
        $1.0 > 0 ? $0 + $1.0 * $1.1.mean : $0
      }
    case .affine(let base, let factor, let offset): return offset + factor * base.mean
    case .clamped(let base, let minimum, let maximum): return base.clampedMean(minimum, maximum)
    }
  }
}

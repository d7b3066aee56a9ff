extension Distribution {
  /// The mean: exact but for rounding, +∞ for a Pareto law of shape 1 or less.
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
    case .clamped: return .nan
    }
  }
}

extension ZipfLaw {
  /// The mean rank: the sums of the first ranks, and Euler and Maclaurin for the rest.
  var mean: Double {
    powerSum(exponent - 1) / powerSum(exponent)
  }

  /// The sum of rank^(−power) over all ranks, to about 1e-14 of it.
  private func powerSum(_ power: Double) -> Double {
    let head = min(count, 1000)
    var sum = 0.0
    for rank in stride(from: head, through: 1, by: -1) {
      sum += DeterministicMath.pow(Double(rank), -power)
    }
    if head == count { return sum }
    // Sum over head < rank ≤ count: the integral, the ends, and the first two corrections.
    let (from, to) = (Double(head), Double(count))
    let (first, last) = (DeterministicMath.pow(from, -power), DeterministicMath.pow(to, -power))
    let integral = Self.area(to, power) - Self.area(from, power)
    let slopes = -power * (last / to - first / from) / 12
    let cubes =
      power * (power + 1) * (power + 2)
      * (last / (to * to * to) - first / (from * from * from)) / 720
    return sum + (integral + 0.5 * (last - first) + slopes + cubes)
  }
}

extension Distribution {
  /// The next number of this law, from the random words of `samples`.
  public func sample(_ samples: inout Samples) -> Double {
    switch law {
    case .constant(let value): return value
    case .uniform(let low, let width): return low + width * samples.uniform()
    case .exponential(let mean): return mean * samples.exponential()
    case .normal(let mean, let standardDeviation):
      return mean + standardDeviation * samples.normal()
    case .lognormal(let median, let sigma):
      return median * DeterministicMath.exp(sigma * samples.normal())
    case .gamma(let law): return law.sample(&samples)
    case .weibull(let shape, let scale):
      return scale * DeterministicMath.exp(DeterministicMath.log(samples.exponential()) / shape)
    case .pareto(let shape, let minimum):
      return minimum * DeterministicMath.exp(samples.exponential() / shape)
    case .poisson(let law): return law.sample(&samples)
    case .zipf(let law): return law.sample(&samples)
    case .steps(let values): return values[Int(samples.below(UInt64(values.count)))]
    case .interpolated(let values): return Self.interpolate(values, at: samples.uniform())
    case .discrete(let table, let values): return values[table.sample(&samples)]
    case .mixture(let table, let components):
      return components[table.sample(&samples)].sample(&samples)
    case .affine(let base, let factor, let offset):
      return offset + factor * base.sample(&samples)
    case .clamped(let base, let minimum, let maximum):
      return max(minimum, min(maximum, base.sample(&samples)))
    }
  }

  /// The next number, rounded to the nearest whole one, half away from zero, and at least
  /// `minimum`.
  ///
  /// Held within the range of `Int64`.
  public func sampleCount(_ samples: inout Samples, minimum: Int64 = 0) -> Int64 {
    let value = sample(&samples)
    guard value.magnitude < 9.2e18 else { return value > 0 ? .max : minimum }
    let whole = Int64(value)
    let rest = value - Double(whole)
    return max(minimum, rest >= 0.5 ? whole + 1 : (rest <= -0.5 ? whole - 1 : whole))
  }

  /// The quantile of type 7 at `probability` of at least two sorted values.
  static func interpolate(_ values: [Double], at probability: Double) -> Double {
    let position = probability * Double(values.count - 1)
    let index = min(Int(position), values.count - 2)
    let share = position - Double(index)
    return values[index] * (1 - share) + values[index + 1] * share
  }
}

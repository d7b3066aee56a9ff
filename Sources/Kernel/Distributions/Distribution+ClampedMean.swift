extension Distribution {
  /// The mean of this law with its samples held within `low` and `high`.
  ///
  /// Caps move inwards to the plain laws, whose mean between caps is known in closed form:
  /// E[min(X, b)] = E[X] − E[(X − b)⁺], and so on.
  func clampedMean(_ low: Double, _ high: Double) -> Double {
    switch law {
    case .mixture(let table, let components):
      return zip(table.probabilities, components).reduce(0) {
        $1.0 > 0 ? $0 + $1.0 * $1.1.clampedMean(low, high) : $0
      }
    case .affine(let base, let factor, let offset):
      if factor == 0 { return max(low, min(high, offset)) }
      let ends = ((low - offset) / factor, (high - offset) / factor)
      return offset + factor * base.clampedMean(min(ends.0, ends.1), max(ends.0, ends.1))
    case .clamped(let base, let minimum, let maximum):
      return base.clampedMean(
        max(low, min(high, minimum)), max(low, min(high, maximum)))
    case .pareto(let shape, let minimum):
      return Self.clampedParetoMean(shape: shape, minimum: minimum, low, high)
    default:
      if low == high { return low }
      let beyond = high == .infinity ? 0 : meanExcess(over: high)
      return low == -.infinity ? mean - beyond : low + meanExcess(over: low) - beyond
    }
  }

  /// Finite even where the mean without a cap is not.
  private static func clampedParetoMean(
    shape: Double, minimum: Double, _ low: Double, _ high: Double
  ) -> Double {
    let start = max(low, minimum)
    if start >= high { return high }
    if shape == 1 { return start + minimum * DeterministicMath.log(high / start) }
    // The integral of (minimum/x)^shape from the start to the high cap.
    let atStart = start * DeterministicMath.pow(minimum / start, shape)
    let atHigh =
      high == .infinity
      ? (shape > 1 ? 0 : .infinity)
      : high * DeterministicMath.pow(minimum / high, shape)
    return start + (atStart - atHigh) / (shape - 1)
  }

  /// E[(X − t)⁺], by how much this plain law exceeds `threshold` on average.
  private func meanExcess(over threshold: Double) -> Double {
    switch law {
    case .constant(let value): return max(0, value - threshold)
    case .uniform(let low, let width):
      return Self.uniformExcess(from: low, to: low + width, over: threshold)
    case .exponential(let mean):
      if threshold <= 0 || mean == 0 { return max(0, mean - threshold) }
      return mean * DeterministicMath.exp(-threshold / mean)
    case .normal(let mean, let standardDeviation):
      if standardDeviation == 0 { return max(0, mean - threshold) }
      let distance = (threshold - mean) / standardDeviation
      let density = 0.3989422804014327 * DeterministicMath.exp(-0.5 * distance * distance)
      return standardDeviation * (density - distance * DeterministicMath.normalTail(distance))
    case .lognormal(let median, let sigma):
      if threshold <= 0 || sigma == 0 { return max(0, mean - threshold) }
      let distance = DeterministicMath.log(threshold / median) / sigma
      return mean * DeterministicMath.normalTail(distance - sigma)
        - threshold * DeterministicMath.normalTail(distance)
    case .gamma(let law): return law.meanExcess(over: threshold)
    case .weibull(let shape, let scale):
      if threshold <= 0 { return mean - threshold }
      let power = DeterministicMath.pow(threshold / scale, shape)
      return mean * DeterministicMath.upperGamma(shape: 1 / shape, power)
    case .poisson(let law): return law.meanExcess(over: threshold)
    case .zipf(let law): return law.meanExcess(over: threshold)
    case .steps(let values):
      return values.reduce(0) { $0 + max(0, $1 - threshold) } / Double(values.count)
    case .interpolated(let values):
      return zip(values, values.dropFirst()).reduce(0) {
        $0 + Self.uniformExcess(from: $1.0, to: $1.1, over: threshold)
      } / Double(values.count - 1)
    case .discrete(let table, let values):
      return zip(table.probabilities, values).reduce(0) { $0 + $1.0 * max(0, $1.1 - threshold) }
    case .pareto, .mixture, .affine, .clamped:
      preconditionFailure("caps of composite laws move inwards")
    }
  }

  private static func uniformExcess(
    from low: Double, to high: Double, over threshold: Double
  ) -> Double {
    if threshold <= low { return 0.5 * (low + high) - threshold }
    if threshold >= high { return 0 }
    return 0.5 * (high - threshold) * (high - threshold) / (high - low)
  }
}

extension GammaLaw {
  func meanExcess(over threshold: Double) -> Double {
    if threshold <= 0 { return shape * scale - threshold }
    let value = threshold / scale
    return shape * scale * DeterministicMath.upperGamma(shape: shape + 1, value)
      - threshold * DeterministicMath.upperGamma(shape: shape, value)
  }
}

extension PoissonLaw {
  func meanExcess(over threshold: Double) -> Double {
    if threshold < 0 || mean == 0 { return max(0, mean - threshold) }
    // X ≥ n exactly when a gamma number of shape n is at most the mean.
    let next = Double(Int64(threshold)) + 1
    let reachesNext = 1 - DeterministicMath.upperGamma(shape: next, mean)
    let reachesThis =
      next == 1 ? 1 : 1 - DeterministicMath.upperGamma(shape: next - 1, mean)
    return mean * reachesThis - threshold * reachesNext
  }
}

/// The sampler of a gamma law.
///
/// Source: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; below a
/// shape of 1, their product with a power of a uniform number.
struct GammaLaw: Hashable, Sendable {
  let shape: Double
  let scale: Double
  private let center: Double
  private let slope: Double

  init(shape: Double, mean: Double) {
    self.shape = shape
    scale = mean / shape
    center = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
    slope = 1 / (9 * center).squareRoot()
  }

  func sample(_ samples: inout Samples) -> Double {
    let value = scale * sampleAboveOne(&samples)
    // U^(1/shape) as the exponential of an exponential number, which saves a logarithm.
    return shape < 1 ? value * DeterministicMath.exp(-samples.exponential() / shape) : value
  }

  private func sampleAboveOne(_ samples: inout Samples) -> Double {
    while true {
      let normal = samples.normal()
      let root = 1 + slope * normal
      if root <= 0 { continue }
      let cube = root * root * root
      let uniform = samples.uniform()
      let square = normal * normal
      if uniform < 1 - 0.0331 * square * square { return center * cube }
      let bound = 0.5 * square + center * (1 - cube + DeterministicMath.log(cube))
      if DeterministicMath.log(uniform) < bound { return center * cube }
    }
  }
}

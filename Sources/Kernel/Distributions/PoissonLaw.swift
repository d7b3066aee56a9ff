/// The sampler of a Poisson law: by inversion below a mean of 10, by rejection from there on.
///
/// Source: Hörmann, "The transformed rejection method for generating Poisson random variables",
/// 1993, algorithm PTRS.
struct PoissonLaw: Hashable, Sendable {
  let mean: Double
  /// P(X = 0), for inversion.
  private let probabilityOfNone: Double
  private let logMean: Double
  private let width: Double
  private let skew: Double
  private let logInverseAlpha: Double
  private let sureHeight: Double

  init(mean: Double) {
    self.mean = mean
    probabilityOfNone = DeterministicMath.exp(-mean)
    logMean = mean > 0 ? DeterministicMath.log(mean) : 0
    width = 0.931 + 2.53 * mean.squareRoot()
    skew = -0.059 + 0.02483 * width
    logInverseAlpha = mean >= 10 ? DeterministicMath.log(1.1239 + 1.1328 / (width - 3.4)) : 0
    sureHeight = mean >= 10 ? 0.9277 - 3.6224 / (width - 2) : 0
  }

  func sample(_ samples: inout Samples) -> Double {
    mean < 10 ? sampleByInversion(&samples) : sampleByRejection(&samples)
  }

  private func sampleByInversion(_ samples: inout Samples) -> Double {
    var rest = samples.uniform()
    var probability = probabilityOfNone
    var count = 0.0
    // The bound is met only by the rounding error of the probabilities, far below 2⁻⁵³ of cases.
    while rest > probability && count < 200 {
      rest -= probability
      count += 1
      probability *= mean / count
    }
    return count
  }

  private func sampleByRejection(_ samples: inout Samples) -> Double {
    while true {
      let offset = samples.uniform() - 0.5
      let height = samples.uniform()
      let side = 0.5 - offset.magnitude
      let position = (2 * skew / side + width) * offset + mean + 0.43
      if position < 0 { continue }
      let count = Double(Int64(position))
      if side >= 0.07 && height <= sureHeight { return count }
      if side < 0.013 && height > side { continue }
      let left =
        DeterministicMath.log(height) + logInverseAlpha
        - DeterministicMath.log(skew / (side * side) + width)
      let right = count * logMean - mean - DeterministicMath.logGamma(count + 1)
      if left <= right { return count }
    }
  }
}

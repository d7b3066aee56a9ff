extension DeterministicMath {
  /// The regularised upper incomplete gamma function Q(a, x) for positive `shape` and x ≥ 0.
  ///
  /// Q(a, x) is the probability that a gamma number of shape a and scale 1 exceeds x. Error: below
  /// 1e-13 for shapes up to 100, growing in proportion beyond. Source: the power series below
  /// a + 1, the continued fraction by Lentz's method above (Abramowitz and Stegun 6.5.29, 6.5.31).
  static func upperGamma(shape: Double, _ value: Double) -> Double {
    if value <= 0 { return 1 }
    if value == .infinity { return 0 }
    let scale = exp(shape * log(value) - value - logGamma(shape))
    if value < shape + 1 { return 1 - scale * lowerSeries(shape: shape, value) }
    return scale * upperFraction(shape: shape, value)
  }

  /// The probability that a normal number of mean 0 and deviation 1 exceeds `value`.
  public static func normalTail(_ value: Double) -> Double {
    let half = 0.5 * upperGamma(shape: 0.5, 0.5 * value * value)
    return value < 0 ? 1 - half : half
  }

  private static func lowerSeries(shape: Double, _ value: Double) -> Double {
    var term = 1 / shape
    var sum = term
    var divisor = shape
    while term > 0x1p-54 * sum {
      divisor += 1
      term *= value / divisor
      sum += term
    }
    return sum
  }

  private static func upperFraction(shape: Double, _ value: Double) -> Double {
    var constant = value + 1 - shape
    var numerator = 1 / 1e-300
    var denominator = 1 / constant
    var fraction = denominator
    var index = 0.0
    while index < 100_000 {
      index += 1
      let factor = index * (shape - index)
      constant += 2
      denominator = 1 / (factor * denominator + constant)
      numerator = constant + factor / numerator
      let change = denominator * numerator
      fraction *= change
      if (change - 1).magnitude < 0x1p-52 { break }
    }
    return fraction
  }
}

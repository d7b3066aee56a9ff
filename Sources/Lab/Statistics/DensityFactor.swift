import WeirKernel

/// Density factors without cancellation, the common ground of the gamma and beta families.
///
/// Source: Loader, "Fast and accurate computation of binomial probabilities", 2000. Differences of
/// `logGamma` would lose six digits at half a million degrees of freedom; these lose none.
enum DensityFactor {
  /// ln(2π) / 2.
  static let halfLogOfTwoPi = 0.918938533204672742

  /// ln Γ(z + 1) − [(z + ½) ln z − z + ½ ln 2π], the error of Stirling's formula, for z > 0.
  static func stirlingError(_ value: Double) -> Double {
    var shifted = value
    var correction = 0.0
    while shifted < 16 {
      correction += (shifted + 0.5) * logOnePlus(1 / shifted) - 1
      shifted += 1
    }
    let inverse = 1 / shifted
    let z = inverse * inverse
    let series =
      inverse
      * (1.0 / 12
        - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188)))))
    return series + correction
  }

  /// value · ln(value / expected) + expected − value, accurate also where the two are close.
  static func deviance(_ value: Double, from expected: Double) -> Double {
    let distance = value - expected
    guard distance.magnitude < 0.1 * (value + expected) else {
      return value * DeterministicMath.log(value / expected) - distance
    }
    let slope = distance / (value + expected)
    var sum = distance * slope
    var term = 2 * value * slope
    var odd = 3.0
    while true {
      term *= slope * slope
      let next = sum + term / odd
      if next == sum { return next }
      sum = next
      odd += 2
    }
  }

  /// x^a · e^−x / Γ(a): a gamma density times x.
  static func gamma(_ x: Double, shape a: Double) -> Double {
    let exponent = stirlingError(a) + deviance(a, from: x) + halfLogOfTwoPi
    return a.squareRoot() * DeterministicMath.exp(-exponent)
  }

  /// x^a · y^b / B(a, b), where y = 1 − x: a beta density times x · y.
  ///
  /// Both x and y are given, since each of them may be too close to 1 to derive the other from it.
  static func beta(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    let n = a + b
    let exponent =
      stirlingError(a) + stirlingError(b) - stirlingError(n)
      + deviance(a, from: n * x) + deviance(b, from: n * y) + halfLogOfTwoPi
    return (a * (b / n)).squareRoot() * DeterministicMath.exp(-exponent)
  }

  /// ln(1 + x) without losing the digits of a small x.
  ///
  /// Source: Kahan's correction of the logarithm by the rounding of 1 + x.
  static func logOnePlus(_ x: Double) -> Double {
    let sum = 1 + x
    return sum == 1 ? x : DeterministicMath.log(sum) * (x / (sum - 1))
  }
}

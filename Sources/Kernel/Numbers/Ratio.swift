/// An exact ratio of two integers, not negative, in lowest terms: a price, a share, a rate.
@frozen
public struct Ratio: Hashable, Sendable {
  /// The upper number, at least 0.
  public let numerator: Int64

  /// The lower number, at least 1.
  public let denominator: Int64

  /// Creates `numerator / denominator` in lowest terms; traps unless they are ≥ 0 and ≥ 1.
  public init(_ numerator: Int64, over denominator: Int64 = 1) {
    precondition(numerator >= 0, "a ratio is not negative")
    precondition(denominator >= 1, "a ratio needs a positive denominator")
    let divisor = greatestCommonDivisor(
      numerator.magnitude, denominator.magnitude)
    self.numerator = numerator / Int64(divisor)
    self.denominator = denominator / Int64(divisor)
  }

  /// Nothing.
  public static let zero = Ratio(0)

  /// One whole.
  public static let one = Ratio(1)

  /// Which whole number stands for an exact value between two of them.
  public enum Rounding: Sendable {
    /// The one below.
    case down
    /// The one above.
    case up
    /// The nearest one; the one above from exactly one half on.
    case halfUp
  }

  /// The product of this ratio and `count`, exact, then rounded once; nothing beyond `Int64`.
  ///
  /// Traps on a negative count. Computed in 128 bits.
  @inlinable
  public func times(_ count: Int64, rounding: Rounding) -> Int64? {
    precondition(count >= 0, "a ratio scales a count that is not negative")
    let product = UInt128(numerator.magnitude) * UInt128(count.magnitude)
    return Int64(exactly: rounding.quotient(product, by: UInt128(denominator.magnitude)))
  }

  /// The nearest floating-point number, for reports; never for a decision.
  public var approximation: Double { Double(numerator) / Double(denominator) }
}

extension Ratio: Comparable {
  /// Whether `left` is less than `right`, exactly, by full-width products.
  @inlinable
  public static func < (left: Ratio, right: Ratio) -> Bool {
    UInt128(left.numerator.magnitude) * UInt128(right.denominator.magnitude)
      < UInt128(right.numerator.magnitude) * UInt128(left.denominator.magnitude)
  }
}

extension Ratio.Rounding {
  /// The whole number that stands for `dividend / divisor`.
  @inlinable
  func quotient(_ dividend: UInt128, by divisor: UInt128) -> UInt128 {
    let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
    switch self {
    case .down: return quotient
    case .up: return rest == 0 ? quotient : quotient + 1
    case .halfUp: return rest >= divisor - rest ? quotient + 1 : quotient
    }
  }
}

/// The greatest number that divides both; the other one when one of them is 0.
func greatestCommonDivisor<Number: FixedWidthInteger & UnsignedInteger>(
  _ first: Number, _ second: Number
) -> Number {
  var (larger, smaller) = (first, second)
  while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
  return larger
}

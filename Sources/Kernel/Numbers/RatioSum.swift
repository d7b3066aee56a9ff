/// A sum of ratios times counts, kept exactly, so that a charge is rounded once and not per part.
@frozen
public struct RatioSum: Hashable, Sendable {
  @usableFromInline var numerator: UInt128 = 0
  @usableFromInline var denominator: UInt128 = 1

  /// Creates the empty sum.
  @inlinable
  public init() {}

  /// Adds `ratio · count` and returns true, or returns false and adds nothing on overflow.
  ///
  /// Decimal prices share their denominators, so that 128 bits hold any real bill. Traps on a
  /// negative count.
  @inlinable
  public mutating func add(_ ratio: Ratio, times count: Int64) -> Bool {
    precondition(count >= 0, "a sum of ratios takes counts that are not negative")
    let term = UInt128(ratio.numerator.magnitude) * UInt128(count.magnitude)
    let termDenominator = UInt128(ratio.denominator.magnitude)
    if termDenominator == denominator {
      let (sum, overflow) = numerator.addingReportingOverflow(term)
      if overflow { return false }
      numerator = sum
      return true
    }
    return add(term, over: termDenominator)
  }

  /// The whole number that stands for the sum; nothing beyond `Int64`.
  @inlinable
  public func rounded(_ rounding: Ratio.Rounding) -> Int64? {
    Int64(exactly: rounding.quotient(numerator, by: denominator))
  }

  @usableFromInline
  mutating func add(_ term: UInt128, over termDenominator: UInt128) -> Bool {
    let divisor = greatestCommonDivisor(denominator, termDenominator)
    let ownFactor = termDenominator / divisor
    let (common, overflow) = denominator.multipliedReportingOverflow(by: ownFactor)
    let own = numerator.multipliedReportingOverflow(by: ownFactor)
    let other = term.multipliedReportingOverflow(by: denominator / divisor)
    let sum = own.partialValue.addingReportingOverflow(other.partialValue)
    if overflow || own.overflow || other.overflow || sum.overflow { return false }
    numerator = sum.partialValue
    denominator = common
    return true
  }
}

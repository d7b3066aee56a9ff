/// A whole number of a product's units: what limits count and decisions share out.
///
/// The unit is the product's own (a message, a weighted token, a clip-second); two products may
/// mean different things by it.
@frozen
public struct Units: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral {
  /// The number of units; negative only where a layer keeps debt.
  public var count: Int64

  /// Creates `count` units.
  @inlinable
  public init(_ count: Int64) { self.count = count }

  /// Creates the number of units that a literal in code names.
  @inlinable
  public init(integerLiteral count: Int64) { self.count = count }

  /// No units.
  @inlinable
  public static var zero: Units { Units(0) }

  /// Whether `left` is fewer units than `right`.
  @inlinable
  public static func < (left: Units, right: Units) -> Bool { left.count < right.count }

  /// The sum; traps on overflow.
  @inlinable
  public static func + (left: Units, right: Units) -> Units { Units(left.count + right.count) }

  /// The difference; traps on overflow.
  @inlinable
  public static func - (left: Units, right: Units) -> Units { Units(left.count - right.count) }

  /// As many units below zero.
  @inlinable
  public static prefix func - (units: Units) -> Units { Units(-units.count) }

  /// Adds `right`; traps on overflow.
  @inlinable
  public static func += (left: inout Units, right: Units) { left.count += right.count }

  /// Subtracts `right`; traps on overflow.
  @inlinable
  public static func -= (left: inout Units, right: Units) { left.count -= right.count }
}

/// An amount of money in whole micro-credits: 1,000,000 to the credit.
///
/// A sum that 64 bits do not hold is ``most``, or as far below zero: prices and balances are a
/// scenario's to choose, so that no sum of them may trap. Who keeps books sees to it that none gets
/// there unnoticed.
@frozen
public struct Credits: Hashable, Comparable, Sendable {
  /// The amount in micro-credits.
  public var micro: Int64

  /// Creates an amount of `micro` micro-credits.
  @inlinable
  public init(micro: Int64) { self.micro = micro }

  /// No money.
  @inlinable
  public static var zero: Credits { Credits(micro: 0) }

  /// The greatest amount, some nine thousand billion credits.
  @inlinable
  public static var most: Credits { Credits(micro: .max) }

  /// The size of the amount, whatever its sign.
  @inlinable
  public var magnitude: Credits { micro < 0 ? -self : self }

  /// Whether `left` is less money than `right`.
  @inlinable
  public static func < (left: Credits, right: Credits) -> Bool { left.micro < right.micro }

  /// The sum.
  @inlinable
  public static func + (left: Credits, right: Credits) -> Credits {
    let (sum, overflow) = left.micro.addingReportingOverflow(right.micro)
    // Both have the sign of the sum that does not fit.
    return Credits(micro: overflow ? (left.micro < 0 ? -.max : .max) : sum)
  }

  /// The difference.
  @inlinable
  public static func - (left: Credits, right: Credits) -> Credits {
    let (difference, overflow) = left.micro.subtractingReportingOverflow(right.micro)
    return Credits(micro: overflow ? (left.micro < 0 ? -.max : .max) : difference)
  }

  /// Adds `right`.
  @inlinable
  public static func += (left: inout Credits, right: Credits) { left = left + right }

  /// Subtracts `right`.
  @inlinable
  public static func -= (left: inout Credits, right: Credits) { left = left - right }

  /// The opposite amount.
  @inlinable
  public static prefix func - (amount: Credits) -> Credits { .zero - amount }
}

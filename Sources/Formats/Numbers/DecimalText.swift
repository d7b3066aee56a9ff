/// A decimal number exactly as written: sign, digits and a power of ten.
///
/// The value is ±`digits` × 10^`exponent`; `digits` has no zero at its end, and zero is 0 × 10⁰.
/// At most 38 significant digits and exponents of magnitude at most 9999 can be held.
public struct DecimalText: Hashable, Sendable {
  /// Whether the number is below zero.
  public let isNegative: Bool

  /// The significant digits as a whole number.
  public let digits: UInt128

  /// The power of ten that the digits are multiplied by.
  public let exponent: Int

  /// Zero.
  public static let zero = DecimalText(isNegative: false, digits: 0, exponent: 0)

  private init(isNegative: Bool, digits: UInt128, exponent: Int) {
    self.isNegative = isNegative && digits > 0
    self.digits = digits
    self.exponent = exponent
  }

  /// The whole number `value`.
  public init(_ value: Int64) {
    self.init(isNegative: value < 0, normalizing: UInt128(value.magnitude), exponent: 0)
  }

  private init(isNegative: Bool, normalizing digits: UInt128, exponent: Int) {
    var digits = digits
    var exponent = digits == 0 ? 0 : exponent
    while digits > 0, digits.isMultiple(of: 10) {
      digits /= 10
      exponent += 1
    }
    self.init(isNegative: isNegative, digits: digits, exponent: exponent)
  }

  /// Reads the JSON form of a number, such as `-12.5` or `1e-6`; `nil` when it is not one.
  public init?(_ text: some StringProtocol) {
    self.init(bytes: text.utf8)
  }

  /// Reads the JSON form of a number from bytes; `nil` when it is not one or cannot be held.
  public init?(bytes: some Collection<UInt8>) {
    guard let shape = NumberShape(bytes) else { return nil }
    var digits: UInt128 = 0
    var exponent = 0
    var zeros = 0
    for (index, byte) in shape.digits.enumerated() {
      let isFraction = index >= shape.wholeDigits
      if byte == UInt8(ascii: "0") {
        zeros += 1
        if isFraction { exponent -= 1 }
        continue
      }
      for _ in 0..<(digits == 0 ? 0 : zeros) {
        let (product, overflows) = digits.multipliedReportingOverflow(by: 10)
        if overflows { return nil }
        digits = product
      }
      zeros = 0
      let (product, overflows) = digits.multipliedReportingOverflow(by: 10)
      let (sum, carries) = product.addingReportingOverflow(UInt128(byte - UInt8(ascii: "0")))
      if overflows || carries || sum >= DecimalText.limit { return nil }
      digits = sum
      if isFraction { exponent -= 1 }
    }
    guard let written = shape.exponent else { return nil }
    if digits > 0, !(-9999...9999).contains(exponent + zeros + written) { return nil }
    self.init(
      isNegative: shape.isNegative, digits: digits,
      exponent: digits == 0 ? 0 : exponent + zeros + written)
  }

  /// 10³⁸, above all numbers of 38 digits.
  private static let limit: UInt128 = 100_000_000_000_000_000_000_000_000_000_000_000_000

  /// The number times 10^`power` when that is a whole number in the range of `Int64`.
  ///
  /// `scaled(by: 6)` of a price in credits is the price in micro-credits.
  public func scaled(by power: Int) -> Int64? {
    guard let magnitude = magnitude(scaledBy: power) else { return nil }
    return Int64(exactly: isNegative ? -magnitude : magnitude)
  }

  /// The number when it is whole and in the range of `UInt64`.
  var unsigned: UInt64? {
    isNegative ? nil : magnitude(scaledBy: 0).flatMap { UInt64(exactly: $0) }
  }

  private func magnitude(scaledBy power: Int) -> Int128? {
    if digits == 0 { return 0 }
    let shift = exponent + power
    guard (0...19).contains(shift), digits <= UInt64.max else { return nil }
    return (0..<shift).reduce(Int128(digits)) { product, _ in product * 10 }
  }

  /// The number as a reduced fraction whose parts fit in `Int64`; `nil` when they do not.
  public var fraction: (numerator: Int64, denominator: Int64)? {
    if exponent >= 0 { return scaled(by: 0).map { ($0, 1) } }
    guard exponent >= -38 else { return nil }
    var denominator: UInt128 = 1
    var numerator = digits
    for _ in 0..<(-exponent) { denominator *= 10 }
    for prime in [2, 5] as [UInt128] {
      while numerator.isMultiple(of: prime), denominator.isMultiple(of: prime) {
        numerator /= prime
        denominator /= prime
      }
    }
    guard let top = Int64(exactly: numerator), let bottom = Int64(exactly: denominator) else {
      return nil
    }
    return (isNegative ? -top : top, bottom)
  }

  /// The nearest floating-point number; infinite when there is none.
  public var double: Double { Double(description) ?? .nan }

  /// The order of two numbers, exactly.
  public static func < (left: DecimalText, right: DecimalText) -> Bool {
    if left.sign != right.sign { return left.sign < right.sign }
    if left == right { return false }
    return magnitudeIsSmaller(left, right) != left.isNegative
  }

  private var sign: Int { digits == 0 ? 0 : isNegative ? -1 : 1 }

  private static func magnitudeIsSmaller(_ left: DecimalText, _ right: DecimalText) -> Bool {
    let leftDigits = String(left.digits)
    let rightDigits = String(right.digits)
    let leftPoint = leftDigits.utf8.count + left.exponent
    let rightPoint = rightDigits.utf8.count + right.exponent
    if leftPoint != rightPoint { return leftPoint < rightPoint }
    return leftDigits < rightDigits
  }
}

extension DecimalText: Comparable, CustomStringConvertible {
  /// The number in plain digits when short, otherwise with an exponent.
  public var description: String {
    let sign = isNegative ? "-" : ""
    let text = String(digits)
    if exponent == 0 || digits == 0 { return sign + text }
    if exponent > 0 {
      return text.count + exponent <= 21
        ? sign + text + String(repeating: "0", count: exponent) : "\(sign)\(text)e\(exponent)"
    }
    if -exponent >= 39 { return "\(sign)\(text)e\(exponent)" }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - text.count)) + text
    return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
  }
}

/// The parts of a number in JSON form: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
struct NumberShape {
  /// Whether it starts with a minus sign.
  var isNegative = false
  /// All digits before the exponent, as characters.
  var digits: [UInt8] = []
  /// How many of them stand before the point.
  var wholeDigits = 0
  /// The written exponent; `nil` when it has more than eight digits.
  var exponent: Int? = 0

  /// Takes a number apart; `nil` when it does not have the form.
  init?(_ bytes: some Collection<UInt8>) {
    var rest = Array(bytes)[...]
    isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest.removeFirst() }
    digits = NumberShape.takeDigits(&rest)
    wholeDigits = digits.count
    if wholeDigits == 0 || (wholeDigits > 1 && digits[0] == UInt8(ascii: "0")) { return nil }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let fraction = NumberShape.takeDigits(&rest)
      if fraction.isEmpty { return nil }
      digits += fraction
    }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      let isDown = rest.first == UInt8(ascii: "-")
      if isDown || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      let all = NumberShape.takeDigits(&rest)
      if all.isEmpty { return nil }
      let written = all.drop { $0 == UInt8(ascii: "0") }
      exponent = written.count > 8 ? nil : written.reduce(0) { $0 * 10 + Int($1 & 15) }
      if isDown { exponent = exponent.map { -$0 } }
    }
    if !rest.isEmpty { return nil }
  }

  private static func takeDigits(_ bytes: inout ArraySlice<UInt8>) -> [UInt8] {
    let digits = Array(bytes.prefix(while: isDigit))
    bytes = bytes.dropFirst(digits.count)
    return digits
  }
}

/// Whether a byte is one of `0` to `9`.
@inlinable
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

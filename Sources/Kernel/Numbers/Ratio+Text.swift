extension Ratio {
  /// Reads a decimal number such as `113`, `0.0125` or `1e-3`, exactly, without floating point.
  ///
  /// Digits with an optional fraction and an optional exponent, no sign, no space; a digit on each
  /// side of the point. Fails on any other text and when the ratio does not fit 64 bits.
  public init?(decimal text: String) {
    var reader = DecimalReader(rest: text.utf8[...])
    guard reader.readWhole(), reader.readFraction(), reader.readExponent(), reader.rest.isEmpty
    else { return nil }
    guard let ratio = reader.ratio else { return nil }
    self = ratio
  }
}

/// The state of reading decimal text: digits so far, and the power of ten they stand for.
private struct DecimalReader {
  var rest: Substring.UTF8View
  /// The digits read, without the zeros that end them.
  var digits: Int64 = 0
  /// Zeros that have been read but not yet multiplied in, since nothing may follow them.
  var pendingZeros = 0
  var fractionDigits = 0
  var exponent = 0

  mutating func readWhole() -> Bool { readDigits() != nil }

  mutating func readFraction() -> Bool {
    guard rest.first == UInt8(ascii: ".") else { return true }
    rest.removeFirst()
    guard let count = readDigits() else { return false }
    fractionDigits = count
    return true
  }

  mutating func readExponent() -> Bool {
    guard let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") else { return true }
    rest.removeFirst()
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest.removeFirst()
    }
    guard !rest.isEmpty else { return false }
    while let digit = nextDigit() {
      exponent = min(exponent * 10 + Int(digit), 1_000_000_000)
    }
    if isNegative { exponent = -exponent }
    return true
  }

  /// Reads digits and returns how many, or nothing when there is none or they are too many.
  mutating func readDigits() -> Int? {
    var count = 0
    while let digit = nextDigit() {
      count += 1
      pendingZeros += 1
      if digit == 0 { continue }
      guard let shifted = scaled(digits, byPowerOfTen: pendingZeros) else { return nil }
      let (sum, overflow) = shifted.addingReportingOverflow(digit)
      guard !overflow else { return nil }
      digits = sum
      pendingZeros = 0
    }
    return count > 0 ? count : nil
  }

  mutating func nextDigit() -> Int64? {
    guard let byte = rest.first, byte >= 0x30, byte <= 0x39 else { return nil }
    rest.removeFirst()
    return Int64(byte - 0x30)
  }

  var ratio: Ratio? {
    if digits == 0 { return .zero }
    let power = exponent + pendingZeros - fractionDigits
    if power >= 0 { return scaled(digits, byPowerOfTen: power).map { Ratio($0) } }
    // The digits may share factors with the power of ten, so it is reduced as it is built.
    var upper = digits
    var lower: Int64 = 1
    for _ in 0..<(-power) {
      var factor: Int64 = 10
      for prime: Int64 in [2, 5] where upper % prime == 0 {
        upper /= prime
        factor /= prime
      }
      let (product, overflow) = lower.multipliedReportingOverflow(by: factor)
      if overflow { return nil }
      lower = product
    }
    return Ratio(upper, over: lower)
  }

  func scaled(_ number: Int64, byPowerOfTen power: Int) -> Int64? {
    var result = number
    if number == 0 { return 0 }
    for _ in 0..<power {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      result = product
    }
    return result
  }
}

/// The shortest decimal digits of a finite number and the power of ten that places them.
struct ShortestDigits {
  private let isNegative: Bool
  /// The significant digits as a whole number of at most 17 digits, without zeros at its end.
  private var digits: UInt64 = 0
  /// How many digits that are; 0 for zero.
  private var count = 0
  /// The number of digits before the point: 2 for 12.5, -1 for 0.05.
  private var point = 0

  /// Takes the digits apart that the standard library finds.
  init(_ value: Double) {
    isNegative = value < 0
    var text = value.magnitude.description
    text.withUTF8 { bytes in
      var pointSeen = false
      var place = 0
      while place < bytes.count, bytes[place] != UInt8(ascii: "e") {
        if bytes[place] == UInt8(ascii: ".") {
          pointSeen = true
        } else {
          digits = digits * 10 + UInt64(bytes[place] & 15)
          if digits > 0 { count += 1 }
          if !pointSeen, digits > 0 { point += 1 }
          if pointSeen, digits == 0 { point -= 1 }
        }
        place += 1
      }
      point += ShortestDigits.exponent(bytes[place...].dropFirst())
    }
    dropZeros()
  }

  private static func exponent(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    let isDown = bytes.first == UInt8(ascii: "-")
    let magnitude = bytes.reduce(0) { isDigit($1) ? $0 * 10 + Int($1 & 15) : $0 }
    return isDown ? -magnitude : magnitude
  }

  private mutating func dropZeros() {
    while digits > 0, digits.isMultiple(of: 10) {
      digits /= 10
      count -= 1
    }
    if digits == 0 { (count, point) = (0, 0) }
  }

  /// The digits rounded, half away from zero, to `places` after the point.
  func rounded(afterPoint places: Int) -> ShortestDigits {
    var result = self
    let dropped = count - (point + places)
    guard dropped > 0 else { return result }
    let divisor = (0..<min(dropped, 18)).reduce(UInt64(1)) { power, _ in power * 10 }
    let rest = digits % divisor
    result.digits = digits / divisor + (rest >= divisor / 2 && dropped <= 18 ? 1 : 0)
    result.count = max(0, count - dropped)
    let carries = result.digits == (0..<result.count).reduce(UInt64(1)) { power, _ in power * 10 }
    if carries {
      result.count += 1
      result.point = max(point, -places) + 1
    }
    result.dropZeros()
    return result
  }

  /// Appends the number: plain from 1e-15 to below 1e21, with an exponent otherwise.
  func append(to bytes: inout [UInt8]) {
    if digits == 0 || (-14...21).contains(point) {
      appendPlain(to: &bytes, digits: max(0, count - point))
      return
    }
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    NumberText.appendInteger(digits, to: &bytes)
    if count > 1 { bytes.insert(UInt8(ascii: "."), at: start + 1) }
    bytes.append(UInt8(ascii: "e"))
    NumberText.appendInteger(Int64(point - 1), to: &bytes)
  }

  /// Appends the number with exactly `places` digits after the point, at least as many as it has.
  func appendPlain(to bytes: inout [UInt8], digits places: Int) {
    if isNegative, digits > 0 { bytes.append(UInt8(ascii: "-")) }
    let zero = UInt8(ascii: "0")
    if point <= 0 { bytes.append(contentsOf: repeatElement(zero, count: 1 - point)) }
    let start = bytes.count
    if digits > 0 { NumberText.appendInteger(digits, to: &bytes) }
    let padding = point + places - count
    if padding > 0 { bytes.append(contentsOf: repeatElement(zero, count: padding)) }
    if places > 0 { bytes.insert(UInt8(ascii: "."), at: start + min(0, point) + max(0, point)) }
  }
}

/// The shortest decimal digits of a finite number and the power of ten that places them.
struct ShortestDigits {
  private var isNegative: Bool
  /// Decimal digits (0 to 9), the first not zero; empty for zero.
  private var digits: [UInt8]
  /// The number of digits before the point: 2 for 12.5, -1 for 0.05.
  private var point: Int

  /// Takes the digits apart that the standard library finds.
  init(_ value: Double) {
    isNegative = value < 0
    digits = []
    point = 0
    var exponent = 0
    var pointSeen = false
    var bytes = Array(value.magnitude.description.utf8)
    if let mark = bytes.firstIndex(of: UInt8(ascii: "e")) {
      exponent = Int(String(decoding: bytes[(mark + 1)...], as: UTF8.self)) ?? 0
      bytes.removeSubrange(mark...)
    }
    for byte in bytes {
      if byte == UInt8(ascii: ".") {
        pointSeen = true
      } else {
        let digit = byte - UInt8(ascii: "0")
        if digit > 0 || !digits.isEmpty {
          digits.append(digit)
          if !pointSeen { point += 1 }
        } else if pointSeen {
          point -= 1
        }
      }
    }
    point += exponent
    dropZeros()
  }

  private mutating func dropZeros() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// The digits rounded, half away from zero, to `places` after the point.
  func rounded(afterPoint places: Int) -> ShortestDigits {
    var result = self
    let kept = point + places
    guard kept < digits.count else { return result }
    let roundsUp = kept >= 0 && digits[kept] >= 5
    result.digits = Array(digits.prefix(max(0, kept)))
    guard roundsUp else {
      result.dropZeros()
      return result
    }
    while result.digits.last == 9 { result.digits.removeLast() }
    if let last = result.digits.popLast() {
      result.digits.append(last + 1)
    } else {
      result.digits = [1]
      result.point += 1
    }
    return result
  }

  /// Appends the number: plain from 1e-15 to below 1e21, with an exponent otherwise.
  func append(to bytes: inout [UInt8]) {
    if digits.isEmpty || (-14...21).contains(point) {
      appendPlain(to: &bytes, digits: max(0, digits.count - point))
      return
    }
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    bytes.append(UInt8(ascii: "0") + digits[0])
    if digits.count > 1 {
      bytes.append(UInt8(ascii: "."))
      bytes += digits.dropFirst().map { UInt8(ascii: "0") + $0 }
    }
    bytes.append(UInt8(ascii: "e"))
    NumberText.appendInteger(Int64(point - 1), to: &bytes)
  }

  /// Appends the number with exactly `places` digits after the point.
  func appendPlain(to bytes: inout [UInt8], digits places: Int) {
    if isNegative, !digits.isEmpty { bytes.append(UInt8(ascii: "-")) }
    if point <= 0 { bytes.append(UInt8(ascii: "0")) }
    for place in 0..<max(0, point) { bytes.append(digit(at: place)) }
    guard places > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    for place in 0..<places { bytes.append(digit(at: point + place)) }
  }

  private func digit(at place: Int) -> UInt8 {
    UInt8(ascii: "0") + (digits.indices.contains(place) ? digits[place] : 0)
  }
}

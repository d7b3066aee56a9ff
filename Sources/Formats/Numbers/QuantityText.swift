/// What reading a text with a unit gave.
enum UnitTextResult: Equatable {
  /// The exact value.
  case value(Int64)
  /// Well formed, and outside the range of `Int64`, or no such day.
  case tooLarge
  /// Not of the form; `nearest` is a text that is, ready to print, when one is near.
  case malformed(nearest: String?)
}

/// Quantities as text: `400`, `40k`, `1.5M`, `2G`, `1T`, always exact.
enum QuantityText {
  /// A unit and the power of ten that it stands for, which is also the most digits after a point.
  static let units: [(name: String, power: Int)] = [("k", 3), ("M", 6), ("G", 9), ("T", 12)]

  /// Reads a quantity.
  static func read(_ text: String) -> UnitTextResult {
    let result = readExactly(text)
    guard case .malformed = result else { return result }
    let compact = text.filter { !" ,_".contains($0) }
    for candidate in [compact, compact.lowercased(), compact.uppercased()] where candidate != text {
      if case .value = readExactly(candidate) {
        return .malformed(nearest: JSONWriter.quoted(candidate))
      }
    }
    return result
  }

  private static func readExactly(_ text: String) -> UnitTextResult {
    var number = text[...]
    var power = 0
    if let unit = units.first(where: { number.hasSuffix($0.name) }) {
      number.removeLast(unit.name.count)
      power = unit.power
    }
    return exactProduct(number, power: power, factor: 1, signed: true)
  }

  /// The product of a plain decimal, 10^`power` and `factor`, with at most `power` decimals.
  static func exactProduct(
    _ number: Substring, power: Int, factor: Int64, signed: Bool
  ) -> UnitTextResult {
    var bytes = number.utf8[...]
    let isNegative = signed && bytes.first == UInt8(ascii: "-")
    if isNegative { bytes.removeFirst() }
    let whole = bytes.prefix(while: isDigit)
    var decimals = bytes.dropFirst(whole.count)
    if whole.isEmpty { return .malformed(nearest: nil) }
    if let point = decimals.popFirst() {
      if point != UInt8(ascii: ".") || decimals.isEmpty || decimals.count > power
        || !decimals.allSatisfy(isDigit)
      {
        return .malformed(nearest: nil)
      }
    }
    let zeros = repeatElement(UInt8(ascii: "0"), count: power - decimals.count)
    let digits = (Array(whole) + Array(decimals) + Array(zeros)).drop { $0 == UInt8(ascii: "0") }
    if digits.count > 19 { return .tooLarge }
    let magnitude = digits.reduce(Int128(0)) { $0 * 10 + Int128($1 & 15) } * Int128(factor)
    return Int64(exactly: isNegative ? -magnitude : magnitude).map { .value($0) } ?? .tooLarge
  }
}

/// Durations as text: `5h`, `250ms`, `1h30m`, `1.5s`, always exact in nanoseconds.
public enum DurationText {
  /// A unit: 10^`power` nanoseconds times `factor`; `power` is also the most digits after a point.
  static let units: [(name: String, power: Int, factor: Int64)] = [
    ("d", 11, 864), ("h", 11, 36), ("m", 10, 6), ("s", 9, 1), ("ms", 6, 1), ("us", 3, 1),
    ("ns", 0, 1),
  ]

  /// The exact text of a duration: `1h30m`, `250ms`, `1.5s`, `0s`.
  ///
  /// Days, hours and minutes are whole; the rest below a minute is one decimal.
  public static func text(_ nanoseconds: Int64) -> String {
    if nanoseconds == 0 { return "0s" }
    var rest = nanoseconds.magnitude
    var text = nanoseconds < 0 ? "-" : ""
    for unit in units.prefix(3) {
      let size = UInt64(unit.factor) * (0..<unit.power).reduce(1) { size, _ in size * 10 }
      if rest >= size { text += "\(rest / size)\(unit.name)" }
      rest %= size
    }
    for unit in units.dropFirst(3) where rest > 0 {
      let size = (0..<unit.power).reduce(UInt64(1)) { size, _ in size * 10 }
      if rest < size { continue }
      var decimals = rest % size == 0 ? "" : "." + String(size + rest % size).dropFirst()
      while decimals.last == "0" { decimals.removeLast() }
      text += "\(rest / size)\(decimals)\(unit.name)"
      rest = 0
    }
    return text
  }

  /// Reads a duration in nanoseconds.
  static func read(_ text: String) -> UnitTextResult {
    let result = readExactly(text)
    guard case .malformed = result else { return result }
    let candidate = withUsualUnits(text)
    if candidate != text, case .value = readExactly(candidate) {
      return .malformed(nearest: JSONWriter.quoted(candidate))
    }
    return result
  }

  private static func readExactly(_ text: String) -> UnitTextResult {
    var rest = text[...]
    var total: Int64 = 0
    var nextUnit = 0
    var isTooLarge = false
    if text.isEmpty { return .malformed(nearest: nil) }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let name = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(name.count)
      guard let index = units.firstIndex(where: { $0.name == name }), index >= nextUnit else {
        return .malformed(nearest: nil)
      }
      nextUnit = index + 1
      let unit = units[index]
      let part = QuantityText.exactProduct(
        number, power: unit.power, factor: unit.factor, signed: false)
      switch part {
      case .value(let value):
        let (sum, overflows) = total.addingReportingOverflow(value)
        total = sum
        isTooLarge = isTooLarge || overflows
      case .tooLarge: isTooLarge = true
      case .malformed: return .malformed(nearest: nil)
      }
    }
    return isTooLarge ? .tooLarge : .value(total)
  }

  /// The text with units written as other tools do replaced, and seconds where there is none.
  private static func withUsualUnits(_ text: String) -> String {
    var result = ""
    var rest = text.lowercased().filter { $0 != " " }[...]
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let name = rest.prefix { !($0.isASCII && $0.isNumber) }
      rest = rest.dropFirst(name.count)
      if number.isEmpty { return text }
      let unit = otherNames.first { $0.names.contains(String(name)) }?.unit ?? String(name)
      result += number + (unit.isEmpty ? "s" : unit)
    }
    return result
  }

  private static let otherNames: [(unit: String, names: [String])] = [
    ("d", ["day", "days"]), ("h", ["hr", "hrs", "hour", "hours"]),
    ("m", ["min", "mins", "minute", "minutes"]), ("s", ["sec", "secs", "second", "seconds"]),
    ("ms", ["msec", "millis", "milliseconds"]), ("us", ["µs", "μs", "usec", "microseconds"]),
    ("ns", ["nsec", "nanoseconds"]),
  ]
}

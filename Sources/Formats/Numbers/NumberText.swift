/// Numbers as text, the same on every machine: no locale, no printf.
public enum NumberText {
  /// The shortest decimal that reads back as the same number.
  ///
  /// Plain digits when the magnitude is from 1e-15 to below 1e21, otherwise `1.5e-20` or `1e21`;
  /// whole numbers have no point; negative zero is `0`; `nan`, `inf` and `-inf` are spelled out.
  public static func shortest(_ value: Double) -> String {
    var bytes: [UInt8] = []
    appendShortest(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text of ``shortest(_:)``.
  ///
  /// Whole numbers below 2⁵³ are written digit by digit, without a string between.
  public static func appendShortest(_ value: Double, to bytes: inout [UInt8]) {
    // Not `rounded()`: it would make a build without optimisation depend on libm.
    if value.magnitude < 0x1p53, value == Double(Int64(value)) {
      appendInteger(Int64(value), to: &bytes)
    } else if value.isFinite {
      ShortestDigits(value).append(to: &bytes)
    } else {
      bytes += (value.isNaN ? "nan" : value < 0 ? "-inf" : "inf").utf8
    }
  }

  /// Appends the digits of a whole number.
  @inlinable
  public static func appendInteger(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    appendInteger(value.magnitude, to: &bytes)
  }

  /// Appends the digits of a whole number.
  @inlinable
  public static func appendInteger(_ value: UInt64, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var place = digits.count
      var rest = value
      while rest >= 100 {
        let hundredth = rest / 100
        let pair = UInt8(truncatingIfNeeded: rest &- hundredth &* 100)
        place -= 2
        digits[place] = UInt8(ascii: "0") + pair / 10
        digits[place + 1] = UInt8(ascii: "0") + pair % 10
        rest = hundredth
      }
      let pair = UInt8(truncatingIfNeeded: rest)
      if pair >= 10 {
        place -= 1
        digits[place] = UInt8(ascii: "0") + pair % 10
      }
      place -= 1
      digits[place] = UInt8(ascii: "0") + (pair >= 10 ? pair / 10 : pair)
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[place...]))
    }
  }

  /// The number with exactly `digits` digits after the point.
  ///
  /// The shortest decimal of the number is rounded, half away from zero, so that 2.675 becomes
  /// 2.68 as its reader expects. Numbers that are not finite are spelled as in ``shortest(_:)``.
  public static func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return shortest(value) }
    var bytes: [UInt8] = []
    ShortestDigits(value).rounded(afterPoint: digits).appendPlain(to: &bytes, digits: digits)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A whole number with `separator` between groups of three digits: `1,234,567`.
  public static func grouped(_ value: Int64, separator: String = ",") -> String {
    grouped(String(value), separator: separator)
  }

  /// The number with exactly `digits` digits after the point and groups of three before it.
  public static func grouped(_ value: Double, digits: Int, separator: String = ",") -> String {
    grouped(fixed(value, digits: digits), separator: separator)
  }

  private static func grouped(_ text: String, separator: String) -> String {
    let whole = text.prefix { $0 != "." }
    guard whole.last?.isNumber == true else { return text }
    let sign = whole.hasPrefix("-") ? "-" : ""
    let digits = Array(whole.dropFirst(sign.count))
    var result = sign
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result += separator }
      result.append(digit)
    }
    return result + text.dropFirst(whole.count)
  }

  /// A number of millionths as a decimal, exact and without needless zeros: `12.5`, `1,000`.
  public static func millionths(_ count: Int64, separator: String = ",") -> String {
    let (whole, part) = count.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    var decimals = part == 0 ? "" : "." + String(1_000_000 + part).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return (count < 0 ? "-" : "") + grouped(Int64(whole), separator: separator) + decimals
  }

  /// A number of things with their name: `1 run`, `20 runs`.
  public static func counted(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  /// A length of time for people: `820 ns`, `250 ms`, `1.25 s`, `3 min 20 s`, `2 h 5 min`, `7 d`.
  ///
  /// Two units at most, or three significant digits of one; both are rounded half up.
  public static func duration(nanoseconds: Int64) -> String {
    if nanoseconds < 0 { return "-" + duration(magnitude: nanoseconds.magnitude) }
    return duration(magnitude: nanoseconds.magnitude)
  }

  private static func duration(magnitude: UInt64) -> String {
    if magnitude < 1000 { return magnitude == 0 ? "0 s" : "\(magnitude) ns" }
    for (unit, size, limit) in smallUnits where magnitude < limit {
      let decimals = magnitude < 10 * size ? 2 : magnitude < 100 * size ? 1 : 0
      let parts: UInt64 = [1, 10, 100][decimals]
      let step = size / parts
      let steps = (magnitude + step / 2) / step
      if steps * step >= limit { continue }
      return shortest(Double(steps) / Double(parts)) + " \(unit)"
    }
    let seconds = (magnitude + 500_000_000) / 1_000_000_000
    if seconds < 3600 { return twoUnits(seconds, ("min", 60), ("s", 1)) }
    let minutes = (seconds + 30) / 60
    if minutes < 1440 { return twoUnits(minutes, ("h", 60), ("min", 1)) }
    return twoUnits((minutes + 30) / 60, ("d", 24), ("h", 1))
  }

  private static let smallUnits: [(name: String, size: UInt64, limit: UInt64)] = [
    ("us", 1000, 1_000_000), ("ms", 1_000_000, 1_000_000_000),
    ("s", 1_000_000_000, 60_000_000_000),
  ]

  private static func twoUnits(
    _ value: UInt64, _ large: (name: String, size: UInt64), _ small: (name: String, size: UInt64)
  ) -> String {
    let rest = value % large.size
    return "\(value / large.size) \(large.name)" + (rest == 0 ? "" : " \(rest) \(small.name)")
  }
}

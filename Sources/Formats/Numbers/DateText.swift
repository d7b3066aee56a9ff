/// Days and instants as text, `2026-02-01` or `2026-02-01T00:00:00Z`, in UTC.
public enum DateText {
  /// Reads a day (its start) or an instant in seconds since the start of 1970.
  static func read(_ text: String) -> UnitTextResult {
    let bytes = Array(text.utf8)
    let form = Array("0000-00-00T00:00:00Z".utf8)
    guard bytes.count == 10 || bytes.count == 20,
      zip(bytes, form).allSatisfy({ $1 == UInt8(ascii: "0") ? isDigit($0) : $0 == $1 })
    else { return .malformed(nearest: nil) }
    func number(_ start: Int, _ count: Int) -> Int {
      bytes[start..<start + count].reduce(0) { $0 * 10 + Int($1 & 15) }
    }
    let hasTime = bytes.count == 20
    let time = hasTime ? (number(11, 2), number(14, 2), number(17, 2)) : (0, 0, 0)
    guard let days = CivilDate.days(number(0, 4), number(5, 2), number(8, 2)),
      time.0 < 24, time.1 < 60, time.2 < 60
    else { return .tooLarge }
    return .value(Int64(days * 86400 + time.0 * 3600 + time.1 * 60 + time.2))
  }

  /// The text of an instant in seconds since the start of 1970, of a day alone at its start; years
  /// from 0000 to 9999.
  public static func text(_ seconds: Int64) -> String {
    let text = instant(seconds)
    return text.hasSuffix("T00:00:00Z") ? String(text.prefix(10)) : text
  }

  /// The text of an instant in seconds since the start of 1970, with its time of day; years from
  /// 0000 to 9999.
  public static func instant(_ seconds: Int64) -> String {
    let days = Int(seconds >= 0 ? seconds / 86400 : (seconds + 1) / 86400 - 1)
    let rest = Int(seconds) - days * 86400
    let date = CivilDate.date(days)
    let day = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    let time = [rest / 3600, rest / 60 % 60, rest % 60].map { padded($0, 2) }
    return "\(day)T\(time.joined(separator: ":"))Z"
  }

  private static func padded(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}

/// The Gregorian calendar as days since the start of 1970.
///
/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms".
enum CivilDate {
  /// The day number of a date, or `nil` when there is no such date.
  static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146097 + dayOfEra - 719468
    return date(days) == (year, month, day) ? days : nil
  }

  /// The date of a day number.
  static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719468
    let era = (shifted >= 0 ? shifted : shifted - 146096) / 146097
    let dayOfEra = shifted - era * 146097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

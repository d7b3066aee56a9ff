/// Instants as data files write them.
enum TimestampText {
  /// Nanoseconds since the start of 1970, or `nil`; see ``CSVReader/timestamp(_:)``.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard bytes.count >= 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "T"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let year = number(bytes, 0, 4), let month = number(bytes, 5, 2),
      let day = number(bytes, 8, 2), let hour = number(bytes, 11, 2),
      let minute = number(bytes, 14, 2), let second = number(bytes, 17, 2),
      hour < 24, minute < 60, second < 60, let days = CivilDate.days(year, month, day)
    else { return nil }
    var place = 19
    var nanoseconds: Int64 = 0
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      let start = place
      while place < bytes.count, isDigit(bytes[place]) { place += 1 }
      guard (1...9).contains(place - start), let digits = number(bytes, start, place - start) else {
        return nil
      }
      nanoseconds = (0..<(9 - (place - start))).reduce(Int64(digits)) { value, _ in value * 10 }
    }
    guard let offset = zone(bytes, place) else { return nil }
    let seconds = Int64(days * 86400 + hour * 3600 + minute * 60 + second - offset)
    let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carries) = product.addingReportingOverflow(nanoseconds)
    return overflows || carries ? nil : sum
  }

  /// The seconds that a zone is ahead of UTC: nothing, `Z`, `+01:00`.
  private static func zone(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    if place == bytes.count { return 0 }
    if bytes[place] == UInt8(ascii: "Z") { return place + 1 == bytes.count ? 0 : nil }
    guard bytes.count == place + 6, bytes[place + 3] == UInt8(ascii: ":"),
      bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-"),
      let hours = number(bytes, place + 1, 2), let minutes = number(bytes, place + 4, 2),
      hours < 24, minutes < 60
    else { return nil }
    let offset = hours * 3600 + minutes * 60
    return bytes[place] == UInt8(ascii: "-") ? -offset : offset
  }

  private static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) -> Int? {
    var value = 0
    for place in start..<(start + count) {
      guard isDigit(bytes[place]) else { return nil }
      value = value * 10 + Int(bytes[place] & 15)
    }
    return value
  }
}

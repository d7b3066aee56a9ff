import Testing

@testable import WeirFormats

/// Quantities, durations and dates: exact, or refused.
@Suite struct UnitTextTests {
  @Test(
    "quantities are exact",
    arguments: [
      ("0", 0), ("400", 400), ("40k", 40_000), ("1.5M", 1_500_000), ("2G", 2_000_000_000),
      ("0.001k", 1), ("1.234k", 1234), ("9T", 9_000_000_000_000), ("007", 7), ("-3k", -3000),
      ("9223372036854775807", .max), ("-9223372036854775808", .min),
      ("9223372.036854775807T", .max),
    ] as [(String, Int64)])
  func quantities(text: String, value: Int64) { #expect(QuantityText.read(text) == .value(value)) }

  @Test(
    "quantities out of range are too large, whatever their length",
    arguments: [
      "9223372036854775808", "-9223372036854775809", "9223372.036854775808T",
      "99999999999999999999999",
      "100000000000000000000T",
    ])
  func largeQuantities(text: String) { #expect(QuantityText.read(text) == .tooLarge) }

  @Test(
    "other texts are no quantities, and the nearest is suggested",
    arguments: [
      ("", nil), ("k", nil), ("1.k", nil), (".5k", nil), ("1.2345k", nil), ("1.5", nil),
      ("1k5", nil),
      ("1e3", nil), ("٣", nil), ("40K", "\"40k\""), ("40 k", "\"40k\""), ("2g", "\"2G\""),
      ("1,000", "\"1000\""),
      ("1_000", "\"1000\""),
    ])
  func noQuantities(text: String, nearest: String?) {
    #expect(QuantityText.read(text) == .malformed(nearest: nearest))
  }

  @Test(
    "durations are exact in nanoseconds",
    arguments: [
      ("5h", 18_000_000_000_000), ("250ms", 250_000_000), ("7d", 604_800_000_000_000),
      ("1h30m", 5_400_000_000_000), ("90s", 90_000_000_000), ("10us", 10_000), ("5ns", 5),
      ("0s", 0),
      ("1.5s", 1_500_000_000), ("0.000000001s", 1), ("1d1h1m1s1ms1us1ns", 90_061_001_001_001),
      ("0.5m", 30_000_000_000), ("0.00000000001h", 36), ("106751d", 9_223_286_400_000_000_000),
      ("9223372036854775807ns", .max), ("2562047h47m16s854ms775us807ns", .max),
    ] as [(String, Int64)])
  func durations(text: String, value: Int64) { #expect(DurationText.read(text) == .value(value)) }

  @Test(
    "durations beyond 292 years are too large",
    arguments: [
      "9223372036854775808ns", "106752d", "106751d24h", "99999999999999999999h",
      "2562047h47m16s854ms775us808ns",
    ])
  func largeDurations(text: String) { #expect(DurationText.read(text) == .tooLarge) }

  @Test(
    "other texts are no durations, and the nearest is suggested",
    arguments: [
      ("", nil), ("h", nil), ("-5s", nil), ("1.s", nil), (".5s", nil), ("1.5ns", nil),
      ("1s1s", nil),
      ("30m1h", nil), ("5 parsecs", nil), ("1..5s", nil), ("٣s", nil),
      ("5", "\"5s\""), ("1.5", "\"1.5s\""), ("5 h", "\"5h\""), ("5H", "\"5h\""),
      ("10µs", "\"10us\""),
      ("90 seconds", "\"90s\""), ("1 hour 30 min", "\"1h30m\""),
    ])
  func noDurations(text: String, nearest: String?) {
    #expect(DurationText.read(text) == .malformed(nearest: nearest))
  }

  @Test("the text of a duration reads back as the same")
  func durationRoundTrip() {
    var random = FixedSeed(state: 7)
    for _ in 0..<500 {
      let value =
        Int64.random(in: 0...Int64.max, using: &random) >> Int64.random(in: 0...62, using: &random)
      #expect(DurationText.read(DurationText.text(value)) == .value(value))
    }
    #expect(DurationText.text(5_400_000_000_000) == "1h30m")
    #expect(DurationText.text(0) == "0s")
    #expect(DurationText.text(61_050_000_000) == "1m1.05s")
    #expect(DurationText.text(250_000_000) == "250ms")
    #expect(DurationText.text(1_005) == "1.005us")
    #expect(DurationText.text(.min) == "-106751d23h47m16.854775808s")
  }

  /// Seconds from `date -u -d … +%s` (GNU coreutils).
  @Test(
    "dates are seconds of the Unix epoch",
    arguments: [
      ("1970-01-01", 0), ("2026-02-01", 1_769_904_000), ("2026-02-01T12:34:56Z", 1_769_949_296),
      ("2000-02-29", 951_782_400), ("1969-12-31T23:59:59Z", -1), ("1900-03-01", -2_203_891_200),
      ("9999-12-31T23:59:59Z", 253_402_300_799), ("0000-01-01", -62_167_219_200),
    ] as [(String, Int64)])
  func dates(text: String, value: Int64) {
    #expect(DateText.read(text) == .value(value))
    #expect(DateText.text(value) == text)
  }

  /// Texts from `date -u -d @… +%FT%TZ` (GNU coreutils).
  @Test(
    "an instant has its time of day, at the start of a day too",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
      (951_782_399, "2000-02-28T23:59:59Z"), (1_795_824_000, "2026-11-28T00:00:00Z"),
      (1_795_864_133, "2026-11-28T11:08:53Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] as [(Int64, String)])
  func instants(value: Int64, text: String) { #expect(DateText.instant(value) == text) }

  @Test(
    "days that no month has are refused",
    arguments: [
      "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
      "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
    ])
  func noSuchDay(text: String) { #expect(DateText.read(text) == .tooLarge) }

  @Test(
    "other texts are no dates",
    arguments: [
      "", "2026-2-1", "2026-02-01 00:00:00", "2026-02-01T00:00Z", "2026-02-01T00:00:00", "20260201",
      "2026-02-01T00:00:00+01:00",
    ])
  func noDates(text: String) { #expect(DateText.read(text) == .malformed(nearest: nil)) }
}

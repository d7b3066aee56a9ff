import Testing
import WeirFormats

@Suite struct NumberTextTests {
  @Test(
    "the shortest text reads back as the same number, without surprising exponents",
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"),
      (0.1 + 0.2, "0.30000000000000004"),
      (1e-5, "0.00001"), (1.5e-7, "0.00000015"), (1e-15, "0.000000000000001"),
      (1.25e-16, "1.25e-16"),
      (123456789.125, "123456789.125"), (0x1p53, "9007199254740992"),
      (1e20, "100000000000000000000"),
      (1e21, "1e21"), (-1.5e300, "-1.5e300"), (.leastNonzeroMagnitude, "5e-324"),
      (1.7976931348623157e308, "1.7976931348623157e308"),
      (1e15 + 0.5, "1000000000000000.5"), (-9007199254740991, "-9007199254740991"),
      (1e16, "10000000000000000"),
    ])
  func shortest(value: Double, text: String) {
    #expect(NumberText.shortest(value) == text)
    #expect(Double(text) == value)
  }

  @Test(
    "random numbers of every size read back as the same", arguments: 1...3 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) {
    var random = FixedSeed(state: seed)
    for _ in 0..<2000 {
      let value = Double(bitPattern: random.next())
      if value.isFinite { #expect(Double(NumberText.shortest(value)) == value) }
    }
  }

  @Test(
    "a fixed number of digits is rounded half away from zero, in decimal",
    arguments: [
      (2.675, 2, "2.68"), (-2.675, 2, "-2.68"), (1.005, 2, "1.01"), (0.5, 0, "1"), (0.4999, 0, "0"),
      (9.995, 2, "10.00"), (99.99, 1, "100.0"), (0.04, 1, "0.0"), (-0.04, 1, "0.0"),
      (0.05, 1, "0.1"),
      (0.096, 2, "0.10"), (1234.5, 3, "1234.500"), (1e22, 1, "10000000000000000000000.0"),
      (0, 2, "0.00"),
      (1e-9, 3, "0.000"), (.nan, 2, "nan"), (-.infinity, 2, "-inf"),
    ] as [(Double, Int, String)])
  func fixed(value: Double, digits: Int, text: String) {
    #expect(NumberText.fixed(value, digits: digits) == text)
  }

  @Test(
    "whole numbers of every length are written",
    arguments: [0, 9, 10, 99, 100, 12345, Int64.max, Int64.min, -1, -10])
  func integers(value: Int64) {
    var bytes: [UInt8] = []
    NumberText.appendInteger(value, to: &bytes)
    NumberText.appendInteger(UInt64.max, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "\(value)\(UInt64.max)")
  }

  @Test(
    "groups of three are parted",
    arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1234567, "-1,234,567"), (-123, "-123")]
      as [(Int64, String)])
  func grouped(value: Int64, text: String) {
    #expect(NumberText.grouped(value) == text)
    #expect(
      NumberText.grouped(Double(value), digits: 1, separator: " ") == text.replacing(",", with: " ")
        + ".0")
    #expect(NumberText.grouped(.nan, digits: 1) == "nan")
  }

  @Test(
    "durations are told in at most two units",
    arguments: [
      (0, "0 s"), (820, "820 ns"), (1500, "1.5 us"), (250_000_000, "250 ms"), (999_600, "1 ms"),
      (1_250_000_000, "1.25 s"), (9_999_000_000, "10 s"), (12_340_000_000, "12.3 s"),
      (59_960_000_000, "1 min"), (200_000_000_000, "3 min 20 s"), (3_599_600_000_000, "1 h"),
      (7_500_000_000_000, "2 h 5 min"), (604_800_000_000_000, "7 d"),
      (183_600_000_000_000, "2 d 3 h"),
      (-1_250_000_000, "-1.25 s"), (.max, "106752 d"), (.min, "-106752 d"),
    ] as [(Int64, String)])
  func durations(nanoseconds: Int64, text: String) {
    #expect(NumberText.duration(nanoseconds: nanoseconds) == text)
  }
}

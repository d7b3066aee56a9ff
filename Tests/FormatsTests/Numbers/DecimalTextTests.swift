import Testing
import WeirFormats

@Suite struct DecimalTextTests {
  @Test(
    "a decimal is kept exactly",
    arguments: [
      ("0", false, 0, 0), ("-0", false, 0, 0), ("0.000", false, 0, 0), ("0e99999999", false, 0, 0),
      ("12.50", false, 125, -1), ("-12.5e1", true, 125, 0), ("1000", false, 1, 3),
      ("1.000e-3", false, 1, -3), ("0.1", false, 1, -1), ("1E+2", false, 1, 2),
      ("100.001", false, 100001, -3), ("1e9999", false, 1, 9999), ("10e-9999", false, 1, -9998),
    ] as [(String, Bool, UInt64, Int)])
  func exact(text: String, isNegative: Bool, digits: UInt64, exponent: Int) throws {
    let decimal = try #require(DecimalText(text))
    #expect(decimal.isNegative == isNegative)
    #expect(decimal.digits == UInt128(digits))
    #expect(decimal.exponent == exponent)
    #expect(DecimalText(decimal.description) == decimal)
  }

  @Test("38 digits fit and 39 do not")
  func digits() throws {
    let nines = String(repeating: "9", count: 38)
    #expect(try #require(DecimalText(nines)).description == nines)
    #expect(try #require(DecimalText("0.\(nines)")).exponent == -38)
    #expect(DecimalText(nines + "9") == nil)
    #expect(DecimalText(nines + "000") != nil)
    #expect(DecimalText("1" + String(repeating: "0", count: 38) + "1") == nil)
  }

  @Test(
    "what is no JSON number is refused",
    arguments: [
      "", "-", "1.", ".5", "01", "+1", "1e", "1e+", "0x1", "1 ", " 1", "1,5", "NaN", "1e99999",
    ])
  func malformed(text: String) { #expect(DecimalText(text) == nil) }

  @Test(
    "scaling gives a whole number exactly, or none",
    arguments: [
      ("19.99", 6, 19_990_000), ("0.000001", 6, 1), ("0.0000001", 6, nil), ("-1.5", 1, -15),
      ("9223372036854.775807", 6, .max), ("9223372036854.775808", 6, nil),
      ("-9223372036854.775808", 6, .min), ("1e18", 0, 1_000_000_000_000_000_000),
      ("1e19", 0, nil), ("1e400", 0, nil), ("0", 500, 0),
    ] as [(String, Int, Int64?)])
  func scaling(text: String, power: Int, value: Int64?) throws {
    #expect(try #require(DecimalText(text)).scaled(by: power) == value)
  }

  @Test(
    "a decimal is a reduced fraction, where that fits",
    arguments: [
      ("0.1", 1, 10), ("0.125", 1, 8), ("-2.50", -5, 2), ("3e2", 300, 1), ("0", 0, 1),
      ("0.000000000000000001", 1, 1_000_000_000_000_000_000),
    ] as [(String, Int64, Int64)])
  func fraction(text: String, numerator: Int64, denominator: Int64) throws {
    let fraction = try #require(DecimalText(text)?.fraction)
    #expect(fraction == (numerator, denominator))
  }

  @Test(
    "a fraction that does not fit is none",
    arguments: ["1e19", "1e-19", "1e-400", "0.12345678901234567891"])
  func noFraction(text: String) throws { #expect(try #require(DecimalText(text)).fraction == nil) }

  @Test("decimals are ordered by value")
  func order() {
    let sorted = [
      "-1e3", "-999.9", "-1.05", "-1", "-1e-9", "0", "0.09", "0.1", "0.11", "2", "10", "1e9999",
    ]
    let decimals = sorted.compactMap { DecimalText($0) }
    for (left, smaller) in decimals.enumerated() {
      for (right, larger) in decimals.enumerated() {
        #expect((smaller < larger) == (left < right), "\(smaller) \(larger)")
      }
    }
  }
}

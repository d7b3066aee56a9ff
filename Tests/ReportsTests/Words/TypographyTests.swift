import Testing

@testable import WeirReports

@Suite struct TypographyTests {
  @Test(
    "a hyphen before a number is a minus sign, one within a word is not",
    arguments: [
      ("-3.2 ±0.1", "\u{2212}3.2 ±0.1"), ("(-12)", "(\u{2212}12)"), ("hard-stop", "hard-stop"),
      ("p-95", "p-95"), ("from -1 to -2", "from \u{2212}1 to \u{2212}2"), ("-", "-"), ("", ""),
    ])
  func signs(text: String, expected: String) { #expect(text.withMinusSigns == expected) }
}

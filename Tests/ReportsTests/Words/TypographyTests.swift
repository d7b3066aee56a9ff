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

  @Test(
    "durations get spaces and minutes their usual sign; what is none stays",
    arguments: [
      ("2h", "2\u{A0}h"), ("1h30m", "1\u{A0}h 30\u{A0}min"), ("250ms", "250\u{A0}ms"),
      ("1.5s", "1.5\u{A0}s"), ("–", "–"), ("h2", "h2"), ("", ""),
    ])
  func durations(text: String, expected: String) { #expect(text.withSpacedUnits == expected) }

  @Test(
    "a number stays on the line of its interval and unit",
    arguments: [
      ("35.2 ±1.3 % against", "35.2\u{A0}±1.3\u{A0}% against"),
      ("points, p < 0.0001.", "points, p\u{A0}<\u{A0}0.0001."), ("no number", "no number"),
    ])
  func fixedSpaces(text: String, expected: String) { #expect(text.withFixedSpaces == expected) }
}

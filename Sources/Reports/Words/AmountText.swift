import WeirAccess
import WeirFormats

/// Units and money in words, exact.
enum AmountText {
  /// Such as `1 unit` or `12,500 units`.
  static func text(_ units: Units) -> String {
    NumberText.grouped(units.count) + (units.count == 1 ? " unit" : " units")
  }

  /// Such as `0.25 credits`, to the last micro-credit.
  static func text(_ credits: Credits) -> String {
    NumberText.millionths(credits.micro)
      + (credits.micro.magnitude == 1_000_000 ? " credit" : " credits")
  }
}

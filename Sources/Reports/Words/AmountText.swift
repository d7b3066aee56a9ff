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
    let sign = credits.micro < 0 ? "-" : ""
    let (whole, part) = credits.micro.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    var decimals = part == 0 ? "" : "." + String(1_000_000 + part).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return sign + NumberText.grouped(Int64(whole)) + decimals
      + (decimals.isEmpty && whole == 1 ? " credit" : " credits")
  }
}

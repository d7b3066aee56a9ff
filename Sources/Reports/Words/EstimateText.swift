import WeirFormats

/// Estimates in words: no more digits than the interval supports.
enum EstimateText {
  /// A mean and its half width, such as `12.31 ±0.24`; `-` without a mean.
  ///
  /// The half width has two significant digits, and the mean as many decimals; without a half
  /// width the mean has four significant digits.
  static func text(_ mean: Double?, halfWidth: Double?) -> String {
    guard let mean else { return "-" }
    guard let halfWidth, halfWidth > 0 else { return number(mean, digits: decimals(mean, 4)) }
    let digits = decimals(halfWidth, 2)
    // Both with groups of digits, or neither.
    let isGrouped = max(mean.magnitude, halfWidth) >= 10_000
    return number(mean, digits: digits, isGrouped: isGrouped) + " ±"
      + number(halfWidth, digits: digits, isGrouped: isGrouped)
  }

  /// A difference with its sign, such as `+1.2 ±0.3`.
  static func difference(_ mean: Double, halfWidth: Double?) -> String {
    let text = text(mean, halfWidth: halfWidth)
    return mean > 0 ? "+" + text : text
  }

  /// A number with its sign and three significant digits, such as `+12.3`.
  static func signed(_ value: Double) -> String {
    (value > 0 ? "+" : "") + number(value, digits: decimals(value, 3))
  }

  /// The decimals with which `value` shows so many significant digits, at most 6.
  private static func decimals(_ value: Double, _ significant: Int) -> Int {
    var size = value.magnitude
    guard size > 0, size.isFinite else { return 0 }
    var decimals = significant - 1
    while size >= 10, decimals > 0 { (size, decimals) = (size / 10, decimals - 1) }
    while size < 1, decimals < 6 { (size, decimals) = (size * 10, decimals + 1) }
    return decimals
  }

  private static func number(_ value: Double, digits: Int, isGrouped: Bool? = nil) -> String {
    isGrouped ?? (value.magnitude >= 10_000)
      ? NumberText.grouped(value, digits: digits) : NumberText.fixed(value, digits: digits)
  }
}

/// Lengths and places on the page as text: to a tenth, in as few signs as it takes.
enum Coordinate {
  /// The number rounded to a tenth: `12.3`, `12`, `-.5`.
  static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    let sign = tenths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return whole == 0 ? "\(sign).\(rest)" : "\(sign)\(whole).\(rest)"
  }

  /// Two numbers with a space between them, unless a sign parts them anyway.
  static func pair(_ x: Double, _ y: Double) -> String {
    let second = text(y)
    return text(x) + (second.hasPrefix("-") ? "" : " ") + second
  }

  /// A path through places, in SVG commands: the first place, then steps in tenths.
  ///
  /// Steps are differences of rounded places, so that errors do not add up.
  static func path(_ places: [(x: Double, y: Double)]) -> String {
    guard let first = places.first else { return "" }
    var text = "M" + pair(first.x, first.y)
    var at = (tenths(first.x), tenths(first.y))
    for (index, place) in places.dropFirst().enumerated() {
      let next = (tenths(place.x), tenths(place.y))
      let step = pair(next.0 - at.0, next.1 - at.1)
      text += (index == 0 ? "l" : step.hasPrefix("-") ? "" : " ") + step
      at = next
    }
    return text
  }

  private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

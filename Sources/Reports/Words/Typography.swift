/// Numbers as they are set on a page.
extension String {
  /// The text with a capital first.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// A duration as scenario files write it, such as `1h30m`, as pages do: `1 h 30 min`.
  var withSpacedUnits: String {
    var parts: [String] = []
    var rest = self[...]
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      let unit = rest.dropFirst(number.count).prefix { $0.isLetter }
      guard !number.isEmpty, !unit.isEmpty else { return self }
      parts.append("\(number)\u{A0}\(unit == "m" ? "min" : unit)")
      rest = rest.dropFirst(number.count + unit.count)
    }
    return parts.joined(separator: " ")
  }

  /// The text with spaces that do not break between a number and its interval, unit or sign.
  var withFixedSpaces: String {
    [" ±", " %", "p < ", "p = ", "p ≤ "].reduce(self) { text, part in
      text.split(separator: part, omittingEmptySubsequences: false).joined(
        separator: part.split(separator: " ", omittingEmptySubsequences: false).joined(
          separator: "\u{A0}"))
    }
  }

  /// The text with a minus sign in place of each hyphen before a digit that begins a word.
  var withMinusSigns: String {
    guard contains("-") else { return self }
    var result = ""
    var last: Character = " "
    for (character, next) in zip(self, dropFirst().map { Optional($0) } + [nil]) {
      let isSign = character == "-" && (last == " " || last == "(") && next?.isNumber == true
      result.append(isSign ? "\u{2212}" : character)
      last = character
    }
    return result
  }
}

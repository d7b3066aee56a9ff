/// Numbers as they are set on a page.
extension String {
  /// The text with a capital first.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }

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

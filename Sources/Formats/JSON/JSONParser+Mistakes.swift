extension JSONParser {
  /// A mistake of syntax at a place, by default the next byte.
  func syntax(
    _ expected: String, found: String? = nil, at place: Int? = nil, suggestion: String? = nil
  ) -> ScenarioIssue {
    let place = place ?? offset
    return ScenarioIssue(
      .syntax(expected: expected, found: found ?? upcoming(place)), position: position(place),
      suggestion: suggestion)
  }

  /// What stands at a place, for messages: the whole word or number, or one character.
  func upcoming(_ place: Int, _ limit: Int = 20) -> String {
    guard place < bytes.count else { return "the end of the file" }
    let rest = bytes[place...]
    let isEscape = rest.first == UInt8(ascii: "\\")
    let word = rest.prefix(limit).prefix { isWordByte($0) || isEscape && $0 > 0x20 }
    let scalars = String(decoding: rest.prefix(4), as: UTF8.self).unicodeScalars
    let text =
      word.isEmpty
      ? scalars.prefix(1).map { String($0) }.joined() : String(decoding: word, as: UTF8.self)
    if text == "\n" || text == "\r" { return "the end of the line" }
    return text == "\"" ? "'\"'" : "\"\(text)\""
  }

  /// The letters that start at the next byte.
  var upcomingWord: String {
    String(decoding: bytes[offset...].prefix(40).prefix(while: isWordByte), as: UTF8.self)
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26
      || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ".")].contains(byte)
  }

  /// The mistake of writing something else where a value is expected.
  func unexpectedValue(_ expected: String, _ word: String) -> ScenarioIssue {
    if let comment = commentMistake { return comment }
    switch peek {
    case UInt8(ascii: "'"): return syntax("double quotes around text")
    case UInt8(ascii: "+"): return syntax("a number without \"+\"")
    case UInt8(ascii: "."): return syntax("a digit before \".\"")
    default: break
    }
    let lower = word.lowercased()
    if ["true", "false", "null"].contains(lower) {
      return syntax("a JSON value", suggestion: lower)
    }
    if lower == "none" || lower == "nil" { return syntax("a JSON value", suggestion: "null") }
    if ["nan", "inf", "infinity"].contains(lower) {
      return syntax("a finite number (JSON has no \(word))")
    }
    if word.isEmpty { return syntax(expected) }
    return syntax("\(expected) (text stands in double quotes)", suggestion: JSONWriter.quoted(word))
  }

  /// The mistake of writing something else where a name in quotes is expected.
  func unexpectedName(afterComma: Bool) -> ScenarioIssue {
    if let comment = commentMistake { return comment }
    switch peek {
    case UInt8(ascii: "}") where afterComma: return trailingComma("a name")
    case UInt8(ascii: "'"): return syntax("double quotes around the name")
    default: break
    }
    let word = upcomingWord
    return syntax(
      afterComma ? "a name in double quotes" : "a name in double quotes, or \"}\"",
      suggestion: word.isEmpty ? nil : JSONWriter.quoted(word))
  }

  /// The mistake of a comma before a closing bracket, at the comma.
  func trailingComma(_ expected: String) -> ScenarioIssue {
    let comma = bytes[..<offset].lastIndex(of: UInt8(ascii: ",")) ?? offset
    return syntax(
      "\(expected) after \",\" (JSON has no trailing comma)", found: upcoming(offset), at: comma)
  }

  private var commentMistake: ScenarioIssue? {
    guard let byte = peek, byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") else {
      return nil
    }
    return syntax("a value (JSON has no comments)")
  }
}

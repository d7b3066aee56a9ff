extension JSONParser {
  /// Reads a text from its opening quote to its closing one.
  mutating func text() throws(ScenarioIssue) -> String {
    let opening = offset
    offset += 1
    var start = offset
    var unescaped: [UInt8]?
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        let rest = bytes[start..<offset]
        offset += 1
        if let unescaped { return String(decoding: unescaped + rest, as: UTF8.self) }
        return String(decoding: rest, as: UTF8.self)
      case UInt8(ascii: "\\"):
        unescaped = (unescaped ?? []) + bytes[start..<offset]
        unescaped?.append(contentsOf: String(try escape()).utf8)
        start = offset
      case newline, carriageReturn: throw unclosed(opening)
      case 0..<0x20:
        throw syntax(
          "the escape \\u\(hexadecimal(byte, 4, prefix: "")) instead of a bare control character",
          found: "the byte \(hexadecimal(byte, 2))")
      default: offset += 1
      }
    }
    throw unclosed(opening)
  }

  private func unclosed(_ opening: Int) -> ScenarioIssue {
    syntax("\"\\\"\" at the end of the text", found: "the end of the line", at: opening)
  }

  private mutating func escape() throws(ScenarioIssue) -> Unicode.Scalar {
    let start = offset
    offset += 1
    guard let letter = peek else { throw syntax("an escape such as \\n") }
    offset += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(start)
    default:
      throw syntax(
        "one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u", found: upcoming(start, 2),
        at: start)
    }
  }

  private mutating func unicodeEscape(_ start: Int) throws(ScenarioIssue) -> Unicode.Scalar {
    let unit = try codeUnit(start)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    if unit < 0xDC00, peek == UInt8(ascii: "\\"), offset + 1 < bytes.count,
      bytes[offset + 1] == UInt8(ascii: "u")
    {
      offset += 2
      let low = try codeUnit(start)
      if (0xDC00...0xDFFF).contains(low) {
        let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        if let scalar = Unicode.Scalar(value) { return scalar }
      }
    }
    throw syntax("both halves of a surrogate pair", found: upcoming(start, 6), at: start)
  }

  private mutating func codeUnit(_ start: Int) throws(ScenarioIssue) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue,
        byte < 0x80
      else {
        throw syntax("four hexadecimal digits after \\u", found: upcoming(start, 6), at: start)
      }
      unit = unit << 4 | UInt16(digit)
      offset += 1
    }
    return unit
  }
}

/// A number in hexadecimal with at least `digits` digits.
func hexadecimal(_ value: UInt8, _ digits: Int, prefix: String = "0x") -> String {
  let text = String(value, radix: 16, uppercase: true)
  return prefix + String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// The index of the first byte that is not part of well-formed UTF-8, or `nil`.
///
/// Source: the Unicode Standard, table 3-7.
func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
  var index = 0
  while index < bytes.count {
    let lead = bytes[index]
    if lead < 0x80 {
      index += 1
      continue
    }
    let (length, second): (Int, ClosedRange<UInt8>)
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return index
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]),
      bytes[(index + 2)..<(index + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
    else { return index }
    index += length
  }
  return nil
}

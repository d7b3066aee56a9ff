/// The one printer of JSON: members in their order, two spaces, short leaves on one line.
public struct JSONWriter {
  private var bytes: [UInt8] = []
  /// Where the line begins that is being written.
  private var lineStart = 0
  private let width: Int?

  private init(width: Int?) { self.width = width }

  /// The node over several lines, ended by a line feed.
  ///
  /// A list or object that fits within `width` columns and holds no list or object except empty
  /// ones stays on one line.
  public static func pretty(_ node: JSONNode, width: Int = 100) -> String {
    var writer = JSONWriter(width: width)
    writer.write(node, indent: 0)
    writer.bytes.append(newline)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The node on one line, with a space after each comma and colon.
  public static func compact(_ node: JSONNode) -> String {
    var writer = JSONWriter(width: nil)
    writer.write(node, indent: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The text as a JSON string.
  public static func quoted(_ text: some StringProtocol) -> String {
    var writer = JSONWriter(width: nil)
    writer.write(text: String(text))
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private mutating func write(_ node: JSONNode, indent: Int) {
    switch node.value {
    case .null: append("null")
    case .flag(let flag): append(flag ? "true" : "false")
    case .number(let number): bytes += number.utf8
    case .text(let text): write(text: text)
    case .list(let elements):
      enclosed(elements, "[", "]", indent: indent, value: \.self) { _, _ in }
    case .object(let members):
      enclosed(members, "{", "}", indent: indent, value: \.value) { writer, member in
        writer.write(text: member.name)
        writer.append(": ")
      }
    }
  }

  /// Writes the parts of a list or object: on one line, or when that turns out too long, on
  /// several.
  ///
  /// `writeName` writes what comes before the value of a part.
  private mutating func enclosed<Part>(
    _ parts: [Part], _ opening: StaticString, _ closing: StaticString, indent: Int,
    value: (Part) -> JSONNode, _ writeName: (inout JSONWriter, Part) -> Void
  ) {
    let start = bytes.count
    append(opening)
    if isWorthOneLine(parts, value) {
      for (index, part) in parts.enumerated() where isWithinWidth {
        if index > 0 { append(", ") }
        writeName(&self, part)
        write(value(part), indent: indent + 1)
      }
      append(closing)
      if isWithinWidth || parts.isEmpty { return }
      bytes.removeSubrange((start + opening.utf8CodeUnitCount)...)
    }
    for (index, part) in parts.enumerated() {
      if index > 0 { append(",") }
      startLine(indent + 1)
      writeName(&self, part)
      write(value(part), indent: indent + 1)
    }
    startLine(indent)
    append(closing)
  }

  /// Whether the line is not too long so far.
  private var isWithinWidth: Bool {
    guard let width else { return true }
    return bytes.count - lineStart < width
  }

  /// Whether all parts may stand on one line, if they are short: none of them holds anything, and
  /// their texts alone are not too long.
  private func isWorthOneLine<Part>(_ parts: [Part], _ value: (Part) -> JSONNode) -> Bool {
    guard let width else { return true }
    var least = bytes.count - lineStart
    for part in parts {
      guard let length = value(part).leastLength else { return false }
      least += length
      if least >= width { return false }
    }
    return true
  }

  private mutating func startLine(_ indent: Int) {
    bytes.append(newline)
    lineStart = bytes.count
    for _ in 0..<indent { append("  ") }
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func write(text: String) {
    var text = text
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8 { text in
      guard text.contains(where: isEscaped) else { return bytes.append(contentsOf: text) }
      for byte in text {
        if isEscaped(byte) { writeEscape(byte) } else { bytes.append(byte) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func writeEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case UInt8(ascii: "\n"): append("\\n")
    case UInt8(ascii: "\r"): append("\\r")
    case UInt8(ascii: "\t"): append("\\t")
    default:
      append("\\u00")
      bytes.append(hexDigit(byte >> 4))
      bytes.append(hexDigit(byte & 15))
    }
  }

  private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

extension JSONNode {
  /// A number of bytes that the value has on one line at least; `nil` for what holds something.
  fileprivate var leastLength: Int? {
    switch value {
    case .list(let elements): elements.isEmpty ? 2 : nil
    case .object(let members): members.isEmpty ? 2 : nil
    case .text(let text): text.utf8.count + 2
    case .number(let number): number.utf8.count
    case .null, .flag: 4
    }
  }
}

/// The one printer of JSON: members in their order, two spaces, short leaves on one line.
public struct JSONWriter {
  private var bytes: [UInt8] = []
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
    case .null: bytes += "null".utf8
    case .flag(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(let number): bytes += number.utf8
    case .text(let text): write(text: text)
    case .list(let elements):
      let onOneLine = fitsOnOneLine(node)
      enclosed("[", "]", count: elements.count, onOneLine: onOneLine, indent: indent) {
        $0.write(elements[$1], indent: indent + 1)
      }
    case .object(let members):
      let onOneLine = fitsOnOneLine(node)
      enclosed("{", "}", count: members.count, onOneLine: onOneLine, indent: indent) {
        $0.write(text: members[$1].name)
        $0.bytes += ": ".utf8
        $0.write(members[$1].value, indent: indent + 1)
      }
    }
  }

  private mutating func enclosed(
    _ opening: String, _ closing: String, count: Int, onOneLine: Bool, indent: Int,
    _ writePart: (inout JSONWriter, Int) -> Void
  ) {
    bytes += opening.utf8
    for index in 0..<count {
      if index > 0 { bytes += (onOneLine ? ", " : ",").utf8 }
      if !onOneLine { startLine(indent + 1) }
      writePart(&self, index)
    }
    if !onOneLine { startLine(indent) }
    bytes += closing.utf8
  }

  private mutating func startLine(_ indent: Int) {
    bytes.append(newline)
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * 2))
  }

  private func fitsOnOneLine(_ node: JSONNode) -> Bool {
    guard let width else { return true }
    let parts = node.elements ?? node.members?.map(\.value) ?? []
    if parts.isEmpty { return true }
    guard parts.allSatisfy({ ($0.elements?.count ?? $0.members?.count ?? 0) == 0 }) else {
      return false
    }
    let lineStart = (bytes.lastIndex(of: newline) ?? -1) + 1
    return bytes.count - lineStart + JSONWriter.compact(node).utf8.count < width
  }

  private mutating func write(text: String) {
    bytes.append(UInt8(ascii: "\""))
    let isPlain = text.utf8.allSatisfy {
      $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    if isPlain {
      bytes += text.utf8
      bytes.append(UInt8(ascii: "\""))
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case UInt8(ascii: "\n"): bytes += "\\n".utf8
      case UInt8(ascii: "\r"): bytes += "\\r".utf8
      case UInt8(ascii: "\t"): bytes += "\\t".utf8
      case 0..<0x20:
        bytes += "\\u00".utf8
        bytes += [hexDigit(byte >> 4), hexDigit(byte & 15)]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

/// HTML or SVG in the making: elements are written, texts are escaped on the way in.
///
/// There is no other way to add a text or the value of an attribute, so that nothing that comes
/// from a file can become a tag.
struct Markup {
  /// What was written.
  private(set) var text = ""

  /// Nothing yet.
  init() {}

  /// Writes an element with what `body` writes in it.
  mutating func element(
    _ name: String, _ attributes: [(String, String)] = [], _ body: (inout Markup) -> Void
  ) {
    open(name, attributes)
    text += ">"
    body(&self)
    text += "</\(name)>"
  }

  /// Writes an element that holds a text.
  mutating func element(
    _ name: String, _ attributes: [(String, String)] = [], text content: String
  ) {
    element(name, attributes) { $0.text(content) }
  }

  /// Writes an element that never holds anything, such as `meta` or `br`.
  mutating func void(_ name: String, _ attributes: [(String, String)] = []) {
    open(name, attributes)
    text += ">"
  }

  /// Writes an SVG element that is closed at once.
  mutating func closed(_ name: String, _ attributes: [(String, String)] = []) {
    open(name, attributes)
    text += "/>"
  }

  /// Writes a text.
  mutating func text(_ content: String) { text += Self.escaped(content) }

  /// Writes what is already markup.
  mutating func append(_ markup: Markup) { text += markup.text }

  /// Writes a line feed, where markup may have one.
  mutating func newLine() { text += "\n" }

  /// Writes a literal of this program as it is.
  mutating func raw(_ content: StaticString) { text += "\(content)" }

  /// Writes a style sheet, in which nothing is escaped and no tag can stand.
  mutating func styleSheet(_ rules: String) {
    precondition(!rules.contains("<"), "a style sheet must not end its element")
    text += "<style>\(rules)</style>"
  }

  private mutating func open(_ name: String, _ attributes: [(String, String)]) {
    text += "<\(name)"
    for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
  }

  /// The text with the five signs of markup escaped, and without controls that HTML forbids.
  static func escaped(_ content: String) -> String {
    guard content.utf8.contains(where: isSpecial) else { return content }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(content.utf8.count + 16)
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": bytes += "&amp;".utf8
      case "<": bytes += "&lt;".utf8
      case ">": bytes += "&gt;".utf8
      case "\"": bytes += "&quot;".utf8
      case "'": bytes += "&#39;".utf8
      case "\t", "\n": bytes += UTF8.encode(scalar).map(Array.init) ?? []
      default: bytes += UTF8.encode(isForbidden(scalar) ? "\u{FFFD}" : scalar).map(Array.init) ?? []
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, 0x7F...0xC2, 0xEF...0xF4: true
    default: "&<>\"'".utf8.contains(byte)
    }
  }

  /// Controls and noncharacters, which HTML does not allow in texts.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    return value < 0x20 || (0x7F..<0xA0).contains(value) || (0xFDD0..<0xFDF0).contains(value)
      || value & 0xFFFE == 0xFFFE
  }
}

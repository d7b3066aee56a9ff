/// A place in a JSON document: the names and indices that lead there.
///
/// Source: RFC 6901.
public struct JSONPointer: Hashable, Sendable {
  /// The steps from the root, unescaped.
  public var tokens: [String]

  /// The whole document.
  public static let root = JSONPointer([])

  /// Creates the place that `tokens` lead to.
  public init(_ tokens: [String]) { self.tokens = tokens }

  /// Reads a pointer such as `/policies/0/limit`, or `nil` when it is not one.
  public init?(parsing text: String) {
    tokens = []
    if text.isEmpty { return }
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    let slash = UInt8(ascii: "/")
    for part in text.utf8.dropFirst().split(separator: slash, omittingEmptySubsequences: false) {
      guard let token = JSONPointer.unescaped(part) else { return nil }
      tokens.append(token)
    }
  }

  /// The place one step further, at the member called `token`.
  public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }

  /// The place one step further, at the element number `index`.
  public func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

  private static func unescaped(_ part: Substring.UTF8View.SubSequence) -> String? {
    var bytes: [UInt8] = []
    var rest = part[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "~") else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
      case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
      default: return nil
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension JSONPointer: CustomStringConvertible {
  /// The pointer as text, with `~` and `/` in names escaped; empty for the root.
  public var description: String {
    var bytes: [UInt8] = []
    for token in tokens {
      bytes.append(UInt8(ascii: "/"))
      for byte in token.utf8 {
        switch byte {
        case UInt8(ascii: "~"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "0")]
        case UInt8(ascii: "/"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "1")]
        default: bytes.append(byte)
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

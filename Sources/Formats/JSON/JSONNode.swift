/// A JSON value and where it was written.
public struct JSONNode: Sendable {
  /// The value.
  public var value: Content

  /// The place of its first byte; `nil` for values that a program made.
  public var position: SourcePosition?

  /// Creates a node.
  public init(_ value: Content, at position: SourcePosition? = nil) {
    self.value = value
    self.position = position
  }

  /// The six kinds of JSON values.
  public indirect enum Content: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case flag(Bool)
    /// A number, as it was written.
    case number(String)
    /// A text, with its escapes resolved.
    case text(String)
    /// A list.
    case list([JSONNode])
    /// An object: its members in the order of the file.
    case object([JSONMember])
  }

  /// The members of an object; `nil` for other values.
  public var members: [JSONMember]? {
    if case .object(let members) = value { members } else { nil }
  }

  /// The elements of a list; `nil` for other values.
  public var elements: [JSONNode]? {
    if case .list(let elements) = value { elements } else { nil }
  }

  /// The text; `nil` for other values.
  public var text: String? {
    if case .text(let text) = value { text } else { nil }
  }

  /// The value of the member called `name` of an object.
  ///
  /// Complexity: linear in the number of members.
  public subscript(name: String) -> JSONNode? {
    members?.first { $0.name == name }?.value
  }
}

/// One member of a JSON object.
public struct JSONMember: Sendable {
  /// Its name, with escapes resolved.
  public var name: String

  /// The place of its name.
  public var position: SourcePosition?

  /// Its value.
  public var value: JSONNode

  /// Creates a member.
  public init(_ name: String, _ value: JSONNode, at position: SourcePosition? = nil) {
    self.name = name
    self.position = position
    self.value = value
  }
}

extension JSONNode: Equatable {
  /// Nodes are equal when their values are, numbers by their text, members in order.
  public static func == (left: JSONNode, right: JSONNode) -> Bool {
    switch (left.value, right.value) {
    case (.null, .null): true
    case (.flag(let left), .flag(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.text(let left), .text(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    case (.object(let left), .object(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }
}

extension JSONNode: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByFloatLiteral
{
  /// A text.
  public init(stringLiteral text: String) { self.init(.text(text)) }

  /// A number.
  public init(integerLiteral number: Int64) { self.init(.number(String(number))) }

  /// A number.
  public init(floatLiteral number: Double) { self = .number(number) }

  /// A flag.
  public init(booleanLiteral flag: Bool) { self.init(.flag(flag)) }

  /// A list.
  public init(arrayLiteral elements: JSONNode...) { self.init(.list(elements)) }

  /// An object with its members in the order written.
  public init(dictionaryLiteral members: (String, JSONNode)...) {
    self.init(.object(members.map { JSONMember($0, $1) }))
  }
}

extension JSONNode {
  /// `null`; there is no `nil` literal, which would make `node["x"] == nil` mean something else.
  public static let null = JSONNode(.null)

  /// A text.
  public static func text(_ text: some StringProtocol) -> JSONNode { JSONNode(.text(String(text))) }

  /// A whole number.
  public static func number(_ number: some BinaryInteger) -> JSONNode {
    JSONNode(.number(String(number)))
  }

  /// A number in its shortest round-trip form; `null` when it is not finite.
  public static func number(_ number: Double) -> JSONNode {
    JSONNode(number.isFinite ? .number(NumberText.shortest(number)) : .null)
  }

  /// A flag.
  public static func flag(_ flag: Bool) -> JSONNode { JSONNode(.flag(flag)) }

  /// A list.
  public static func list(_ elements: [JSONNode]) -> JSONNode { JSONNode(.list(elements)) }

  /// An object with its members in the given order.
  public static func object(_ members: [(String, JSONNode)]) -> JSONNode {
    JSONNode(.object(members.map { JSONMember($0.0, $0.1) }))
  }
}

extension JSONNode {
  /// The value in words for messages: its text when short, otherwise its kind.
  public var found: String {
    switch value {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): shortened(number)
    case .text(let text): JSONWriter.quoted(shortened(text))
    case .list(let elements): elements.isEmpty ? "an empty list" : "a list"
    case .object(let members): members.isEmpty ? "an empty object" : "an object"
    }
  }

  private func shortened(_ text: String) -> String {
    text.count <= 60 ? text : text.prefix(57) + "..."
  }
}

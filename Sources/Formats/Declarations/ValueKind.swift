/// One kind of JSON value: how it looks, how it is read, and how a default is written.
public struct ValueKind<Value: Sendable>: Sendable {
  /// What its JSON looks like.
  public let shape: Shape

  /// A value within the bounds, which stands in for one that could not be read.
  public let placeholder: @Sendable () -> Value

  /// The unit of the value, for the reference; empty when it has none.
  public private(set) var unitName = ""

  /// Reads a node; `nil` when an issue was recorded instead.
  let read: @Sendable (JSONNode, DocumentReader) -> Value?

  /// The JSON of a value; `nil` when it has none.
  let write: @Sendable (Value) -> JSONNode?

  /// Creates a kind.
  ///
  /// `read` returns `nil` only after recording an issue; `write` gives the JSON that reads back as
  /// the value, for defaults.
  public init(
    shape: Shape, placeholder: @escaping @Sendable () -> Value,
    read: @escaping @Sendable (JSONNode, DocumentReader) -> Value?,
    write: @escaping @Sendable (Value) -> JSONNode? = { _ in nil }
  ) {
    self.shape = shape
    self.placeholder = placeholder
    self.read = read
    self.write = write
  }

  /// The value of a node, or a placeholder when an issue was recorded.
  func value(of node: JSONNode, _ reader: DocumentReader) -> Value {
    read(node, reader) ?? placeholder()
  }

  /// The same kind with a unit for schema and reference, such as `tokens`.
  public func unit(_ name: String) -> ValueKind {
    var kind = self
    kind.unitName = name
    return kind
  }

  /// The kind whose values are made from this one's by `transform`.
  ///
  /// `back` undoes `transform`; it is needed only to show defaults.
  public func map<New>(
    _ transform: @escaping @Sendable (Value) -> New,
    back: @escaping @Sendable (New) -> Value? = { _ in nil }
  ) -> ValueKind<New> {
    ValueKind<New>(
      shape: shape, placeholder: { transform(placeholder()) },
      read: { read($0, $1).map(transform) }, write: { back($0).flatMap(write) }
    ).unit(unitName)
  }

  /// The kind made by ``map(_:back:)`` from another: `.from(.duration()) { SimDuration($0) }`.
  public static func from<Old>(
    _ kind: ValueKind<Old>, _ transform: @escaping @Sendable (Old) -> Value,
    back: @escaping @Sendable (Value) -> Old? = { _ in nil }
  ) -> ValueKind {
    kind.map(transform, back: back)
  }

  /// The kind whose values also pass `test`; `expected` says what that is.
  ///
  /// The rule is not part of the schema. `placeholder` is a value that passes; by default that of
  /// the plain kind.
  public func checked(
    _ expected: String, placeholder: Value? = nil, _ test: @escaping @Sendable (Value) -> Bool
  ) -> ValueKind {
    ValueKind(
      shape: shape, placeholder: { placeholder ?? self.placeholder() },
      read: { node, reader in
        guard let value = read(node, reader) else { return nil }
        if test(value) { return value }
        reader.record(.rule(expected: expected, found: node.found), node)
        return nil
      }, write: write
    ).unit(unitName)
  }

  /// The kind whose values are made by `transform`, which refuses some with `nil`.
  ///
  /// The refusal is not part of the schema; `expected` says what would be accepted.
  public func converted<New>(
    _ expected: String, placeholder: New, _ transform: @escaping @Sendable (Value) -> New?,
    back: @escaping @Sendable (New) -> Value? = { _ in nil }
  ) -> ValueKind<New> {
    ValueKind<New>(
      shape: shape, placeholder: { placeholder },
      read: { node, reader in
        guard let value = read(node, reader) else { return nil }
        if let new = transform(value) { return new }
        reader.record(.rule(expected: expected, found: node.found), node)
        return nil
      }, write: { back($0).flatMap(write) }
    ).unit(unitName)
  }

  /// The kind whose values remember where they were read.
  public static func located<Inner>(
    _ kind: ValueKind<Inner>
  ) -> ValueKind where Value == Located<Inner> {
    ValueKind(
      shape: kind.shape, placeholder: { Located(kind.placeholder()) },
      read: { node, reader in
        kind.read(node, reader).map {
          Located($0, pointer: reader.pointer, position: node.position)
        }
      }, write: { kind.write($0.value) }
    ).unit(kind.unitName)
  }
}

extension DocumentReader {
  /// Records that a node is of another kind than `shape`.
  func recordWrongKind(_ shape: Shape, _ node: JSONNode, suggestion: String? = nil) {
    record(
      .wrongKind(expected: shape.expected, found: node.found), node, suggestion: suggestion)
  }

  /// Records that a node is outside the bounds of `shape`.
  func recordOutOfRange(_ shape: Shape, _ node: JSONNode, suggestion: String? = nil) {
    record(
      .outOfRange(expected: shape.expected, found: node.found), node, suggestion: suggestion)
  }
}

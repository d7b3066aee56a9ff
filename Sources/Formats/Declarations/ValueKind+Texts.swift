extension ValueKind where Value == String {
  /// Any text of so many characters.
  public static func text(count: ClosedRange<Int> = 0...Int.max) -> ValueKind {
    let shape = Shape.text(count)
    return ValueKind(
      shape: shape,
      placeholder: { String(repeating: "?", count: count.lowerBound) },
      read: { node, reader in
        guard let text = node.text else {
          reader.recordWrongKind(shape, node)
          return nil
        }
        if count.contains(text.unicodeScalars.count) { return text }
        reader.recordOutOfRange(shape, node)
        return nil
      }, write: { .text($0) })
  }

  /// Any text.
  public static var text: ValueKind { text() }

  /// A name: 1 to 64 ASCII letters, digits, `-`, `_` and `.`, the first a letter or digit.
  public static var name: ValueKind {
    ValueKind(
      shape: .name, placeholder: { "name" },
      read: { node, reader in
        guard let text = node.text else {
          reader.recordWrongKind(.name, node)
          return nil
        }
        if isName(text) { return text }
        let bytes = text.utf8.map { isNameByte($0) ? $0 : UInt8(ascii: "-") }
        let nearest = String(decoding: bytes.prefix(64), as: UTF8.self)
        reader.recordOutOfRange(
          .name, node, suggestion: isName(nearest) ? JSONWriter.quoted(nearest) : nil)
        return nil
      }, write: { .text($0) })
  }
}

/// Whether a text is a name: see ``ValueKind/name``.
func isName(_ text: String) -> Bool {
  let bytes = text.utf8
  guard (1...64).contains(bytes.count), let first = bytes.first else { return false }
  return isNameByte(first) && first != UInt8(ascii: "-") && first != UInt8(ascii: "_")
    && first != UInt8(ascii: ".") && bytes.allSatisfy(isNameByte)
}

private func isNameByte(_ byte: UInt8) -> Bool {
  isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26
    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
}

extension ValueKind where Value == String {
  /// One of `names`, which are offered, or another text that `accepts` takes.
  ///
  /// For names of which some come from elsewhere in the document: who declares the field checks
  /// those.
  public static func text(
    among names: [String], or accepts: @escaping @Sendable (String) -> Bool
  ) -> ValueKind {
    precondition(!names.isEmpty, "no names to offer")
    let shape = Shape.either(
      .choice(names.map { ChoiceOption(name: $0, help: "") }), .text(1...Int.max))
    return ValueKind(
      shape: shape, placeholder: { names[0] },
      read: { node, reader in
        guard let text = node.text else {
          reader.recordWrongKind(shape, node)
          return nil
        }
        if names.contains(text) || accepts(text) { return text }
        reader.recordUnknownName(text, names, node)
        return nil
      }, write: { .text($0) })
  }
}

extension ValueKind where Value == Bool {
  /// `true` or `false`.
  public static var flag: ValueKind {
    ValueKind(
      shape: .flag, placeholder: { false },
      read: { node, reader in
        if case .flag(let flag) = node.value { return flag }
        let suggestion = ["true", "false"].first { $0 == node.text?.lowercased() }
        reader.recordWrongKind(.flag, node, suggestion: suggestion)
        return nil
      }, write: { .flag($0) })
  }
}

extension ValueKind where Value == JSONNode {
  /// Any JSON value, as it stands.
  public static var json: ValueKind {
    ValueKind(shape: .any, placeholder: { .null }, read: { node, _ in node }, write: { $0 })
  }
}

extension ValueKind {
  /// One of several texts, each with its value and its help; the first is the placeholder.
  public static func choice(
    _ options: [(name: String, value: Value, help: String)]
  ) -> ValueKind {
    choice(options, write: { _ in nil })
  }

  /// One of several texts, as above; defaults are shown by the name of the first equal value.
  public static func choice(
    _ options: [(name: String, value: Value, help: String)]
  ) -> ValueKind where Value: Equatable {
    choice(
      options, write: { value in options.first { $0.value == value }.map { .text($0.name) } })
  }

  /// One of the cases of an enumeration, by raw value.
  ///
  /// `help` says what a case means.
  public static func choice(
    _ type: Value.Type, help: @Sendable (Value) -> String = { _ in "" }
  ) -> ValueKind where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    choice(
      type.allCases.map { ($0.rawValue, $0, help($0)) }, write: { .text($0.rawValue) })
  }

  private static func choice(
    _ options: [(name: String, value: Value, help: String)],
    write: @escaping @Sendable (Value) -> JSONNode?
  ) -> ValueKind {
    precondition(!options.isEmpty, "a choice without options")
    let shape = Shape.choice(options.map { ChoiceOption(name: $0.name, help: $0.help) })
    return ValueKind(
      shape: shape, placeholder: { options[0].value },
      read: { node, reader in
        guard let text = node.text else {
          reader.recordWrongKind(shape, node)
          return nil
        }
        if let option = options.first(where: { $0.name == text }) { return option.value }
        reader.recordUnknownName(text, options.map(\.name), node)
        return nil
      }, write: write)
  }
}

extension DocumentReader {
  /// Records that a name is none of `known`.
  func recordUnknownName(_ name: String, _ known: [String], _ node: JSONNode) {
    issues.append(
      .unknownName(name, known: known, pointer: pointer, position: node.position))
  }
}

public import WeirFormats

/// A place of the scenario that differs between points: a column of every result file.
public struct SweepAxis: Sendable {
  /// The place.
  public let pointer: JSONPointer
  /// The name of the column, and the name in those of points.
  public let name: String
  /// What the cells of the column are.
  let kind: Column.Kind

  /// The axis called `name` with the values that it takes.
  init(_ pointer: JSONPointer, name: String, values: [JSONNode]) {
    self.pointer = pointer
    self.name = name
    kind = Self.kind(of: values)
  }

  /// What all values are; texts unless they are of one kind.
  private static func kind(of values: [JSONNode]) -> Column.Kind {
    var numbers = true
    var integers = true
    var flags = true
    for value in values {
      if case .flag = value.value { numbers = false } else { flags = false }
      guard case .number(let text) = value.value else {
        numbers = false
        continue
      }
      integers = integers && Int64(text) != nil
    }
    if values.isEmpty { return .text }
    return flags ? .flag : !numbers ? .text : integers ? .integer : .number
  }

  /// The text of a value in names of points and in columns of texts.
  ///
  /// A list, an object or a long text is called by its number among the values of its axis.
  static func label(_ value: JSONNode, number: Int) -> String {
    switch value.value {
    case .null: return "null"
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let text): return text
    case .text(let text):
      let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\",/=".utf8.contains($0) }
      return isPlain && (1...24).contains(text.utf8.count) ? text : "#\(number)"
    case .list, .object: return "#\(number)"
    }
  }

  // MARK: Names

  /// The names of the axes of a document, for those that were not given one: the shortest end of
  /// the pointer that tells them apart from one another and from the columns that are `taken`.
  ///
  /// An element of a list goes by its member `name`, where it has one.
  static func names(
    _ pointers: [JSONPointer], in document: JSONNode, given: [(key: String, value: String)],
    taken: Set<String>
  ) -> [String] {
    let candidates = pointers.map { Self.candidates($0, document) }
    var used = taken.union(given.map(\.value))
    return pointers.indices.map { index in
      if let own = given.first(where: { $0.key == pointers[index].description }) {
        return own.value
      }
      let others = candidates.indices.filter { $0 != index }.flatMap { candidates[$0] }
      let free = candidates[index].first { !used.contains($0) && !others.contains($0) }
      var name = free ?? candidates[index].last ?? "axis"
      while used.contains(name) { name += "_" }
      used.insert(name)
      return name
    }
  }

  /// The ends of a pointer as names, the shortest first; none begins with an index.
  private static func candidates(_ pointer: JSONPointer, _ document: JSONNode) -> [String] {
    let parts = pointer.tokens.indices.map { place in
      let element = document[JSONPointer(Array(pointer.tokens[...place]))]
      let name = Int(pointer.tokens[place]) == nil ? nil : element?["name"]?.text
      return snakeCase(name ?? pointer.tokens[place])
    }
    return parts.indices.reversed().compactMap { start in
      Int(parts[start]) == nil ? parts[start...].joined(separator: "_") : nil
    }
  }

  /// The token in small letters, with `_` before what were capitals and for other signs.
  private static func snakeCase(_ token: String) -> String {
    var text = ""
    for letter in token.unicodeScalars {
      let isSmall = ("a"..."z").contains(letter) || ("0"..."9").contains(letter)
      if isSmall {
        text.unicodeScalars.append(letter)
      } else if ("A"..."Z").contains(letter) {
        text += (text.isEmpty ? "" : "_") + String(letter).lowercased()
      } else {
        text += "_"
      }
    }
    return text
  }
}

import WeirFormats

/// Validates documents against the part of JSON Schema draft-07 that Weir writes.
///
/// Written from the specification, apart from the reader that it is compared with; an unknown
/// keyword is a fault of the schema.
final class SchemaValidator {
  let root: JSONNode
  private var verdicts: [[String]: Bool] = [:]
  private let patterns: [String: Regex<AnyRegexOutput>]

  init(_ root: JSONNode) throws {
    self.root = root
    var patterns: [String: Regex<AnyRegexOutput>] = [:]
    for text in SchemaValidator.patterns(in: root) {
      patterns[text] = try Regex(text).anchorsMatchLineEndings(false)
    }
    self.patterns = patterns
  }

  /// Whether the document is valid.
  func accepts(_ document: JSONNode) -> Bool { accepts(document, root) }

  private func accepts(_ node: JSONNode, _ schema: JSONNode) -> Bool {
    if let reference = schema["$ref"]?.text {
      let token = String(reference.dropFirst(14)).replacing("%20", with: " ")
      guard let definition = root["definitions"]?[token] else { return false }
      return accepts(node, definition)
    }
    return (schema.members ?? []).allSatisfy { accepts(node, $0.name, $0.value, schema) }
  }

  private func accepts(
    _ node: JSONNode, _ keyword: String, _ argument: JSONNode, _ schema: JSONNode
  ) -> Bool {
    switch keyword {
    case "$schema", "title", "description", "default", "definitions": return true
    case "type": return isOfType(node, argument.text ?? "")
    case "const": return node == argument
    case "enum": return argument.elements?.contains(node) == true
    case "allOf": return argument.elements?.allSatisfy { accepts(node, $0) } == true
    case "anyOf": return argument.elements?.contains { accepts(node, $0) } == true
    case "oneOf": return argument.elements?.count { accepts(node, $0) } == 1
    case "minimum": return compare(node, argument) { $0 >= $1 }
    case "exclusiveMinimum": return compare(node, argument) { $0 > $1 }
    case "maximum": return compare(node, argument) { $0 <= $1 }
    case "minLength": return compareCount(node.text?.unicodeScalars.count, argument) { $0 >= $1 }
    case "maxLength": return compareCount(node.text?.unicodeScalars.count, argument) { $0 <= $1 }
    case "minItems": return compareCount(node.elements?.count, argument) { $0 >= $1 }
    case "maxItems": return compareCount(node.elements?.count, argument) { $0 <= $1 }
    case "pattern": return matches(node, argument.text ?? "")
    case "items": return node.elements?.allSatisfy { accepts($0, argument) } ?? true
    case "required":
      return node.members == nil
        || argument.elements?.allSatisfy { $0.text.map { node[$0] != nil } == true } == true
    case "properties":
      return node.members?.allSatisfy { member in
        argument[member.name].map { accepts(member.value, $0) } ?? true
      } ?? true
    case "propertyNames":
      return node.members?.allSatisfy { accepts(.text($0.name), argument) } ?? true
    case "additionalProperties":
      let declared = schema["properties"]?.members?.map(\.name) ?? []
      return node.members?.allSatisfy { member in
        declared.contains(member.name)
          || (argument != false && accepts(member.value, argument))
      } ?? true
    default: preconditionFailure("the schema has an unknown keyword \(keyword)")
    }
  }

  private func isOfType(_ node: JSONNode, _ type: String) -> Bool {
    switch node.value {
    case .null: type == "null"
    case .flag: type == "boolean"
    case .text: type == "string"
    case .list: type == "array"
    case .object: type == "object"
    case .number(let text):
      type == "number" || type == "integer" && (DecimalText(text)?.exponent ?? 0) >= 0
    }
  }

  private func compare(
    _ node: JSONNode, _ bound: JSONNode, _ holds: (DecimalText, DecimalText) -> Bool
  ) -> Bool {
    guard case .number(let left) = node.value, case .number(let right) = bound.value,
      let left = DecimalText(left), let right = DecimalText(right)
    else { return true }
    return holds(left, right)
  }

  private func compareCount(
    _ count: Int?, _ bound: JSONNode, _ holds: (Int, Int) -> Bool
  ) -> Bool {
    guard let count, case .number(let text) = bound.value, let bound = Int(text) else {
      return true
    }
    return holds(count, bound)
  }

  private func matches(_ node: JSONNode, _ pattern: String) -> Bool {
    guard let text = node.text, let regex = patterns[pattern] else { return true }
    if let known = verdicts[[pattern, text]] { return known }
    let verdict = text.firstMatch(of: regex) != nil
    verdicts[[pattern, text]] = verdict
    return verdict
  }

  private static func patterns(in schema: JSONNode) -> Set<String> {
    var found: Set<String> = []
    if let pattern = schema["pattern"]?.text { found.insert(pattern) }
    for part in schema.elements ?? schema.members?.map(\.value) ?? [] {
      found.formUnion(patterns(in: part))
    }
    return found
  }
}

/// A value with the place it was read from, for rules that are checked later.
public struct Located<Value: Sendable>: Sendable {
  /// The value.
  public var value: Value

  /// Where it is in the document.
  public var pointer: JSONPointer

  /// Where it was written; `nil` when it is a default or a placeholder.
  public var position: SourcePosition?

  /// Creates a located value.
  public init(_ value: Value, pointer: JSONPointer = .root, position: SourcePosition? = nil) {
    self.value = value
    self.pointer = pointer
    self.position = position
  }

  /// An issue about this value.
  public func issue(
    _ problem: ScenarioIssue.Problem, suggestion: String? = nil
  ) -> ScenarioIssue {
    ScenarioIssue(problem, pointer: pointer, position: position, suggestion: suggestion)
  }
}

extension Located where Value == String {
  /// The issue that the name is none of `known`, or `nil` when it is one of them.
  ///
  /// Placeholders, which are nowhere in the document, give no issue.
  public func unknownName(among known: [String]) -> ScenarioIssue? {
    if pointer == .root || known.contains(value) { return nil }
    return .unknownName(value, known: known, pointer: pointer, position: position)
  }
}

/// One pass over a document: the place reached, the issues and origins found so far.
public final class DocumentReader {
  /// The place in the document that is being read.
  public internal(set) var pointer = JSONPointer.root

  /// What is wrong so far.
  public internal(set) var issues: [ScenarioIssue] = []

  /// Where fields came from so far.
  var origins: [FieldOrigin] = []

  /// What other packages add to registries.
  let extensions: Extensions

  init(extensions: Extensions) { self.extensions = extensions }

  /// Reads something one step further down.
  func at<Result>(_ token: String, _ body: () -> Result) -> Result {
    pointer.tokens.append(token)
    defer { pointer.tokens.removeLast() }
    return body()
  }

  /// Records an issue at the place reached.
  public func record(
    _ problem: ScenarioIssue.Problem, _ node: JSONNode, suggestion: String? = nil
  ) {
    issues.append(
      ScenarioIssue(
        problem, pointer: pointer, position: node.position, suggestion: suggestion))
  }
}

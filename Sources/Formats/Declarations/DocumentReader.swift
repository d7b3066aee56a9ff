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

  /// The files that the document may name.
  let inputs: InputFiles

  /// The files that it names so far, each once.
  private(set) var inputsRead: [InputFile] = []

  init(extensions: Extensions, inputs: InputFiles = .none) {
    self.extensions = extensions
    self.inputs = inputs
  }

  /// Notes that the document names `file`.
  func add(_ file: InputFile) {
    if !inputsRead.contains(where: { $0 === file }) { inputsRead.append(file) }
  }

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

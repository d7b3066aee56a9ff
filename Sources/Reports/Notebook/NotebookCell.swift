import WeirFormats

/// A cell of a notebook: its text, and what is shown below it before it is ever run.
struct NotebookCell {
  /// What a cell holds.
  enum Kind: String {
    case markdown, code
  }

  let kind: Kind
  let source: String
  /// Words for tools, such as `parameters`.
  var tags: [String] = []
  /// What Weir shows below the cell; running the notebook puts Python's own in its place.
  var outputs: [NotebookOutput] = []

  /// A cell of words.
  static func markdown(_ source: String) -> NotebookCell {
    NotebookCell(kind: .markdown, source: source)
  }

  /// A cell of Python.
  static func code(_ source: String, _ outputs: [NotebookOutput] = []) -> NotebookCell {
    NotebookCell(kind: .code, source: source, outputs: outputs)
  }

  /// The cell as notebook format 4.5 has it.
  func document(id: String) -> JSONNode {
    var metadata = JSONNode.object([])
    if !tags.isEmpty { metadata = .object([("tags", .list(tags.map { .text($0) }))]) }
    let own: [(String, JSONNode)] =
      kind == .code
      ? [("execution_count", .null), ("outputs", .list(outputs.map { $0.document() }))] : []
    return .object(
      [
        ("cell_type", .text(kind.rawValue)), ("id", .text(id)), ("metadata", metadata),
        ("source", NotebookOutput.lines(source)),
      ] + own)
  }

  /// The cell in a script whose cells begin with `# %%`.
  func script() -> String {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let marks = tags.isEmpty ? "" : " tags=[" + tags.map(JSONWriter.quoted).joined() + "]"
    switch kind {
    case .code: return "# %%\(marks)\n\(source)\n"
    case .markdown:
      return "# %% [markdown]\n" + lines.map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined()
    }
  }
}

/// One thing below a cell, in the kinds that a viewer may choose from.
struct NotebookOutput {
  /// The contents by media type, the last one plain text.
  let data: [(type: String, content: String)]

  /// A chart, with its description for those who cannot see it.
  static func chart(_ chart: Chart) -> NotebookOutput {
    NotebookOutput(data: [
      ("image/svg+xml", chart.document()),
      ("text/plain", "\(chart.title). \(chart.description)"),
    ])
  }

  /// A part of a page.
  static func html(_ markup: Markup, plain: String) -> NotebookOutput {
    NotebookOutput(data: [("text/html", markup.text), ("text/plain", plain)])
  }

  /// The output as notebook format 4.5 has it.
  func document() -> JSONNode {
    .object([
      ("output_type", "display_data"), ("metadata", .object([])),
      ("data", .object(data.map { ($0.type, Self.lines($0.content)) })),
    ])
  }

  /// A text as a list of lines that keep their line feeds, which is easier to compare.
  static func lines(_ text: String) -> JSONNode {
    var lines: [JSONNode] = []
    var rest = text[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: "\n").map { rest.index(after: $0) } ?? rest.endIndex
      lines.append(.text(rest[..<end]))
      rest = rest[end...]
    }
    return .list(lines)
  }
}

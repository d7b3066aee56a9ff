/// The one place where issues are worded.
public enum IssueRenderer {
  /// The issue as `file:line:column: pointer: message`, with the line, a caret and a suggestion.
  public static func text(_ issue: ScenarioIssue) -> String {
    let place = issue.position.map { "\($0): " } ?? ""
    var text = place + subject(issue) + message(issue) + context(issue)
    if let position = issue.position, let excerpt = excerpt(position) { text += "\n" + excerpt }
    if let suggestion = suggestion(issue) { text += "\n  " + suggestion }
    return text + "\n"
  }

  /// All issues as text, in the order given.
  public static func text(_ issues: [ScenarioIssue]) -> String {
    issues.map { text($0) }.joined()
  }

  /// The issues as a JSON list, one object each.
  public static func json(_ issues: [ScenarioIssue]) -> JSONNode {
    .list(issues.map(json))
  }

  /// The issues as workflow commands that GitHub shows beside the lines, as many as it shows.
  public static func github(_ issues: [ScenarioIssue]) -> String {
    WorkflowCommand.text(
      of: issues.map { WorkflowCommand(.error, line($0), at: $0.position) })
  }

  /// The issue in one line, without its place: `/fleet/0/severs: unknown field ...`.
  public static func line(_ issue: ScenarioIssue) -> String {
    subject(issue) + message(issue) + context(issue)
      + (suggestion(issue).map { "; \($0)" } ?? "")
  }

  // MARK: Parts

  /// What is wrong, in words.
  public static func message(_ issue: ScenarioIssue) -> String {
    switch issue.problem {
    case .syntax(let expected, let found), .wrongKind(let expected, let found),
      .outOfRange(let expected, let found), .rule(let expected, let found):
      return "expected \(expected), found \(found)"
    case .tooDeep(let limit):
      return "expected at most \(limit) levels of lists and objects, found more"
    case .tooLarge(let limit, let found):
      return "expected at most \(limit) bytes, found \(found)"
    case .duplicateKey(let name, let first):
      return "expected each name once, found \(quoted(name)) again (first at \(first.line):"
        + "\(first.column))"
    case .unknownField(let name, let known):
      let names = known.isEmpty ? "no fields" : "only " + list(known)
      return "unknown field \(quoted(name)); there are \(names)"
    case .missingField(let name, let expected):
      return "missing field \(quoted(name)): expected \(expected)"
    case .unknownName(let name, let known):
      let names = known.isEmpty ? "a name (none is defined)" : Shape.oneOf(known)
      return "expected \(names), found \(quoted(name))"
    case .nothingThere(let wanted, let existing, let known):
      let parent = existing.tokens.isEmpty ? "the document" : existing.description
      let holds = known.isEmpty ? "has no members" : "has only " + list(known)
      return "nothing is at \(wanted): \(parent) \(holds)"
    case .missingFile(let path, let searched):
      let places = searched.isEmpty ? "" : "; looked for \(searched.joined(separator: ", "))"
      return "there is no file \(quoted(path))\(places)"
    case .unusable(let reason): return reason
    }
  }

  /// The pointer or column that the message is about, to stand before it.
  private static func subject(_ issue: ScenarioIssue) -> String {
    let column = issue.column.map { "column \(quoted($0)): " } ?? ""
    return column + (issue.pointer.tokens.isEmpty ? "" : "\(issue.pointer): ")
  }

  private static func context(_ issue: ScenarioIssue) -> String {
    issue.context.map { " (\($0))" } ?? ""
  }

  private static func suggestion(_ issue: ScenarioIssue) -> String? {
    guard let suggestion = issue.suggestion else { return nil }
    switch issue.problem {
    case .unknownField, .unknownName: return "did you mean \(quoted(suggestion))?"
    default: return "did you mean \(suggestion)?"
    }
  }

  /// The line of a place with a caret below; long lines are cut around the place.
  private static func excerpt(_ position: SourcePosition) -> String? {
    let scalars = Array(position.lineText.unicodeScalars)
    let column = position.column - 1
    guard scalars.contains(where: { $0 != " " && $0 != "\t" }), column <= scalars.count else {
      return nil
    }
    let start = column > 80 ? column - 60 : 0
    let end = min(scalars.count, start + 120)
    var line = String.UnicodeScalarView()
    line.append(contentsOf: scalars[start..<end].map { isControl($0) ? "?" : $0 })
    var blank = String.UnicodeScalarView()
    blank.append(contentsOf: scalars[start..<column].map { $0 == "\t" ? "\t" : " " })
    return "  \(start > 0 ? "..." : "")\(String(line))\(end < scalars.count ? "..." : "")\n"
      + "  \(start > 0 ? "   " : "")\(String(blank))^"
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\t" && (scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value))
  }

  private static func json(_ issue: ScenarioIssue) -> JSONNode {
    var members: [(String, JSONNode)] = []
    if let position = issue.position {
      members.append(("file", .text(position.file.name)))
      members.append(("line", .number(position.line)))
      members.append(("column", .number(position.column)))
    }
    members.append(("pointer", .text(issue.pointer.description)))
    if let column = issue.column { members.append(("csvColumn", .text(column))) }
    members.append(("problem", .text(issue.problem.name)))
    members.append(("message", .text(message(issue))))
    if let context = issue.context { members.append(("context", .text(context))) }
    if let suggestion = issue.suggestion { members.append(("suggestion", .text(suggestion))) }
    return .object(members)
  }

  private static func list(_ names: [String]) -> String {
    names.map { quoted($0) }.joined(separator: ", ")
  }

  private static func quoted(_ text: String) -> String { JSONWriter.quoted(text) }
}

extension ScenarioIssue.Problem {
  /// The stable name of the kind of problem, for programs.
  public var name: String {
    switch self {
    case .syntax: "syntax"
    case .tooDeep: "tooDeep"
    case .tooLarge: "tooLarge"
    case .duplicateKey: "duplicateKey"
    case .unknownField: "unknownField"
    case .missingField: "missingField"
    case .wrongKind: "wrongKind"
    case .outOfRange: "outOfRange"
    case .unknownName: "unknownName"
    case .rule: "rule"
    case .nothingThere: "nothingThere"
    case .missingFile: "missingFile"
    case .unusable: "unusable"
    }
  }
}

/// A command in the output of a step of GitHub Actions that shows a message beside a line of a file.
///
/// Source: GitHub Docs, "Workflow commands for GitHub Actions", setting an error message.
public struct WorkflowCommand: Sendable, Equatable {
  /// How grave it is.
  public enum Level: String, Sendable {
    /// A step failed for it.
    case error
    /// Something to look at.
    case warning
  }

  /// How grave it is.
  public let level: Level
  /// Where it belongs; `nil` when it belongs to no file.
  public let position: SourcePosition?
  /// The heading; GitHub's own when `nil`.
  public let title: String?
  /// What is shown.
  public let message: String

  /// A command that shows `message`.
  public init(_ level: Level, _ message: String, title: String? = nil, at position: SourcePosition?)
  {
    self.level = level
    self.message = message
    self.title = title
    self.position = position
  }

  /// How many annotations of one level GitHub shows for a step; it drops the others silently.
  ///
  /// Source: actions/toolkit, docs/problem-matchers.md, "Limitations".
  public static let limit = 10

  /// The commands, one a line, of each level at most as many as GitHub shows.
  ///
  /// Where there are more, the last place says how many are left out, and where they are.
  public static func text(of commands: [WorkflowCommand]) -> String {
    var text = ""
    for level in [Level.error, .warning] {
      let all = commands.filter { $0.level == level }
      let shown = all.count <= limit ? all[...] : all.prefix(limit - 1)
      text += shown.map(\.text).joined()
      guard shown.count < all.count else { continue }
      let rest = "\(all.count - shown.count) more are in the log of this step"
      text += WorkflowCommand(level, rest, at: nil).text
    }
    return text
  }

  /// The command as a line.
  var text: String {
    var properties: [String] = []
    if let position {
      properties = [
        "file=\(Self.escaped(position.file.name, property: true))", "line=\(position.line)",
        "col=\(position.column)",
      ]
    }
    if let title { properties.append("title=\(Self.escaped(title, property: true))") }
    let space = properties.isEmpty ? "" : " "
    return "::\(level.rawValue)\(space)\(properties.joined(separator: ","))"
      + "::\(Self.escaped(message, property: false))\n"
  }

  private static func escaped(_ text: String, property: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where property: result += "%3A"
      case "," where property: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

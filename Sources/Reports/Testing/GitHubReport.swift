import WeirFormats
import WeirLab

/// The outcome of tests where GitHub Actions shows it: beside the lines, and as a summary.
public enum GitHubReport {
  /// Annotations of what does not pass: errors, and warnings for what is inconclusive.
  ///
  /// Of each level there are at most as many as GitHub shows.
  public static func annotations(_ tests: [ScenarioTest], isStrict: Bool = false) -> String {
    WorkflowCommand.text(
      of: tests.flatMap { test in
        test.cases.compactMap { found -> WorkflowCommand? in
          if found.finding == .pass { return nil }
          let isWarning = found.finding == .inconclusive && !isStrict
          return WorkflowCommand(
            isWarning ? .warning : .error, found.text, title: "\(test.name): \(found.name)",
            at: found.position)
        }
      })
  }

  /// The bytes that the summary of a step can have.
  ///
  /// Source: GitHub Docs, "Workflow commands for GitHub Actions", step isolation and limits (1
  /// MiB).
  public static let summaryLimit = 1 << 20

  /// A summary in Markdown: what does not pass first, then a table for each file.
  ///
  /// It is cut between rows, and says so, where it would have more than `limit` bytes.
  public static func summary(_ tests: [ScenarioTest], limit: Int = summaryLimit) -> String {
    let cases = tests.flatMap(\.cases)
    let passed = cases.filter { $0.finding == .pass }.count
    var lines = ["### Weir: \(passed) of \(cases.count) thresholds pass", ""]
    for test in tests where !test.cases.isEmpty {
      lines += ["**\(MarkdownText.escaped(test.name))** (\(MarkdownText.escaped(test.path)))", ""]
      lines += ["| | threshold | found |", "|---|---|---|"]
      for found in test.cases.sorted(by: { $0.finding.rank < $1.finding.rank }) {
        let texts = [found.name, found.text].map { MarkdownText.escaped($0) }
        lines.append("| \(found.finding.word) | \(texts.joined(separator: " | ")) |")
      }
      lines.append("")
    }
    let note = "\n(Cut: GitHub takes no more.)\n"
    var text = ""
    for line in lines {
      guard text.utf8.count + line.utf8.count + 1 + note.utf8.count <= limit else {
        return text + note
      }
      text += line + "\n"
    }
    return text
  }
}

extension TestCase.Finding {
  /// What is to be looked at first comes first.
  fileprivate var rank: Int {
    switch self {
    case .error: 0
    case .fail: 1
    case .inconclusive: 2
    case .pass: 3
    }
  }

  /// The finding in a word.
  var word: String {
    switch self {
    case .pass: "pass"
    case .fail: "FAIL"
    case .inconclusive: "INCONCLUSIVE"
    case .error: "ERROR"
    }
  }
}

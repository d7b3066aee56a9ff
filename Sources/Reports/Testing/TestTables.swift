import WeirFormats
import WeirLab

/// The outcome of tests for the terminal: a table for each file, and a line for all of them.
public enum TestTables {
  /// The table of one file; empty for files that have another way to be told.
  public static func text(_ test: ScenarioTest, _ style: TextStyle) -> String {
    switch test.ending {
    case .judged(let study, let outcomes):
      "\(test.path): \(ThresholdLines.count(outcomes)) (\(study.count) runs)\n"
        + ThresholdLines.text(outcomes, study, style)
    case .withoutThresholds: "\(test.path): no thresholds\n"
    case .unreadable, .broken: ""
    }
  }

  /// What became of all files, in one line.
  public static func summary(_ tests: [ScenarioTest]) -> String {
    let cases = tests.flatMap(\.cases)
    func count(_ finding: TestCase.Finding) -> Int { cases.filter { $0.finding == finding }.count }
    let tested = tests.filter { !$0.cases.isEmpty }.count
    let parts = [
      "\(count(.pass)) pass", "\(count(.fail)) fail", "\(count(.inconclusive)) inconclusive",
    ]
    let errors = count(.error)
    return NumberText.counted(tested, "file", "files") + ": " + parts.joined(separator: ", ")
      + (errors > 0 ? ", " + NumberText.counted(errors, "error", "errors") : "") + "\n"
  }
}

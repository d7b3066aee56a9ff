import WeirFormats

@testable import WeirLab

/// The tiny scenario with a sweep.
enum SweptScenario {
  /// The text with `sweep` as its sweep.
  static func text(_ sweep: String) -> String {
    tiny(#""baseline": "hard-stop""#, by: #""sweep": \#(sweep), "baseline": "hard-stop""#)
  }

  /// The study with `sweep` as its sweep.
  static func study(
    _ sweep: String, _ overrides: ScenarioOverrides = ScenarioOverrides()
  ) throws -> Study {
    Study(try TinyScenario.file(text(sweep), overrides))
  }

  /// The issues of `sweep`, each as its pointer and its message.
  static func messages(_ sweep: String) -> [String] {
    issues(["tiny.json": text(sweep)]).map { "\($0.pointer): \(IssueRenderer.message($0))" }
  }
}

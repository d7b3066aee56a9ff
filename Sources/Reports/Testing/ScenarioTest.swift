import WeirFormats
public import WeirLab
public import WeirSimulation

/// What came of testing one scenario file: the ground of every form in which it is told.
public struct ScenarioTest: Sendable {
  /// How the test of a file can end.
  public enum Ending: Sendable {
    /// The thresholds were held against what was measured.
    case judged(Study, [ThresholdOutcome])
    /// There is nothing to test in it.
    case withoutThresholds
    /// The file cannot be read, or is not a scenario.
    case unreadable(ScenarioFailure)
    /// A run broke an invariant: a fault of Weir.
    case broken(run: Run, [BrokenInvariant])
  }

  /// The path of the file as it was given.
  public let path: String
  /// How the test ended.
  public let ending: Ending

  /// The test of the file at `path`, which ended so.
  public init(_ path: String, _ ending: Ending) {
    self.path = path
    self.ending = ending
  }

  /// What is told of the file, one by one.
  var cases: [TestCase] {
    switch ending {
    case .judged(let study, let outcomes): outcomes.map { TestCase($0, study) }
    case .withoutThresholds: []
    case .unreadable(.missing(let path, let reason, let position)):
      [
        TestCase(
          name: "scenario", finding: .error, text: "cannot read \(path): \(reason)",
          position: position)
      ]
    case .unreadable(.invalid(let issues)):
      issues.map { issue in
        TestCase(
          name: "scenario", finding: .error, text: IssueRenderer.line(issue),
          position: issue.position)
      }
    case .broken(let run, let invariants):
      invariants.map { invariant in
        TestCase(
          name: run.id, finding: .error,
          text: "broke an invariant, a fault of Weir: \(invariant)", position: nil)
      }
    }
  }

  /// The name of the scenario, or the path of a file that is none.
  var name: String {
    if case .judged(let study, _) = ending { study.scenario.name } else { path }
  }
}

/// One thing that was tested: a threshold held against one policy at one point.
struct TestCase: Sendable {
  /// The four ends of a case.
  enum Finding: Sendable {
    case pass
    case fail
    case inconclusive
    /// There is no answer.
    case error
  }

  let name: String
  let finding: Finding
  /// What was found, in a sentence without a full stop.
  let text: String
  /// Where what was tested is written.
  let position: SourcePosition?

  init(name: String, finding: Finding, text: String, position: SourcePosition?) {
    self.name = name
    self.finding = finding
    self.text = text
    self.position = position
  }

  init(_ outcome: ThresholdOutcome, _ study: Study) {
    let threshold = outcome.threshold
    let point = study.points.count > 1 ? " at \(study.points[outcome.point].name)" : ""
    name = "\(threshold.id) (\(outcome.policyName)\(point))"
    switch outcome.result.outcome {
    case .pass: finding = .pass
    case .fail: finding = .fail
    case .inconclusive: finding = .inconclusive
    }
    text = "\(outcome.subjectText) \(threshold.bound): \(outcome.foundText)"
    position = study.file.positions(ofThreshold: threshold.id)
  }
}

extension ThresholdOutcome {
  /// What is held against the bound: `ci_upper of end_to_end_p99_s, versus hard-stop`.
  var subjectText: String {
    var text = threshold.metricText
    if threshold.rule.subject != .mean { text = "\(threshold.rule.subject.rawValue) of \(text)" }
    if let population = threshold.population { text += " of \(population)" }
    if let versus = threshold.versus { text += " versus \(versus)" }
    return text
  }

  /// What was found, and why it does not pass.
  var foundText: String {
    let unit = threshold.rule.assertion.isRelative ? " %" : ""
    let found = result.value.map { "found \(EstimateText.text($0, halfWidth: nil))\(unit)" }
    switch result.reason {
    case .satisfied: return found ?? "holds"
    case .violated: return found ?? "does not hold"
    default: return [found, result.reason.description].compactMap { $0 }.joined(separator: "; ")
    }
  }
}

extension ScenarioFile {
  /// Where a threshold is written.
  fileprivate func positions(ofThreshold id: String) -> SourcePosition? {
    document["thresholds"]?.elements?.first { $0["id"]?.text == id }?.position
  }
}

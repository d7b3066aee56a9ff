import WeirFormats
import WeirLab

/// `weir validate`: says all that is wrong with scenario files, without running them.
enum ValidateCommand: Command {
  static let specification = CommandSpecification(
    name: "validate", summary: "Check scenario files and say all that is wrong with them",
    operands: [.init(name: "SCENARIO", help: "A scenario file.", count: 1...Int.max)],
    options: [
      .value("--format", "FORMAT", "How issues are written: text, json or github; text.")
    ],
    discussion: """
      Over several files the exit code is that of the worst: 65 when one of them is invalid, else \
      66 when one of them, or a file that it names, is not there.
      """,
    examples: ["weir validate Scenarios/*.json"])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let name = arguments.text("--format") ?? ScenarioProblems.Format.text.rawValue
    guard let format = ScenarioProblems.Format(rawValue: name) else {
      throw .badValue(of: "--format", found: name, expected: "text, json or github")
    }
    var code = ExitCode.success
    var issues: [ScenarioIssue] = []
    for path in arguments.operands {
      if ScenarioFolder.isSchema(path) {
        if format == .text { console.print("\(path): skipped, it is a JSON Schema") }
        continue
      }
      do throws(ScenarioFailure) {
        let file = try ScenarioFile(path, extensions: context.extensions)
        if format == .text { console.print("\(path): valid, \(size(Study(file)))") }
      } catch .invalid(let found) where format == .json {
        issues += found
        let isMissing = ScenarioFailure.invalid(found).isOnlyMissing
        code = code.worse(isMissing ? .missingInput : .invalidInput)
      } catch {
        code = code.worse(ScenarioProblems.report(error, format: format, console).code)
      }
    }
    if format == .json { console.write(JSONWriter.pretty(IssueRenderer.json(issues))) }
    return code
  }

  private static func size(_ study: Study) -> String {
    let policies = study.scenario.policies.count
    let points = study.points.count
    return "\(policies) \(policies == 1 ? "policy" : "policies")"
      + (study.axes.isEmpty ? "" : " at \(points) \(points == 1 ? "point" : "points")")
      + " in \(study.replications) replications"
  }
}

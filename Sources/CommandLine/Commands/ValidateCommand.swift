import Foundation
import WeirFormats
import WeirLab

/// `weir validate`: says all that is wrong with scenario files, without running them.
enum ValidateCommand: Command {
  static let specification = CommandSpecification(
    name: "validate", summary: "Check scenario files and say all that is wrong with them",
    operands: [
      .init(
        name: "SCENARIO", help: "A scenario file, a file of plans, or a folder of them.",
        count: 1...Int.max)
    ],
    options: [
      .value(
        "--format", "FORMAT", choices: ScenarioProblems.Format.allCases.map(\.rawValue),
        "How issues are written: text, json or github; text.")
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
    for path in ScenarioFolder.files(arguments.operands) {
      if ScenarioFolder.isSchema(path) {
        if format == .text { console.print("\(path): skipped, it is a JSON Schema") }
        continue
      }
      do throws(ScenarioFailure) {
        let size = try size(of: path, context)
        if format == .text { console.print("\(path): valid, \(size)") }
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

  /// How much a valid file holds, in words.
  private static func size(
    of path: String, _ context: CommandContext
  ) throws(ScenarioFailure) -> String {
    if let part = try ScenarioPart.file(at: path, extensions: context.extensions) {
      return NumberText.counted(part.plans.count, "plan", "plans") + " and "
        + NumberText.counted(part.products.count, "product", "products")
    }
    return size(Study(try ScenarioFile(path, extensions: context.extensions)))
  }

  private static func size(_ study: Study) -> String {
    let policies = study.scenario.policies.count
    let points = study.points.count
    return NumberText.counted(policies, "policy", "policies")
      + (study.axes.isEmpty ? "" : " at " + NumberText.counted(points, "point", "points"))
      + " in \(study.replications) replications"
  }
}

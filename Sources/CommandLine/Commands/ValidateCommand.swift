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
    for path in arguments.operands.flatMap(files) {
      if isSchema(path) {
        if format == .text { console.print("\(path): skipped, it is a JSON Schema") }
        continue
      }
      do throws(ScenarioFailure) {
        let size = try size(of: path, context)
        if format == .text { console.print("\(path): valid, \(size)") }
      } catch .invalid(let found) where format == .json {
        issues += found
        code = ScenarioFailure.invalid(found).isOnlyMissing ? .missingInput : .invalidInput
      } catch {
        code = ScenarioProblems.report(error, format: format, console).code
      }
    }
    if format == .json { console.write(JSONWriter.pretty(IssueRenderer.json(issues))) }
    return code
  }

  /// The JSON files of a folder, in the order of their names; anything else is a file itself.
  private static func files(at path: String) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [path] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let folder = path.hasSuffix("/") ? path : path + "/"
    return names.filter { $0.hasSuffix(".json") }.sorted().map { folder + $0 }
  }

  /// How much a valid file holds, in words.
  private static func size(
    of path: String, _ context: CommandContext
  ) throws(ScenarioFailure) -> String {
    if let part = try ScenarioPart.file(at: path, extensions: context.extensions) {
      return counted(part.plans.count, "plan", "plans") + " and "
        + counted(part.products.count, "product", "products")
    }
    return size(Study(try ScenarioFile(path, extensions: context.extensions)))
  }

  private static func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  /// Whether the file is a JSON Schema, which lies beside scenarios and matches the same patterns.
  private static func isSchema(_ path: String) -> Bool {
    guard let bytes = try? FileReader.disk.bytes(of: path),
      let node = JSONNode.parse(SourceFile(name: path, bytes: bytes)).node
    else { return false }
    return node["$schema"]?.text?.contains("json-schema.org") == true
  }

  private static func size(_ study: Study) -> String {
    let policies = study.scenario.policies.count
    let points = study.points.count
    return counted(policies, "policy", "policies")
      + (study.axes.isEmpty ? "" : " at " + counted(points, "point", "points"))
      + " in \(study.replications) replications"
  }
}

import Foundation
import WeirFormats
import WeirLab
import WeirReports

/// `weir init`: a first scenario to change.
enum InitCommand: Command {
  static let specification = CommandSpecification(
    name: "init",
    summary: "Write a first scenario to change, with the schema for editors beside it",
    operands: [
      .init(name: "FOLDER", help: "Where they go; the folder you are in.", count: 0...1)
    ],
    options: [.flag("--force", "Replace files that are there.")],
    discussion: """
      Writes \(FirstScenario.fileName), which runs in about a second, and \(schemaName), by which \
      editors complete and check scenarios. Files that are there are left as they are.
      """,
    examples: ["weir init my-study && weir run my-study/\(FirstScenario.fileName)"])

  /// The name under which scenarios know their schema.
  static let schemaName = "weir.schema.json"

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let folder = ResultPath.withoutSlashes(arguments.operands.first ?? ".")
    let start = folder == "." ? "" : folder == "/" ? "/" : folder + "/"
    let files = [
      (path: start + FirstScenario.fileName, text: FirstScenario.text),
      (path: start + schemaName, text: ScenarioSchema.text(extensions: context.extensions)),
    ]
    let occupied = files.filter { isOther(at: $0.path, than: $0.text) }.map(\.path)
    if !occupied.isEmpty, !arguments.has("--force") {
      for path in occupied { console.warn("weir init: \(path) is left as it is\n") }
      console.warn("  choose another folder, or replace what is there with --force\n")
      return .cannotWrite
    }
    do throws(ResultFailure) {
      try ResultPath.makeFolder(folder)
      for file in files { try TextFile.write(file.text, to: file.path) }
    } catch {
      return ResultsProblems.report(error, console)
    }
    console.write(nextSteps(files[0].path, files[1].path))
    return .success
  }

  /// Whether something else than `text` is at `path`.
  private static func isOther(at path: String, than text: String) -> Bool {
    guard FileManager.default.fileExists(atPath: path) else { return false }
    guard let bytes = try? FileReader.disk.bytes(of: path) else { return true }
    return bytes != Array(text.utf8)
  }

  private static func nextSteps(_ scenario: String, _ schema: String) -> String {
    """
    wrote \(scenario): \(FirstScenario.question)
    wrote \(schema): completion and help for editors that know JSON Schema

    Now run it, look at the pictures, and see what every value means:
      weir run \(scenario) --report
      weir explain \(scenario)
    Then change it. What else a scenario can name, and whether it still makes sense:
      weir catalogue
      weir validate \(scenario)

    """
  }
}

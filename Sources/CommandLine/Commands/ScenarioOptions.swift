import Foundation
import WeirFormats
import WeirLab

/// The options that change a scenario, which several commands share.
enum ScenarioOptions {
  /// What they are.
  static let specifications: [CommandSpecification.Option] = [
    .value("--seed", "N", "The root of all random samples, in place of the scenario's."),
    .value("--replications", "N", "How many random worlds, in place of the scenario's number."),
    .value("--policy", "NAME", repeats: true, "Keep this policy; may be given several times."),
    .value(
      "--set", "/POINTER=VALUE", repeats: true,
      "Set a value of the scenario, such as /fleet/0/servers=40; may be given several times."),
  ]

  /// The overrides that were asked for.
  static func overrides(_ arguments: Arguments) throws(UsageProblem) -> ScenarioOverrides {
    var assignments: [ScenarioOverrides.Assignment] = []
    for text in arguments.texts("--set") {
      guard let assignment = ScenarioOverrides.Assignment(parsing: text) else {
        throw .badValue(
          of: "--set", found: text, expected: "a JSON pointer, = and a value: /fleet/0/servers=40")
      }
      assignments.append(assignment)
    }
    if let seed = arguments.text("--seed") { assignments.append(.seed(seed)) }
    if let count = arguments.text("--replications") { assignments.append(.replications(count)) }
    return ScenarioOverrides(assignments, policies: arguments.texts("--policy"))
  }
}

/// Words and exit codes for what can go wrong with the files of a scenario.
enum ScenarioProblems {
  /// Reads a scenario, or says what is wrong with it.
  static func read(
    _ path: String, _ arguments: Arguments, _ context: CommandContext
  ) throws(UsageProblem) -> Result<ScenarioFile, ExitFailure> {
    let overrides = try ScenarioOptions.overrides(arguments)
    do throws(ScenarioFailure) {
      return .success(try ScenarioFile(path, overrides: overrides, extensions: context.extensions))
    } catch {
      return .failure(report(error, format: .text, context.console))
    }
  }

  /// How issues are written.
  enum Format: String, CaseIterable {
    /// For people: the place, what was expected, the line, a suggestion.
    case text
    /// For programs: one list of objects on the output.
    case json
    /// For GitHub: commands that annotate the lines.
    case github
  }

  /// Writes why there is no scenario; says how the process ends.
  @discardableResult
  static func report(
    _ failure: ScenarioFailure, format: Format, _ console: Console
  ) -> ExitFailure {
    switch failure {
    case .missing(let path, let reason, let extendedAt):
      let asked = extendedAt.map { " (extended at \($0))" } ?? ""
      let hint = nearestFile(path).map { "; did you mean \($0)?" } ?? ""
      console.warn("weir: cannot read \(path)\(asked): \(reason)\(hint)\n")
      return ExitFailure(code: .missingInput)
    case .invalid(let issues):
      switch format {
      case .text: console.warn(IssueRenderer.text(issues))
      case .json: console.write(JSONWriter.pretty(IssueRenderer.json(issues)))
      case .github: console.write(IssueRenderer.github(issues))
      }
      // What only the command line says wrong is a mistake of the command line.
      let isUsage = issues.allSatisfy { $0.position?.file.name.hasPrefix("--") == true }
      if format == .text, issues.count > 1 { console.warn("\(issues.count) issues\n") }
      if failure.isOnlyMissing { return ExitFailure(code: .missingInput) }
      return ExitFailure(code: isUsage ? .usage : .invalidInput)
    }
  }
}

extension ScenarioProblems {
  /// The file beside `path` whose name is nearest to its; `nil` when none is near.
  private static func nearestFile(_ path: String) -> String? {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard let nearest = nearestName(url.lastPathComponent, in: names.sorted()) else { return nil }
    return path.dropLast(url.lastPathComponent.count) + nearest
  }
}

/// A way to end that is not success.
struct ExitFailure: Error {
  let code: ExitCode
}

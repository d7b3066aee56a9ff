import Foundation
import WeirFormats
import WeirLab
import WeirReports

/// `weir test`: the thresholds of many scenarios, as a regression test.
enum TestCommand: Command {
  static let specification = CommandSpecification(
    name: "test", summary: "Run scenarios and judge their thresholds",
    operands: [
      .init(
        name: "SCENARIO", help: "A scenario file, or a folder of them with its folders.",
        count: 1...Int.max)
    ],
    options: [
      .value(
        "--jobs", short: "-j", "N",
        "How many runs at a time; the number of processors. Changes no number."),
      .flag("--strict", "End with exit code 98 when a threshold is inconclusive."),
      .value("--junit", "FILE", "Write the outcome as JUnit XML."),
      .flag(
        "--github",
        "Write annotations for GitHub Actions; as it is when GITHUB_ACTIONS is true."),
      .value(
        "--summary", "FILE",
        "Append a summary in Markdown; to the file that GITHUB_STEP_SUMMARY names, where it is set."
      ),
    ] + ScenarioOptions.specifications + [
      .flag("--quiet", short: "-q", "Write only what does not pass.")
    ],
    discussion: """
      Nothing is written but what is asked for. Scenarios without thresholds are not run. Over \
      several files the exit code is that of the worst: 70, 65, 66, then 99 when a threshold \
      failed, then 98. A threshold without data fails.
      """,
    examples: [
      "weir test Scenarios", "weir test Scenarios/theory/mm1.json --strict --junit mm1.xml",
    ])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let overrides = try ScenarioOptions.overrides(arguments)
    let jobs = try arguments.jobs()
    let isStrict = arguments.has("--strict")
    let interruption = Interruption()
    interruption.listen()
    var tests: [ScenarioTest] = []
    var code = ExitCode.success
    for path in ScenarioFolder.scenarios(arguments.operands) {
      let file: ScenarioFile
      do throws(ScenarioFailure) {
        file = try ScenarioFile(path, overrides: overrides, extensions: context.extensions)
      } catch {
        code = code.worse(ScenarioProblems.report(error, format: .text, console).code)
        tests.append(ScenarioTest(path, .unreadable(error)))
        continue
      }
      guard let test = test(file, jobs, interruption, arguments, console) else {
        console.warn("interrupted; \(path) and what follows are not tested\n")
        return .interrupted
      }
      code = code.worse(exitCode(test, isStrict))
      report(test, arguments, console)
      tests.append(test)
    }
    if tests.allSatisfy({ if case .withoutThresholds = $0.ending { true } else { false } }) {
      console.warn("weir test: no scenario with thresholds is there\n")
      code = code.worse(.missingInput)
    }
    if !arguments.has("--quiet") { console.write(TestTables.summary(tests)) }
    return code.worse(write(tests, isStrict, arguments, context))
  }

  /// The test of one file; `nil` when it was interrupted.
  private static func test(
    _ file: ScenarioFile, _ jobs: Int, _ interruption: Interruption, _ arguments: Arguments,
    _ console: Console
  ) -> ScenarioTest? {
    let study = Study(file)
    if study.scenario.thresholds.isEmpty { return ScenarioTest(file.path, .withoutThresholds) }
    do throws(StudyFailure) {
      let trial = try Trial(study, jobs: jobs, cancellation: interruption.cancellation)
      guard trial.isComplete else { return nil }
      return ScenarioTest(file.path, .judged(study, trial.thresholds))
    } catch .broken(let run, let invariants) {
      return ScenarioTest(file.path, .broken(run: run, invariants))
    } catch {
      preconditionFailure("a trial writes no results")
    }
  }

  private static func exitCode(_ test: ScenarioTest, _ isStrict: Bool) -> ExitCode {
    switch test.ending {
    case .judged(_, let outcomes): .of(outcomes, isStrict: isStrict)
    case .broken: .violatedInvariant
    case .withoutThresholds, .unreadable: .success
    }
  }

  // MARK: What is told

  private static func report(
    _ test: ScenarioTest, _ arguments: Arguments, _ console: Console
  ) {
    if case .broken(let run, let invariants) = test.ending {
      console.warn(
        "weir: \(test.path): run \(run.id) broke an invariant; this is a fault of Weir\n")
      for invariant in invariants { console.warn("  \(invariant)\n") }
    }
    if arguments.has("--quiet"), exitCode(test, true) == .success { return }
    let style = console.style
    console.write(TestTables.text(test, style))
  }

  private static func write(
    _ tests: [ScenarioTest], _ isStrict: Bool, _ arguments: Arguments, _ context: CommandContext
  ) -> ExitCode {
    if arguments.has("--github") || context.environment["GITHUB_ACTIONS"] == "true" {
      context.console.write(GitHubReport.annotations(tests, isStrict: isStrict))
    }
    do throws(ResultFailure) {
      if let path = arguments.text("--junit") {
        try TextFile.write(JUnitReport.xml(tests, isStrict: isStrict), to: path)
      }
      let given = context.environment["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : $0 }
      if let path = arguments.text("--summary") ?? given {
        try TextFile.append(GitHubReport.summary(tests), to: path)
      }
      return .success
    } catch {
      return ResultsProblems.report(error, context.console)
    }
  }
}

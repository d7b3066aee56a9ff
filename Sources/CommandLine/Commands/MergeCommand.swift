import Foundation
import WeirFormats
import WeirLab
import WeirReports

/// `weir merge`: the results of a study whose runs were made in shards.
enum MergeCommand: Command {
  static let specification = CommandSpecification(
    name: "merge", summary: "Put the shards of a study together and write its results",
    operands: [
      .init(name: "OUT", help: "Where results go."),
      .init(
        name: "SHARD", help: "A folder that weir run --shard wrote to; one or more.",
        count: 1...1_000_000),
    ],
    options: [
      .value(
        "--jobs", short: "-j", "N",
        "How many records are read at a time; the number of processors. Changes no byte."),
      .flag("--force", "Replace a folder that holds another study's results."),
      .flag("--json", "Write the summary as JSON."),
      .flag("--quiet", short: "-q", "Write results and errors, no summary."),
    ],
    discussion: """
      The results are those of the study run at once, byte for byte, but for provenance.json. What \
      belongs to it stands in plan.json, which every shard writes; shards may lie in one folder or \
      in several, be given in any order, and have been made more than once. When runs are missing, \
      the commands that make them are listed and the exit code is 75. When a run that was made twice \
      came out differently, it is 70.
      """,
    examples: [
      "weir run Scenarios/quickstart.json --shard 0/2 -o shards",
      "weir run Scenarios/quickstart.json --shard 1/2 -o shards",
      "weir merge Results/quickstart shards",
    ])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let jobs = try arguments.jobs()
    if arguments.has("--json"), arguments.has("--quiet") { throw .conflict("--json", "--quiet") }
    do throws(MergeFailure) {
      let merge = try StudyMerge(
        Array(arguments.operands.dropFirst()), extensions: context.extensions)
      let outcome = try merge.write(
        to: arguments.operands[0], jobs: jobs, replacesOthers: arguments.has("--force"))
      if arguments.has("--json") {
        console.write(JSONWriter.pretty(StudySummaryDocument.document(outcome)))
      } else if !arguments.has("--quiet") {
        let style = console.style
        console.write(StudyTables.text(outcome, style))
        console.warn("\(merge.plan.study.count) runs; results in \(outcome.folder ?? "")\n")
      }
      return .of(outcome.thresholds, isStrict: false)
    } catch {
      return report(error, console)
    }
  }

  private static func report(_ failure: MergeFailure, _ console: Console) -> ExitCode {
    switch failure {
    case .noPlan(let reasons):
      for reason in reasons { console.warn("weir merge: cannot read \(reason)\n") }
      console.warn("  shards are made by: weir run SCENARIO --shard I/N -o FOLDER\n")
      return .missingInput
    case .invalidPlan(let folder, let reason):
      console.warn("weir merge: \(folder)/plan.json: \(reason)\n")
      return .invalidInput
    case .scenario(let failure):
      return ScenarioProblems.report(failure, format: .text, console).code
    case .otherPlans(let first, let second):
      console.warn("weir merge: \(first) and \(second) hold shards of different studies\n")
      return .invalidInput
    case .missing(let runs, let count, let commands):
      report(runs, count, commands, console)
      return .incomplete
    case .contradiction(let run, let places):
      console.warn("weir merge: run \(run.id) came out differently twice; a fault of Weir\n")
      for place in places { console.warn("  \(place)\n") }
      return .violatedInvariant
    case .study(let failure): return RunExecution.report(failure, console)
    }
  }

  /// The most lines of one kind that are written.
  private static let limit = 100

  private static func report(
    _ runs: [MissingRun], _ count: Int, _ commands: [String], _ console: Console
  ) {
    console.warn("weir merge: \(runs.count) of \(count) runs are missing\n")
    for missing in runs.prefix(10) { console.warn("  \(missing.run.id): \(missing.reason)\n") }
    if runs.count > 10 { console.warn("  and \(runs.count - 10) more\n") }
    console.warn("these commands make them:\n")
    for command in commands.prefix(limit) { console.warn("  \(command)\n") }
    if commands.count > limit { console.warn("  and \(commands.count - limit) more\n") }
  }
}

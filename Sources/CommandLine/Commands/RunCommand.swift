import Foundation
import WeirFormats
import WeirLab
import WeirReports

/// `weir run`: the main job.
enum RunCommand: Command {
  static let specification = CommandSpecification(
    name: "run", summary: "Run a scenario, write its results and compare its policies",
    operands: [.init(name: "SCENARIO", help: "A scenario file.")],
    options: [
      .value("--output", short: "-o", "FOLDER", "Where results go; Results/NAME."),
      .value(
        "--jobs", short: "-j", "N",
        "How many runs at a time; the number of processors. Changes no byte."),
    ] + ScenarioOptions.specifications + [
      .flag("--accounts", "Write accounts.csv too: what each account asked for and got."),
      .flag(
        "--intents",
        "Write intents.csv too: all that was asked for, which a workload of type trace replays."),
      .flag(
        "--events",
        "Write every decision and every record of usage, money and balances too."),
      TracedAccount.specification,
      .flag("--report", "Write report.html too: the results as a page to look at."),
      .flag("--force", "Replace a folder that holds another study's results."),
      .flag("--json", "Write the summary as JSON."),
      .flag("--quiet", short: "-q", "Write results and errors, no summary and no progress."),
    ],
    discussion: """
      Results are written aside and moved to their place when they are complete, so that what is \
      there is never half of anything. Results depend on the scenario and the version of Weir \
      alone. A failed threshold ends with exit code 99. The story of a traced account is of the \
      first replication at the first point: what it asked, what each layer answered, who paid, \
      queue, start, end, money; a * marks the first decision that is not as under the baseline.
      """,
    examples: [
      "weir run Scenarios/quickstart.json",
      "weir run Scenarios/quickstart.json --set /fleet/0/servers=20 -o /tmp/small",
      "weir run Scenarios/quickstart.json --policy hard-stop --replications 5",
      "weir run Scenarios/quickstart.json --replications 1 --trace-account coders/7",
    ])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let jobs = try arguments.integer("--jobs", in: 1...1024) ?? processors
    for other in ["--quiet", "--trace-account"] where arguments.has("--json") {
      if arguments.has(other) { throw .conflict("--json", other) }
    }
    let file: ScenarioFile
    switch try ScenarioProblems.read(arguments.operands[0], arguments, context) {
    case .success(let found): file = found
    case .failure(let failure): return failure.code
    }
    let study = Study(file)
    let options = StudyOptions(
      jobs: jobs, folder: arguments.text("--output") ?? "Results/\(file.scenario.name)",
      replacesOthers: arguments.has("--force"), writesAccounts: arguments.has("--accounts"),
      writesEvents: arguments.has("--events"), writesIntents: arguments.has("--intents"),
      tracedAccount: try TracedAccount.index(arguments, in: study), for: study)
    if !arguments.has("--quiet") {
      for remark in study.remarks { console.warn("note: \(remark)\n") }
    }
    return carryOut(study, options, arguments, console)
  }

  private static func carryOut(
    _ study: Study, _ options: StudyOptions, _ arguments: Arguments, _ console: Console
  ) -> ExitCode {
    let interruption = Interruption()
    interruption.listen()
    var line = ProgressLine(console, isQuiet: arguments.has("--quiet"))
    let started = Date()
    do throws(StudyFailure) {
      let outcome = try StudyRunner.run(
        study, options, cancellation: interruption.cancellation
      ) { progress in line.show(progress) }
      line.clear()
      report(outcome, Date().timeIntervalSince(started), arguments, console)
      if arguments.has("--report"), let folder = outcome.folder {
        let code = ReportCommand.write(
          folder, to: folder + "/report.html", isQuiet: arguments.has("--quiet"), console)
        if code != .success { return code }
      }
      return exitCode(outcome)
    } catch {
      line.clear()
      return report(error, console)
    }
  }

  private static func exitCode(_ outcome: StudyOutcome) -> ExitCode {
    if !outcome.isComplete { return .interrupted }
    let failed = outcome.thresholds.contains { $0.result.outcome == .fail }
    return failed ? .thresholdFailed : .success
  }

  // MARK: What a person sees

  private static func report(
    _ outcome: StudyOutcome, _ seconds: Double, _ arguments: Arguments, _ console: Console
  ) {
    if arguments.has("--json") {
      console.write(JSONWriter.pretty(StudySummaryDocument.document(outcome)))
    } else if !arguments.has("--quiet"), outcome.folder != nil {
      let style = TextStyle(usesColour: console.place.usesColour, width: console.place.width)
      console.write(StudyTables.text(outcome, style))
    }
    if !outcome.stories.isEmpty {
      let style = TextStyle(width: min(console.place.width, 80))
      console.write(
        (arguments.has("--quiet") ? "" : "\n") + AccountStories.text(outcome, style))
    }
    guard !arguments.has("--quiet") || !outcome.isComplete else { return }
    let study = outcome.summary.study
    let done = outcome.summary.completeReplications
    let time = NumberText.duration(nanoseconds: Int64(seconds * 1e9))
    guard let folder = outcome.folder else {
      return console.warn("interrupted before a replication was complete; nothing is written\n")
    }
    if outcome.isComplete {
      console.warn("\(study.count) runs in \(time); results in \(folder)\n")
    } else {
      console.warn(
        "interrupted after \(done) of \(study.replications) replications; these are in \(folder)\n")
    }
  }

  private static func report(_ failure: StudyFailure, _ console: Console) -> ExitCode {
    switch failure {
    case .broken(let run, let invariants):
      console.warn("weir: run \(run.id) broke an invariant; this is a fault of Weir\n")
      for invariant in invariants { console.warn("  \(invariant)\n") }
      return .violatedInvariant
    case .results(.cannotWrite(let path, let reason)):
      console.warn("weir: cannot write \(path): \(reason)\n")
    case .results(.occupied(let folder, let occupant)):
      console.warn("weir: \(folder) is left as it is: \(words(occupant))\n")
      console.warn("  choose another folder with -o FOLDER, or replace this one with --force\n")
    }
    return .cannotWrite
  }

  private static func words(_ occupant: ResultFailure.Occupant) -> String {
    switch occupant {
    case .otherFiles: "it holds files that Weir did not write"
    case .notAFolder: "it is not a folder"
    case .study(let name, let file): "it holds the results of \(name) (\(file))"
    }
  }
}

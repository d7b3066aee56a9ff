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
      TablesLeftOut.specification,
      .flag("--report", "Write report.html too: the results as a page to look at."),
      .value(
        "--records", "FOLDER",
        "Where each finished run is kept, to be found again; .NAME.runs beside the results."),
      .flag("--again", "Make every run again, whatever is kept."),
      .value(
        "--only", "RUN", repeats: true,
        "Make this run alone, such as waterfall/base/3, and keep it; no results are written."),
      .value(
        "--shard", "I/N",
        "Make only the runs whose number is I modulo N, 0 <= I < N, and keep them in -o FOLDER;"
          + " weir merge puts all shards together."),
      .flag(
        "--dry-run",
        "Show the runs, the axes, what is done and why the rest is not, and about how long it will"
          + " take; write nothing. With --json, every run."),
      .value(
        "--until-half-width", "WIDTH",
        "Add replications, in batches of the scenario's number, until the interval of the primary"
          + " metric is as narrow under every policy: 5% of the mean, or a number."),
      .value("--at-most", "N", "The most replications with --until-half-width; 1000."),
      .flag("--force", "Replace a folder that holds another study's results."),
      .flag("--strict", "End with exit code 98 when a threshold is inconclusive."),
      .flag("--json", "Write the summary as JSON."),
      .flag("--quiet", short: "-q", "Write results and errors, no summary and no progress."),
    ],
    discussion: """
      Results are written aside and moved to their place when they are complete, so that what is \
      there is never half of anything. Results depend on the scenario and the version of Weir \
      alone. A failed threshold ends with exit code 99. The story of a traced account is of the \
      first replication at the first point: what it asked, what each layer answered, who paid, \
      queue, start, end, money; a * marks the first decision that is not as under the baseline.

      Each run is kept as soon as it is finished. The same command continues what was interrupted, \
      and more replications, policies or points only add runs: what is kept is found by its \
      content (the scenario, the policy, the seed and the build of Weir), never by name or time.
      """,
    examples: [
      "weir run Scenarios/quickstart.json",
      "weir run Scenarios/quickstart.json --set /fleet/0/servers=20 -o /tmp/small",
      "weir run Scenarios/quickstart.json --policy hard-stop --replications 5",
      "weir run Scenarios/quickstart.json --replications 1 --trace-account coders/7",
      "weir run Scenarios/quickstart.json --shard 3/20 -o shards",
    ])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let jobs = try arguments.jobs()
    for other in ["--quiet", "--trace-account"] where arguments.has("--json") {
      if arguments.has(other) { throw .conflict("--json", other) }
    }
    let file: ScenarioFile
    switch try ScenarioProblems.read(arguments.operands[0], arguments, context) {
    case .success(let found): file = found
    case .failure(let failure): return failure.code
    }
    let study = Study(file)
    let shard = try shard(arguments)
    let folder = arguments.text("--output") ?? "Results/\(file.scenario.name)"
    let records = shard == nil ? arguments.text("--records") : arguments.text("--output")
    var options = StudyOptions(
      jobs: jobs, folder: folder, replacesOthers: arguments.has("--force"),
      writesAccounts: arguments.has("--accounts"), writesEvents: arguments.has("--events"),
      writesIntents: arguments.has("--intents"),
      records: records ?? StudyOptions.records(besides: folder),
      runsAgain: arguments.has("--again"), precision: try precision(arguments, study),
      for: study)
    options.extras.leavesOut = try arguments.tablesLeftOut()
    if !arguments.has("--quiet") {
      for remark in study.remarks { console.warn("note: \(remark)\n") }
    }
    let execution = RunExecution(
      study: study, options: options, arguments: arguments, console: console,
      tracedAccount: try TracedAccount.index(arguments, in: study))
    let alone = try runs(arguments.texts("--only"), of: study)
    if arguments.has("--dry-run") {
      let chosen = shard?.runs(of: study.count) ?? alone ?? Array(0..<study.count)
      let dryRun = DryRun(
        inventory: StudyInventory(chosen, of: study, options), options: options,
        results: shard == nil && alone == nil ? folder : nil, console: console)
      if arguments.has("--json") { dryRun.showDocument() } else { dryRun.show() }
      return .success
    }
    if let shard { return execution.keep(shard) }
    if let alone { return execution.keep(alone) }
    return execution.carryOut()
  }

  /// How precise the study is to be; `nil` unless that is asked for.
  private static func precision(
    _ arguments: Arguments, _ study: Study
  ) throws(UsageProblem) -> Precision? {
    guard let text = arguments.text("--until-half-width") else {
      if arguments.has("--at-most") {
        throw .missingValue(option: "--until-half-width", value: "WIDTH")
      }
      return nil
    }
    for other in ["--only", "--dry-run"] where arguments.has(other) {
      throw .conflict("--until-half-width", other)
    }
    if arguments.has("--shard") {
      // Where to stop is known only when whole batches are there.
      throw .instead(
        "--until-half-width", "--shard",
        "make many replications in shards (--replications N --shard I/N -o SHARDS), then stop at the"
          + " first batch that is precise enough: \(study.file.commandHere)"
          + " --until-half-width \(ScenarioFile.shellWord(text)) --records SHARDS")
    }
    let most = try arguments.integer("--at-most", in: study.replications...100_000)
    let limit = most ?? max(1000, study.replications)
    guard let precision = Precision(parsing: text, most: limit) else {
      throw .badValue(
        of: "--until-half-width", found: text,
        expected: "a share of the mean, such as 5%, or a number in the unit of the metric")
    }
    return precision
  }

  /// The shard that is asked for; `nil` for the whole study.
  private static func shard(_ arguments: Arguments) throws(UsageProblem) -> Shard? {
    guard let text = arguments.text("--shard") else { return nil }
    for other in ["--only", "--records", "--report"] where arguments.has(other) {
      throw .conflict("--shard", other)
    }
    guard let shard = Shard(parsing: text) else {
      throw .badValue(
        of: "--shard", found: text,
        expected: "I/N with 0 <= I < N <= \(Shard.limit), such as 3/20")
    }
    return shard
  }

  /// The numbers of the runs that are asked for by name; `nil` when none is.
  private static func runs(_ ids: [String], of study: Study) throws(UsageProblem) -> [Int]? {
    if ids.isEmpty { return nil }
    var runs: [Int] = []
    for id in ids {
      guard let run = study.run(called: id) else {
        throw .badValue(
          of: "--only", found: id,
          expected: "a run of the study, such as \(study.run(study.count - 1).id)")
      }
      runs.append(run.index)
    }
    return runs
  }
}

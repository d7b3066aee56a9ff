import WeirFormats
import WeirLab
import WeirReports

/// `weir emit`: scripts that make a study on many machines.
enum EmitCommand: Command {
  static let specification = CommandSpecification(
    name: "emit", summary: "Write a script that makes a study in shards with Slurm or GNU parallel",
    operands: [
      .init(name: "ENGINE", help: "slurm or parallel."),
      .init(name: "SCENARIO", help: "A scenario file."),
    ],
    options: [
      .value("--shards", "N", "How many shards, from 1 to 1000; 20. Aim at some minutes each."),
      .value("--jobs", short: "-j", "N", "How many runs at a time in each shard; 1."),
      .value("--folder", "FOLDER", "Where shards keep their runs; Results/NAME.shards."),
      .value("--results", "FOLDER", "Where the results go; Results/NAME."),
      .value("--output", short: "-o", "FILE", "Where the script goes; the output."),
    ] + ScenarioOptions.specifications + [
      .flag("--accounts", "Write accounts.csv too."), .flag("--intents", "Write intents.csv too."),
      .flag("--events", "Write every decision and every record of usage, money and balances too."),
      TablesLeftOut.specification,
    ],
    discussion: """
      The script starts every shard and then puts them together, so that the results are those of \
      weir run, byte for byte, but for provenance.json. It is plain: read it, and change it. Options \
      that it is given go to sbatch or parallel.
      """,
    examples: [
      "weir emit slurm Scenarios/quickstart.json --shards 20 -o run.sh",
      "bash run.sh --partition=short",
      "weir emit parallel Scenarios/quickstart.json --shards 8 | bash",
    ])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let name = arguments.operands[0]
    guard let engine = ClusterScript.Engine(rawValue: name) else {
      let known = ClusterScript.Engine.allCases.map(\.rawValue)
      let hint = nearestName(name, in: known).map { "; did you mean \($0)?" } ?? ""
      throw .badValue(
        of: "ENGINE", found: name, expected: known.joined(separator: " or ") + hint)
    }
    let shards = try arguments.integer("--shards", in: 1...ClusterScript.limit) ?? 20
    let jobs = try arguments.jobs(whenAbsent: 1)
    let file: ScenarioFile
    switch try ScenarioProblems.read(arguments.operands[1], arguments, context) {
    case .success(let found): file = found
    case .failure(let failure): return failure.code
    }
    let results = arguments.text("--results") ?? "Results/\(file.scenario.name)"
    let script = ClusterScript(
      engine, Study(file),
      extras: .init(
        accounts: arguments.has("--accounts"), intents: arguments.has("--intents"),
        events: arguments.has("--events"), leavesOut: try arguments.tablesLeftOut()),
      shards: shards, jobs: jobs,
      folder: arguments.text("--folder") ?? results + ".shards", results: results)
    guard let path = arguments.text("--output"), path != "-" else {
      console.write(script.text)
      return .success
    }
    do throws(ResultFailure) {
      try TextFile.write(script.text, to: path)
      console.warn("\(path): \(shards) shards of \(script.study.count) runs; start it with bash\n")
      return .success
    } catch {
      return ResultsProblems.report(error, console)
    }
  }
}

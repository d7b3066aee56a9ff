import WeirFormats
import WeirLab

/// `weir audit`: recomputes the money of a study from its event files.
enum AuditCommand: Command {
  static let specification = CommandSpecification(
    name: "audit", summary: "Recompute every balance of a study from its event files alone",
    operands: [
      .init(name: "RESULTS", help: "A folder of results that was written with --events.")
    ],
    options: [],
    discussion: """
      Reads usage_events.csv, monetization_events.csv and balance_updates.csv and names the first \
      discrepancy of each run with its file and line; then the exit code is 65.
      """,
    examples: [
      "weir run Scenarios/quickstart.json --events && weir audit Results/quickstart"
    ])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let folder = arguments.operands[0]
    do throws(AuditFailure) {
      let audit = try ResultAudit(folder: folder)
      for finding in audit.findings { console.warn("\(folder)/\(finding)\n") }
      console.print(audit.summary)
      return audit.findings.isEmpty ? .success : .invalidInput
    } catch {
      return report(error, console)
    }
  }

  private static func report(_ failure: AuditFailure, _ console: Console) -> ExitCode {
    switch failure {
    case .missing(let file, let reason):
      console.warn("weir audit: cannot read \(file): \(reason)\n")
      console.warn("  event files are written by: weir run SCENARIO --events\n")
      return .missingInput
    case .invalid(let issue):
      console.warn(IssueRenderer.text(issue))
      return .invalidInput
    }
  }
}

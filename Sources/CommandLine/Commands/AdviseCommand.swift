import WeirFormats
import WeirLab
import WeirReports

/// `weir advise`: whether the runs of a study were long enough, and many enough.
enum AdviseCommand: Command {
  static let specification = CommandSpecification(
    name: "advise", summary: "Say how long and how many runs a study needs, from its results",
    operands: [.init(name: "RESULTS", help: "A folder of results.")],
    options: [
      .value("--point", "NAME", "The point of a sweep that is looked at; the first.")
    ],
    discussion: """
      The warm-up is that of MSER-5 on the backlog, averaged over the replications; one warm-up is \
      meant for all policies. A run should measure at least ten times as long. The number of \
      replications is that at which half the interval of the primary metric is 5 % of it. The best \
      policy by that metric is among those that subset screening keeps; with a "smallestDifference", \
      two-stage selection (Nelson and Matejcik) says how many replications find it.
      """,
    examples: ["weir advise Results/quickstart"])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let results: StudyResults
    do throws(ResultsFailure) {
      results = try StudyResults(
        ResultPath.withoutSlashes(arguments.operands[0]), point: arguments.text("--point"))
    } catch {
      return ResultsProblems.report(error, context.console)
    }
    context.console.write(AdviceText.text(results))
    return .success
  }
}

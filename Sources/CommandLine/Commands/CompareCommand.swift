import WeirFormats
import WeirLab
import WeirReports

/// `weir compare`: two folders of results against each other, or the policies of one.
enum CompareCommand: Command {
  static let specification = CommandSpecification(
    name: "compare", summary: "Compare two folders of results, or the policies of one",
    operands: [
      .init(name: "A", help: "The folder of results that is compared with."),
      .init(
        name: "B", help: "The folder that is compared; without it, the policies of A.",
        count: 0...1),
    ],
    options: [
      .flag("--all", "Show every metric, not only the deciding one and those that differ."),
      .flag("--markdown", "Write Markdown, as for a comment on a pull request."),
      .flag("--csv", "Write a table with every metric and number."),
      .value("--baseline", "NAME", "Without B: the policy to compare with; that of the study."),
      .flag("--unpaired", "Take replications for independent although their seeds are the same."),
      .flag(
        "--strict", "End with exit code 99 when a policy is worse in the deciding metric."),
    ],
    discussion: """
      Policies and points are matched by name. With the same seed, replications are the same random \
      worlds in both and are compared pair by pair; otherwise by Welch's test. The deciding metric \
      and the smallest difference that matters are those of A.
      """,
    examples: [
      "weir compare Results/quickstart --markdown",
      "weir compare Results/quickstart /tmp/branch/quickstart --strict",
    ])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    if arguments.has("--markdown"), arguments.has("--csv") {
      throw .conflict("--markdown", "--csv")
    }
    if arguments.operands.count == 2, arguments.has("--baseline") {
      throw .conflict("B", "--baseline")
    }
    let comparison: FolderComparison
    do throws(ResultsFailure) {
      let folders = try arguments.operands.map { folder throws(ResultsFailure) in
        try MeasuredRuns(ResultPath.withoutSlashes(folder))
      }
      comparison =
        folders.count == 1
        ? try FolderComparison(policiesOf: folders[0], baseline: arguments.text("--baseline"))
        : FolderComparison(folders[0], folders[1], ignoresPairs: arguments.has("--unpaired"))
    } catch {
      return ResultsProblems.report(error, console)
    }
    let extent: FolderComparisonText.Extent = arguments.has("--all") ? .all : .differences
    if arguments.has("--csv") {
      console.write(FolderComparisonFile.csv(comparison))
    } else if arguments.has("--markdown") {
      console.write(FolderComparisonText.markdown(comparison, extent))
    } else {
      let style = console.style
      console.write(FolderComparisonText.terminal(comparison, extent, style))
    }
    return arguments.has("--strict") && comparison.isWorse ? .thresholdFailed : .success
  }
}

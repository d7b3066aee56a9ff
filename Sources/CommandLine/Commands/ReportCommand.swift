import WeirFormats
import WeirLab
import WeirReports

/// `weir report`: results as one page to look at.
enum ReportCommand: Command {
  static let specification = CommandSpecification(
    name: "report", summary: "Make a page of results to look at, in one file that needs no other",
    operands: [.init(name: "RESULTS", help: "A folder of results.")],
    options: [
      .value(
        "--output", short: "-o", "FILE",
        "Where the page goes; RESULTS/report.html. With - it is written to the output."),
      .value(
        "--point", "NAME",
        "The point of a sweep whose distributions and timelines are shown; the first."),
    ],
    discussion: """
      The page says which policy is better, by how much, how sure that is, for whom and at what \
      cost, and how to repeat it. It loads nothing and runs no script. It is made from the files \
      of the results alone, and is the same for the same results, byte for byte.
      """,
    examples: ["weir run Scenarios/quickstart.json && weir report Results/quickstart"])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let folder = ResultPath.withoutSlashes(arguments.operands[0])
    let path = arguments.text("--output") ?? folder + "/report.html"
    return write(folder, point: arguments.text("--point"), to: path, context.console)
  }

  /// Writes the page of the results in a folder.
  static func write(
    _ folder: String, point: String? = nil, to path: String, isQuiet: Bool = false,
    _ console: Console
  ) -> ExitCode {
    let page: String
    do throws(ResultsFailure) {
      page = ReportPage(try StudyResults(folder, point: point)).html()
    } catch {
      return ResultsProblems.report(error, console)
    }
    if path == "-" {
      console.write(page)
      return .success
    }
    do throws(ResultFailure) {
      try TextFile.write(page, to: path)
      if !isQuiet { console.warn("\(path): \(NumberText.grouped(Int64(page.utf8.count))) bytes\n") }
      return .success
    } catch {
      return ResultsProblems.report(error, console)
    }
  }
}

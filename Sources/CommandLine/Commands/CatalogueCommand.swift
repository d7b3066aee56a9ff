import WeirAccess
import WeirFormats
import WeirLab
import WeirReports
import WeirSimulation

/// `weir catalogue`: every variant that a scenario can name, with its fields.
enum CatalogueCommand: Command {
  static let specification = CommandSpecification(
    name: "catalogue", summary: "List what scenarios can name: layers, workloads, metrics and more",
    operands: [
      .init(name: "NAME", help: "A layer, workload or other variant, or a metric.", count: 0...1)
    ],
    options: [
      .flag("--markdown", "Write the whole reference as Markdown."),
      .value("--write", "FOLDER", "Write the reference as articles of a DocC catalogue."),
    ],
    examples: ["weir catalogue", "weir catalogue tokenBucket", "weir catalogue served_share"])

  static func run(_ arguments: Arguments, _ context: CommandContext) throws(UsageProblem)
    -> ExitCode
  {
    let console = context.console
    let reference = ScenarioReference(extensions: context.extensions)
    if arguments.has("--markdown") {
      console.write(reference.markdown())
      return .success
    }
    if let folder = arguments.text("--write") { return write(folder, context) }
    guard let name = arguments.operands.first else {
      for family in reference.families { list(family, console) }
      listMetrics(console)
      return .success
    }
    if let page = reference.page(of: name) {
      console.write(page)
      return .success
    }
    if let metric = Metric(rawValue: name) {
      console.write(ScenarioReference.page(of: metric))
      return .success
    }
    let known =
      reference.families.flatMap { $0.variants.map(\.name) } + Metric.allCases.map(\.name)
    let hint = nearestName(name, in: known).map { "; did you mean \($0)?" } ?? ""
    console.warn("weir catalogue: there is no \(JSONWriter.quoted(name))\(hint)\n")
    return .usage
  }

  private static func write(_ folder: String, _ context: CommandContext) -> ExitCode {
    do throws(ResultFailure) {
      try ResultPath.makeFolder(folder)
      for article in ReferenceArticles(extensions: context.extensions).all() {
        try TextFile.write(article.text, to: folder + "/" + article.fileName)
      }
      return .success
    } catch {
      return ResultsProblems.report(error, context.console)
    }
  }

  private static func list(_ family: ScenarioReference.Family, _ console: Console) {
    console.print(family.title)
    let width = family.variants.map(\.name.count).max() ?? 0
    for variant in family.variants {
      let padding = String(repeating: " ", count: width - variant.name.count)
      console.print("  \(variant.name)\(padding)  \(variant.help)")
    }
    console.print("")
  }

  private static func listMetrics(_ console: Console) {
    console.print("metrics")
    let width = Metric.allCases.map(\.name.count).max() ?? 0
    for metric in Metric.allCases {
      let padding = String(repeating: " ", count: width - metric.name.count)
      console.print("  \(metric.name)\(padding)  \(metric.definition.text)")
    }
  }
}

import WeirFormats
import WeirLab
import WeirSimulation

/// The reference part of the documentation, made from what the program itself declares.
struct ReferenceArticles {
  /// What packages add to the catalogue.
  var extensions = Extensions()

  /// One article of a documentation catalogue.
  struct Article: Sendable {
    /// The name, by which others link to it.
    let name: String
    /// Its text, in Markdown as DocC reads it.
    let text: String

    /// The name of its file.
    var fileName: String { name + ".md" }
  }

  /// All articles, in the order in which they should be listed.
  func all() -> [Article] {
    scenarioArticles() + [metrics(), Self.resultFiles(), Self.commandLine(), Self.exitCodes()]
  }

  /// An article with a title and a sentence that says what it holds.
  static func article(
    _ name: String, _ title: String, _ abstract: String, _ sections: [String]
  ) -> Article {
    let start = """
      # \(title)

      \(abstract)

      <!-- Written by: weir catalogue --write Sources/Weir.docc/Reference -->


      """
    return Article(name: name, text: start + sections.joined(separator: "\n"))
  }

  /// A table of Markdown.
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    let lines = [header, header.map { _ in "---" }] + rows
    return lines.map { "| " + $0.map(Reference.cell).joined(separator: " | ") + " |\n" }.joined()
  }

  // MARK: Scenarios

  /// An article about a part of scenarios, and the titles of the objects that it begins with.
  private struct Part {
    let name: String
    let title: String
    let abstract: String
    let titles: [String]
  }

  private static let parts = [
    Part(
      name: "ScenarioKeys", title: "Scenario keys",
      abstract: "Every key of a scenario file: its type, unit, range, default and meaning.",
      titles: []),
    Part(
      name: "Layers", title: "Layers",
      abstract: "The parts of an access stack that a policy can name, with their fields.",
      titles: ["layer", "limit"]),
    Part(
      name: "Detectors", title: "Detectors",
      abstract: "What judges the behaviour of accounts, and of traffic as a whole.",
      titles: ["detector", "series detector"]),
    Part(
      name: "Workloads", title: "Workloads",
      abstract: "The ways in which the accounts of a population demand things.",
      titles: ["workload"]),
    Part(
      name: "Behaviours", title: "Behaviour",
      abstract: "What accounts do when they are refused, when they wait, and when they may buy.",
      titles: ["Behaviour", "refusal response"]),
    Part(
      name: "FleetKeys", title: "Fleet and schedulers",
      abstract: "How servers share their work, and who is served next.",
      titles: ["Pool", "sharing", "scheduler"]),
    Part(
      name: "Laws", title: "Random laws",
      abstract: "The laws of random times, counts and weights that a scenario can name.",
      titles: [
        "law of weights", "law of spans", "law of counts", "simple law of weights",
        "simple law of spans", "simple law of counts",
      ]),
  ]

  private func scenarioArticles() -> [Article] {
    let plan = Self.parts.map { ReferenceChapter.Plan($0.name, $0.titles) }
    let chapters = Reference.chapters(Scenario.self, plan, extensions: extensions)
    return zip(Self.parts, chapters).map { part, chapter in
      Self.article(part.name, part.title, part.abstract, chapter.sections)
    }
  }

  private func metrics() -> Article {
    let rows = Metric.allCases.map { metric in
      let definition = metric.definition
      return ["`\(metric.name)`", definition.unit, definition.better.rawValue, definition.text]
    }
    return Self.article(
      "MetricReference", "Metrics",
      "Every scalar metric of a run, as thresholds, comparisons and result files name it.",
      [Self.table(["metric", "unit", "better", "definition"], rows)])
  }
}

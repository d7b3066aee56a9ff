import WeirFormats
import WeirLab
import WeirSimulation

/// A notebook on the results of a study: Python that reads them, computes their statistics again
/// and draws them, with Weir's own tables and figures below its cells until it is run.
struct StudyNotebook {
  let results: StudyResults
  /// The point that was asked for; `nil` for the first.
  let point: String?
  private let figures: Figures
  private let page: ReportPage

  /// The notebook of results.
  init(_ results: StudyResults, point: String? = nil) {
    self.results = results
    self.point = point
    figures = Figures(results)
    page = ReportPage(results)
  }

  private var facts: ManifestFacts { results.facts }

  /// The notebook in format 4.5, whose cells are numbered.
  func document() -> String {
    let cells = cells.enumerated().map { number, cell in
      cell.document(id: "weir-" + String(String(10_001 + number).dropFirst()))
    }
    return JSONWriter.pretty(
      .object([
        ("cells", .list(cells)),
        (
          "metadata",
          [
            "kernelspec": [
              "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3",
            ],
            "language_info": ["name": "python"],
          ]
        ),
        ("nbformat", 4), ("nbformat_minor", 5),
      ]))
  }

  /// The same cells as a script, for reading, for comparing versions, and to be run as it is.
  func script() -> String { cells.map { $0.script() }.joined(separator: "\n") }

  // MARK: Cells

  /// The cells, in order.
  var cells: [NotebookCell] {
    introduction + comparison + oracle + pictures + people + otherTools
  }

  private var introduction: [NotebookCell] {
    var parameters = NotebookCell.code(
      """
      DATA = "data"
      POINT = \(point.map(JSONWriter.quoted) ?? "None")\
        # the point of a sweep whose distributions are shown; None is the first
      """)
    parameters.tags = ["parameters"]
    return [
      .markdown(title), parameters,
      .code(NotebookCode.load),
    ]
  }

  private var title: String {
    let facts = facts
    let rows = [
      ["made by", MarkdownText.code(facts.command)],
      ["Weir", MarkdownText.escaped(facts.version)],
      ["seed", MarkdownText.code(facts.seed)],
      ["scenario (SHA-256)", MarkdownText.code(facts.scenarioDigest)],
      ["policies", facts.policies.map(MarkdownText.escaped).joined(separator: ", ")],
      ["baseline", MarkdownText.escaped(facts.policies[facts.baseline])],
      ["replications", String(facts.replications)],
      [
        "quantiles",
        "nearest rank; what was refused for good or never finished counts as a wait without end",
      ],
    ]
    return """
      # \(MarkdownText.escaped(facts.name))

      \(MarkdownText.escaped(facts.description))

      \(MarkdownText.table(["", ""], rows))
      The tables and figures below were drawn by Weir, so that the notebook can be read without \
      running it. Running it computes and draws them again from `data`, with Python alone.
      """
  }

  private var oracle: [NotebookCell] {
    [
      .markdown(
        """
        ## Weir's statistics, computed again

        From `runs.csv` and `populations.csv` alone, with scipy: Student-t intervals, differences within the same random \
        worlds, and p-values after Holm's correction over the policies. Each must agree with \
        `comparison.csv` to 1e-9, or the notebook stops.
        """),
      .code(NotebookCode.recompute), .code(NotebookCode.agree), .code(NotebookCode.style),
    ]
  }

  private var comparison: [NotebookCell] {
    let sentences = Findings(figures).sentences().map { MarkdownText.escaped($0.withMinusSigns) }
    let headings = SummaryColumn.sections.map { title, columns in
      "    \(JSONWriter.quoted(title)): ["
        + columns.map { JSONWriter.quoted($0.metric.name) }.joined(separator: ", ") + "],\n"
    }
    var verdict = Markup()
    page.verdictTable(&verdict)
    var tables = Markup()
    page.tables(at: results.point, &tables)
    return [
      .markdown("## What was found\n\n" + sentences.joined(separator: "\n\n")),
      .code("HEADINGS = {\n" + headings.joined() + "}"),
      .code(
        NotebookCode.tables,
        [verdict, tables].filter { !$0.text.isEmpty }.map {
          .html($0, plain: "Means over the replications, half of their 95 % intervals, verdicts.")
        }),
    ]
  }

  private var pictures: [NotebookCell] {
    [
      picture(
        "How sure the differences are",
        "Filled marks are decided after Holm's correction, hollow ones are not.",
        NotebookCode.forest, [figures.primaryForest()].compactMap { $0 },
        signed: facts.policies.count > 1 ? figures.headingForests() : []),
      picture(
        "Where served demand came from", figures.payers().caption, NotebookCode.payers,
        [figures.payers()]),
      picture(
        "What is traded for what", "Whiskers are 95 % intervals of each mean by itself.",
        NotebookCode.trade, figures.pareto()),
    ].flatMap { $0 } + curves + sweep
  }

  /// What is drawn from the large tables, as far as these are there.
  private var curves: [NotebookCell] {
    let parts = [
      (
        "latency.csv",
        picture(
          "How long it takes",
          "A curve that ends early stops at the share that is never served.", NotebookCode.latency,
          signed: figures.latencies())
      ),
      (
        "lorenz.csv",
        picture(
          "How evenly service is shared out", "Dashed: everyone gets the same.",
          NotebookCode.lorenz, signed: [figures.lorenz()].compactMap { $0 })
      ),
      (
        "timeline.csv",
        picture(
          "Over time", "Means over the replications with their 95 % intervals.",
          NotebookCode.timeline, signed: figures.timelines())
      ),
    ]
    return parts.flatMap { file, cells in facts.has(file) ? cells : [] }
  }

  /// A heading and a cell that draws; `signed` are the figures that need a legend.
  private func picture(
    _ title: String, _ words: String, _ code: String, _ named: [Figure] = [],
    signed: [Figure] = []
  ) -> [NotebookCell] {
    let charts =
      named.map { $0.chart.framed() } + signed.map { $0.chart.framed(legend: figures.legend) }
    return [.markdown("## \(title)\n\n\(words)"), .code(code, charts.map { .chart($0) })]
  }

  private var sweep: [NotebookCell] {
    guard let figure = figures.sweep() else { return [] }
    return picture("Over the sweep", figure.caption, NotebookCode.sweep, signed: [figure])
  }

  private var people: [NotebookCell] {
    var table = Markup()
    page.fares(&table)
    return [
      .markdown(
        """
        ## Who was served, who was hurt

        The share of its intents that each population gets served; p-values are corrected over all \
        populations and policies.
        """),
      .code(
        NotebookCode.accounts,
        table.text.isEmpty
          ? [] : [.html(table, plain: "Served intents of each population, in per cent.")]),
    ]
  }

  private var otherTools: [NotebookCell] {
    [
      .markdown("## With polars\n\nThe files are plain CSV: any tool reads them."),
      .code(NotebookCode.polars),
    ]
  }
}

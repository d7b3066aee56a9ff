import WeirFormats
import WeirLab
import WeirSimulation

/// A short reading of results in Markdown, every number taken from their files.
struct Reading {
  let results: StudyResults
  private let figures: Figures
  private let findings: Findings

  /// The reading of results.
  init(_ results: StudyResults) {
    self.results = results
    figures = Figures(results)
    findings = Findings(figures)
  }

  private var facts: ManifestFacts { results.facts }

  /// The verdict in sentences.
  var sentences: [String] {
    findings.sentences().map { MarkdownText.escaped($0.withMinusSigns) }
  }

  /// The size of the study.
  var size: String {
    [
      NumberText.counted(facts.policies.count, "policy", "policies"),
      facts.points.count > 1 ? NumberText.counted(facts.points.count, "point", "points") : "",
      NumberText.counted(facts.replications, "replication", "replications"),
    ].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The picture that says most: of misuse where that is the question, the primary metric over a
  /// sweep, of one policy how long things take, otherwise where served demand came from.
  var picture: Chart {
    let isOfAbuse = facts.primaryMetric.definition.heading == .abuse
    if isOfAbuse, let figure = figures.abuseTrade() { return figure.chart.framed() }
    if let figure = figures.sweep() { return figure.chart.framed(legend: figures.legend) }
    if facts.policies.count == 1, let figure = figures.latencies().first {
      return figure.chart.framed()
    }
    return figures.payers().chart.framed()
  }

  /// A picture in words, within a link.
  func words(_ picture: Chart) -> String {
    MarkdownText.escaped("\(picture.title). \(picture.description)".withMinusSigns)
  }

  /// The whole reading.
  func text(_ picture: Chart) -> String {
    """
    # \(MarkdownText.escaped(facts.name))

    \(MarkdownText.escaped(facts.description))

    ![\(words(picture))](picture.svg)

    ## What it shows

    \(sentences.joined(separator: "\n\n"))

    \(sweep)\(comparison)\(populations)\(thresholds)
    Means over \(NumberText.counted(facts.replications, "replication", "replications")) with half of
    their 95 % intervals; verdicts are paired tests at 5 % after Holm's correction. The whole, with
    figures: [report.html](report.html). What each file and column is:
    [datapackage.json](datapackage.json).

    ## Again

    ```
    \(facts.command)
    ```

    Weir \(MarkdownText.escaped(facts.version)), seed \(MarkdownText.code(facts.seed)), scenario
    \(MarkdownText.code(facts.scenarioDigest)).

    """
  }

  private var comparison: String {
    guard facts.policies.count > 1 else { return measures }
    let primary = findings.primary
    let unit = primary.differenceUnit.isEmpty ? "" : ", " + primary.differenceUnit
    let head = ["policy", primary.title, "difference" + unit, "better on", "worse on"]
    return MarkdownText.table(head, figures.ordered.map(comparisonRow)) + "\n"
  }

  /// What one policy alone was measured at.
  private var measures: String {
    let rows = SummaryColumn.sections.flatMap(\.columns).compactMap { column -> [String]? in
      let row = results.comparison(column.metric, policy: 0)
      guard let mean = row?.mean else { return nil }
      let text = EstimateText.text(
        mean * column.scale, halfWidth: row?.halfWidth.map { $0 * column.scale })
      return [column.title, text]
    }
    return MarkdownText.table(["measured", "mean"], rows) + "\n"
  }

  private func comparisonRow(_ policy: Int) -> [String] {
    let scale = findings.primary.scale
    let row = findings.row(policy)
    let mean = EstimateText.text(
      row?.mean.map { $0 * scale }, halfWidth: row?.halfWidth.map { $0 * scale }
    ).withMinusSigns
    let name = MarkdownText.escaped(facts.policies[policy])
    if policy == facts.baseline { return ["**\(name)** (baseline)", mean, "", "", ""] }
    let difference = row?.difference.map { change in
      let text = EstimateText.difference(
        change * scale, halfWidth: row?.differenceHalfWidth.map { $0 * scale })
      return text.withMinusSigns + (row?.verdict.map { " " + VerdictMark($0).word } ?? "")
    }
    let (gains, costs) = findings.differences(policy)
    let lists = [gains, costs].map { columns in
      columns.isEmpty ? "–" : columns.map(\.words).joined(separator: "; ")
    }
    return ["**\(name)**", mean, difference ?? "–"] + lists
  }

  private var populations: String {
    guard results.populations.count > 1 else { return "" }
    let fares = figures.fares()
    let rows = results.populations.enumerated().map { place, population in
      [MarkdownText.escaped(population.name) + (population.isAbusive ? " (abusive)" : "")]
        + figures.ordered.map { policy -> String in
          let fare = fares[place][policy]
          guard let mean = fare.mean else { return "–" }
          let text = EstimateText.text(
            mean.mean * 100, halfWidth: mean.halfWidth.map { $0 * 100 })
          let verdict = fare.judgement.map { " " + VerdictMark($0.verdict).word } ?? ""
          return text + verdict
        }
    }
    let head =
      ["served, % of intents"]
      + figures.ordered.map {
        MarkdownText.escaped(facts.policies[$0])
      }
    return MarkdownText.table(head, rows) + "\n"
  }

  /// The primary metric at each point; empty when nothing is swept.
  private var sweep: String {
    guard facts.points.count > 1 else { return "" }
    let scale = findings.primary.scale
    let rows = facts.points.indices.map { point in
      [MarkdownText.escaped(facts.points[point])]
        + figures.ordered.map { policy -> String in
          let row = results.comparison(facts.primaryMetric, policy: policy, point: point)
          let text = EstimateText.text(
            row?.mean.map { $0 * scale }, halfWidth: row?.halfWidth.map { $0 * scale })
          return text.withMinusSigns + (row?.verdict.map { " " + VerdictMark($0).word } ?? "")
        }
    }
    let head =
      [findings.primary.title] + figures.ordered.map { MarkdownText.escaped(facts.policies[$0]) }
    return MarkdownText.table(head, rows) + "\nAt the point "
      + MarkdownText.escaped(facts.points[results.point]) + ":\n\n"
  }

  private var thresholds: String {
    guard !results.thresholds.isEmpty else { return "" }
    let passed = results.thresholds.filter { $0.outcome == .pass }.count
    let lines = results.thresholds.map { row -> String in
      let statistic = row.statistic == "mean" ? "" : row.statistic + " of "
      let value = row.value.map { EstimateText.text($0, halfWidth: nil) } ?? "no value"
      let place = [row.policy, row.population, facts.points.count > 1 ? row.point : ""].filter {
        !$0.isEmpty && $0 != "(all)"
      }
      return "- \(VerdictMark(row.outcome).word): \(MarkdownText.code(row.id)),"
        + " \(MarkdownText.code("\(statistic)\(row.metric) \(row.bound)")), found \(value)"
        + " (\(MarkdownText.escaped(place.joined(separator: ", "))))"
    }
    return "Thresholds: \(passed) of \(results.thresholds.count) pass.\n\n"
      + lines.joined(separator: "\n") + "\n\n"
  }
}

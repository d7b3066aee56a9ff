import WeirFormats
import WeirLab
import WeirSimulation

/// The sections that are figures, with what a reader needs to read them.
extension ReportPage {
  /// The primary metric over the swept points; nothing when nothing is swept.
  func sweep(_ section: inout Markup) {
    guard let figure = figures.sweep() else { return }
    legend(&section)
    section.figures([figure])
    section.paragraph(
      "The sections below show the point \(facts.points[results.point]); the comparison has a table"
        + " for each.", "faint")
  }

  /// Where served demand came from, and who refused the rest.
  func demand(_ section: inout Markup) {
    section.figures([figures.payers()], showsTitles: false)
    section.details("In numbers") { details in
      let chart = figures.payersChart(figures.productsWithPopulations)
      details.table(
        chart.axisTitle,
        head: [TableHead(label: "policy")] + chart.parts.map { TableHead(label: $0.name) },
        rows: chart.bars.map { bar in
          [.text(bar.name)] + bar.sizes.map { .number(NumberText.fixed($0, digits: 2)) }
        }, stacks: true)
    }
    refusals(&section)
  }

  /// What policies trade for what.
  func trade(_ section: inout Markup) {
    let pareto = figures.pareto()
    if !pareto.isEmpty { section.figures(pareto) }
  }

  /// The paired differences.
  func differences(_ section: inout Markup) {
    guard facts.policies.count > 1 else { return }
    let primary = figures.primaryForest()
    let others = figures.headingForests()
    if primary == nil, others.isEmpty { return }
    if let primary { section.figures([primary]) }
    guard !others.isEmpty else { return }
    section.paragraph(
      "The same for the columns of the tables, in per cent of the baseline's mean, with paired 95 %"
        + " intervals. The arrow after a name points to the better side. Filled marks are decided after"
        + " Holm's correction; hollow ones are not, or have no better side. A mark at the edge is a"
        + " change beyond it. Left out are columns whose baseline cannot be told from 0.", "faint")
    legend(&section, hasBaseline: false)
    section.figures(others.map { Figure(chart: $0.chart, caption: "") })
  }

  /// The distributions of the time from end to end.
  func latency(_ section: inout Markup) {
    let curves = figures.latencies()
    guard !curves.isEmpty else { return }
    section.paragraph(
      "How to read it: at 10 s on the axis below, the height of a line is the share of intents that"
        + " are not done within 10 s of their first attempt, waiting and retrying included; lower is"
        + " better. Those never served are never done, so that no line sinks below their share, which"
        + " the dash at the right edge marks; a line ends at the last of the quantiles of latency.csv"
        + " above it. Both axes are logarithmic."
        + " Lines are means over the replications, bands their 95 % intervals.", "faint")
    legend(&section)
    section.figures(curves.map { Figure(chart: $0.chart, caption: "") })
  }

  /// The Lorenz curves.
  func evenness(_ section: inout Markup) {
    guard let figure = figures.lorenz() else { return }
    legend(&section)
    section.figures([figure], showsTitles: false)
  }

  /// The timelines.
  func time(_ section: inout Markup) {
    let timelines = figures.timelines()
    guard !timelines.isEmpty else { return }
    section.paragraph(
      "Means over the replications with their 95 % intervals; where lines coincide, the last hides"
        + " the others."
        + (results.isAboutSome
          ? " What is offered, admitted and denied is of the ordinary accounts; the fleet and its"
            + " queue serve everyone." : "")
        + (facts.times.warmup > 0 ? " Shaded: the warm-up, which is not measured." : ""), "faint")
    legend(&section)
    section.figures(timelines.map { Figure(chart: $0.chart, caption: "") })
  }

  /// Who was served and who was hurt.
  func accounts(_ section: inout Markup) {
    guard !results.populations.isEmpty else { return }
    fares(&section)
    legend(&section)
    section.figures(figures.accountStrips())
  }

  /// The share of its intents that each population gets served under each policy.
  func fares(_ section: inout Markup) {
    populationTable(
      .servedShare,
      "Served intents of each population in %, and the difference from"
        + " \(facts.policies[facts.baseline]) in points (verdicts corrected over all populations"
        + " and policies)", &section)
  }

  /// The primary metric of each population, where it is another than the share served.
  func primaryByPopulation(_ section: inout Markup) {
    guard facts.primaryMetric != .servedShare, results.populations.count > 1 else { return }
    let column = SummaryColumn.of(facts.primaryMetric)
    populationTable(
      facts.primaryMetric,
      "The primary metric of each population: \(column.title), and the difference from"
        + " \(facts.policies[facts.baseline])"
        + (column.differenceUnit.isEmpty ? "" : " in \(column.differenceUnit)")
        + " (verdicts corrected over all populations and policies)", &section)
  }

  private func populationTable(_ metric: Metric, _ caption: String, _ section: inout Markup) {
    let fares = figures.fares(metric)
    let column = SummaryColumn.of(metric)
    let shown = results.populations.indices.filter { fares[$0].contains { $0.mean != nil } }
    guard !shown.isEmpty else { return }
    section.table(
      caption,
      head: [TableHead(label: "population")]
        + figures.ordered.map { TableHead(label: facts.policies[$0]) },
      rows: shown.map { place in
        [nameCell(of: results.populations[place])]
          + figures.ordered.map { fareCell(fares[place][$0], column.scale) }
      }, stacks: true)
  }

  /// The name of a population with its plan, and whether it is labelled.
  private func nameCell(of population: PopulationValues) -> TableCell {
    var name = Markup()
    name.isolated(population.name)
    name.element("small", [("class", "faint")]) { small in
      small.text(" plan ")
      small.isolated(population.plan)
      if population.isAbusive { small.text(", labelled abusive") }
    }
    return TableCell(body: name)
  }

  private func fareCell(_ fare: Figures.Fare, _ scale: Double) -> TableCell {
    guard let mean = fare.mean else { return .text("no value", "faint") }
    var body = Markup()
    body.element(
      "b",
      text: EstimateText.text(mean.mean * scale, halfWidth: mean.halfWidth.map { $0 * scale }))
    if let paired = fare.paired {
      let change = EstimateText.difference(
        paired.meanInterval.mean * scale,
        halfWidth: paired.meanInterval.halfWidth.map { $0 * scale })
      if !paired.isIdentical {
        body.text(" ")
        body.element("i", text: "(\(change))".withMinusSigns)
      }
    }
    if let judgement = fare.judgement {
      body.text(" ")
      body.append(VerdictMark(judgement.verdict).markup())
    }
    return TableCell(body: body, className: "n")
  }
}

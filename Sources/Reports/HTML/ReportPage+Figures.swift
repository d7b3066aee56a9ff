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
    let rows = figures.ordered.flatMap(refusals)
    guard !rows.isEmpty else { return }
    section.table(
      "Refused attempts, by the layer that refused and its reason (an intent may be refused at each"
        + " of its attempts)",
      head: [
        TableHead(label: "policy"), TableHead(label: "refused by: for what"),
        TableHead(label: "attempts refused", unit: "per run"),
        TableHead(label: "of all attempts", unit: "%"),
      ], rows: rows)
  }

  private func refusals(_ policy: Int) -> [[TableCell]] {
    let attempts = figures.values(.attempts, policy)
    let layers = results.layers.filter { $0.policy == policy && $0.point == results.point }
    return layers.flatMap { layer in
      layer.refused.compactMap { reason, counts -> [TableCell]? in
        guard counts.contains(where: { $0 > 0 }), let mean = MeanInterval(Moments(counts)) else {
          return nil
        }
        let shares = zip(counts, attempts).map { Figures.quotient($0, $1).map { $0 * 100 } }
        let share = MeanInterval(all: shares)
        return [
          .text(facts.policies[policy]),
          .text(
            layer.role == "queue"
              ? "the full queue"
              : layer.name + ": " + ReasonWords.of(reason)),
          .estimate(mean.mean, halfWidth: mean.halfWidth, verdict: nil),
          .estimate(share?.mean, halfWidth: share?.halfWidth, verdict: nil),
        ]
      }
    }
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
      "For each time, the share of intents that take longer, from the first attempt through every"
        + " retry to the end. Both axes are logarithmic. The short line at the right edge is the share"
        + " that is never served; a curve ends at the last of its quantiles above that share. Lines"
        + " are means over the replications, bands their 95 % intervals.", "faint")
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
        + (facts.times.warmup > 0 ? " Shaded: the warm-up, which is not measured." : ""), "faint")
    legend(&section)
    section.figures(timelines.map { Figure(chart: $0.chart, caption: "") })
  }

  /// Who was served and who was hurt.
  func accounts(_ section: inout Markup) {
    guard !results.populations.isEmpty else { return }
    fares(&section)
    primaryByPopulation(&section)
    legend(&section)
    section.figures(figures.accountStrips())
  }

  /// How each population fares under each policy.
  func fares(_ section: inout Markup) {
    let fares = figures.fares()
    guard !fares.isEmpty else { return }
    section.table(
      "Served intents of each population in %, and the difference from"
        + " \(facts.policies[facts.baseline]) in points (verdicts corrected over all populations"
        + " and policies)",
      head: [TableHead(label: "population")]
        + figures.ordered.map { TableHead(label: facts.policies[$0]) },
      rows: results.populations.enumerated().map { place, population in
        var name = Markup()
        name.isolated(population.name)
        name.element("small", [("class", "faint")]) { small in
          small.text(" plan ")
          small.isolated(population.plan)
          if population.isAbusive { small.text(", abusive") }
        }
        return [TableCell(body: name)] + figures.ordered.map { fareCell(fares[place][$0]) }
      }, stacks: true)
  }

  /// The primary metric of each population, where it is another than the share served.
  private func primaryByPopulation(_ section: inout Markup) {
    let column = SummaryColumn.of(facts.primaryMetric)
    guard facts.primaryMetric != .servedShare, results.populations.count > 1 else { return }
    let rows = results.populations.compactMap { population -> [TableCell]? in
      let means = figures.ordered.map {
        MeanInterval(
          all: population.metrics.values(
            of: facts.primaryMetric, policy: $0, point: results.point))
      }
      guard means.contains(where: { $0 != nil }) else { return nil }
      let name = population.name + (population.isAbusive ? " (abusive)" : "")
      return [.text(name)]
        + means.map { mean in
          mean.map {
            .estimate(
              $0.mean * column.scale, halfWidth: $0.halfWidth.map { $0 * column.scale },
              verdict: nil)
          } ?? .text("–", "faint")
        }
    }
    guard !rows.isEmpty else { return }
    section.table(
      "The primary metric of each population: \(column.title)",
      head: [TableHead(label: "population")]
        + figures.ordered.map { TableHead(label: facts.policies[$0]) }, rows: rows, stacks: true)
  }

  private func fareCell(_ fare: Figures.Fare) -> TableCell {
    guard let mean = fare.mean else { return .text("no value", "faint") }
    var body = Markup()
    body.element(
      "b", text: EstimateText.text(mean.mean * 100, halfWidth: mean.halfWidth.map { $0 * 100 }))
    if let paired = fare.paired, let judgement = fare.judgement {
      body.text(" ")
      let change = EstimateText.difference(
        paired.meanInterval.mean * 100, halfWidth: paired.meanInterval.halfWidth.map { $0 * 100 })
      if !paired.isIdentical {
        body.element("i", text: "(\(change))".withMinusSigns)
        body.text(" ")
      }
      body.append(VerdictMark(judgement.verdict).markup())
    }
    return TableCell(body: body, className: "n")
  }

  /// Whose the refused attempts are: a few who never stop asking can be nearly all of them.
  private var labelledRefusals: String {
    let shares = figures.ordered.compactMap { policy -> String? in
      let all = figures.values(.denied, policy)
      let others = results.populations.filter { !$0.isAbusive }.map {
        $0.metrics.values(of: .denied, policy: policy, point: results.point)
      }
      let own = all.indices.map { place -> Double? in
        let rest = others.reduce(0) { $0 + ($1[place] ?? 0) }
        return all[place].map { $0 - rest }
      }
      let quotients = zip(own, all).map { Figures.quotient($0, $1) }
      guard let mean = MeanInterval(all: quotients)?.mean else { return nil }
      return "\(NumberText.fixed(mean * 100, digits: 1)) % under \(facts.policies[policy])"
    }
    return shares.isEmpty
      ? "" : " Of all refused attempts, theirs are \(Findings.list(shares))."
  }

  /// What measures against misuse did; nothing when nobody is labelled.
  func abuse(_ section: inout Markup) {
    guard let figure = figures.abuse() else { return }
    let names = results.populations.filter(\.isAbusive).map(\.name)
    section.element("p") { line in
      line.text("The scenario labels as abusive: ")
      line.isolated(names.joined(separator: ", "))
      line.text(
        ". Policies do not see the label. How well they tell misuse from use, by acting against"
          + " accounts, is in the comparison under Abuse, for the policies that act."
          + labelledRefusals)
    }
    legend(&section)
    section.figures([figures.abuseTrade(), figure].compactMap { $0 })
  }
}

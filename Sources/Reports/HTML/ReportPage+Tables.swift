import WeirFormats
import WeirLab
import WeirSimulation

/// Thresholds, and the comparison under the headings of the mission.
extension ReportPage {
  /// The section of the thresholds; nothing when there are none.
  func thresholds(_ section: inout Markup) {
    guard !results.thresholds.isEmpty else { return }
    let hasPoints = facts.points.count > 1
    let head =
      ["threshold", "policy"] + (hasPoints ? ["point"] : [])
      + ["asserted", "population", "found", "result"]
    let rows = results.thresholds.map { row -> [TableCell] in
      let asserted =
        row.metric + (row.layer.isEmpty ? "" : " of layer \(row.layer)") + " \(row.bound)"
        + (row.statistic == "mean" ? "" : ", \(row.statistic)")
      let unit = row.bound.hasSuffix("%") ? " %" : ""
      let value = row.value.map { EstimateText.text($0, halfWidth: nil) + unit } ?? "no value"
      var result = Markup()
      result.append(VerdictMark(row.outcome).markup())
      if row.outcome != .pass {
        result.text(" ")
        result.element("small", text: row.reason)
      }
      return [.text(row.id), .text(row.policy)] + (hasPoints ? [.text(row.point)] : [])
        + [.text(asserted), .text(row.population), .number(value), TableCell(body: result)]
    }
    section.table("", head: head.map { TableHead(label: $0) }, rows: rows, stacks: true)
  }

  /// The section of the comparison: a table for each heading, at each point.
  func comparison(_ section: inout Markup) {
    section.paragraph(
      "Each cell is the mean over the replications ± half of its 95 % interval, then the verdict"
        + " against \(facts.policies[facts.baseline]) (paired, 5 %, Holm's correction over the"
        + " policies; barely: by less than the digits show). ▲ and ▼ judge: a smaller wait is ▲ better."
        + " Without a verdict are what is neither good nor bad and what the baseline has no value of."
        + " An intent is one thing that an account wants done, however often it has to ask. – stands"
        + " for what has no value in some replication: nothing of the kind happened, or the quantile falls among intents that"
        + " were refused, which count as waits without end.", "faint")
    if facts.points.count == 1 {
      tables(at: 0, &section)
    } else {
      for point in facts.points.indices {
        section.element("details", point == results.point ? [("open", "")] : []) { details in
          details.element("summary") { $0.isolated(facts.points[point]) }
          tables(at: point, &details)
        }
      }
    }
    section.details("All metrics") { details in allMetrics(&details) }
    section.details("What the columns mean") { details in
      details.element("dl") { list in
        for column in shownMetrics.map(SummaryColumn.of) {
          list.element("dt") { term in
            term.text("\(column.words) ")
            term.element("code", text: column.metric.name)
          }
          list.element("dd", text: column.metric.definition.text)
        }
      }
    }
  }

  /// The tables under the headings of the mission.
  func tables(at point: Int, _ section: inout Markup) {
    for (title, columns) in [SummaryColumn.volume] + SummaryColumn.sections {
      let shown = columns.filter { column in
        // Sessions of one call have no rest that could be lost.
        let isOfSessions = [.unreached, .cutOff, .wantedServedShare].contains(column.metric)
        let told = isOfSessions && column.metric != .cutOff ? .unreached : column.metric
        return facts.policies.indices.contains {
          let mean = results.comparison(told, policy: $0, point: point)?.mean
          return mean.map { $0 != 0 || !isOfSessions } ?? false
        }
      }
      guard !shown.isEmpty else { continue }
      section.element("h3", text: title)
      section.table(
        "",
        head: [TableHead(label: "policy")]
          + shown.map {
            TableHead(
              label: $0.words, unit: $0.unitInWords, meaning: $0.metric.definition.text)
          },
        rows: figures.ordered.map { policy in
          [.text(facts.policies[policy])]
            + shown.map { cell($0, results.comparison($0.metric, policy: policy, point: point)) }
        }, stacks: shown.count > 4)
    }
  }

  private func cell(_ column: SummaryColumn, _ row: ComparisonRow?) -> TableCell {
    guard let row, let mean = row.mean else {
      // A policy that does not look finds nobody; that is no result of a search.
      return .text(column.metric == .abuseRecall ? "does not look" : "–", "faint")
    }
    let isBare = Findings(figures).isBare(column, policy: row.policy, point: row.point)
    return .estimate(
      mean * column.scale, halfWidth: row.halfWidth.map { $0 * column.scale },
      verdict: row.verdict.map { VerdictMark($0, isBare: isBare) })
  }

  /// The metrics that have a value under some policy.
  private var shownMetrics: [Metric] {
    Metric.allCases.filter { metric in
      facts.policies.indices.contains { results.comparison(metric, policy: $0)?.mean != nil }
    }
  }

  private func allMetrics(_ details: inout Markup) {
    let end = facts.points.count > 1 ? " at the point \(facts.points[results.point])" : ""
    details.table(
      "Means over the replications\(end)",
      head: [TableHead(label: "metric")]
        + figures.ordered.map {
          TableHead(label: facts.policies[$0])
        },
      rows: shownMetrics.map { metric in
        let column = SummaryColumn.of(metric)
        var name = Markup()
        name.element("code", text: metric.name)
        if !column.unit.isEmpty {
          name.text(" ")
          name.element("small", text: column.unit)
        }
        return [TableCell(body: name)]
          + figures.ordered.map { policy in
            let row = results.comparison(metric, policy: policy)
            return .number(
              EstimateText.text(
                row?.mean.map { $0 * column.scale },
                halfWidth: row?.halfWidth.map { $0 * column.scale }))
          }
      }, stacks: true)
  }
}

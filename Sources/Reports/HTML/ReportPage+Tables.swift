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
        + " policies; barely: by less than the digits show). An intent is one thing that an account"
        + " wants done, however often it has to ask. – stands for what has no value in some"
        + " replication: nothing of the kind happened, or the quantile falls among intents that"
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
        for column in SummaryColumn.sections.flatMap(\.columns) {
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
    for (title, columns) in SummaryColumn.sections {
      let shown = columns.filter { column in
        facts.policies.indices.contains {
          results.comparison(column.metric, policy: $0, point: point)?.mean != nil
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
        })
    }
  }

  private func cell(_ column: SummaryColumn, _ row: ComparisonRow?) -> TableCell {
    guard let row, let mean = row.mean else { return .text("–", "faint") }
    let isBare = Findings(figures).isBare(column, policy: row.policy, point: row.point)
    return .estimate(
      mean * column.scale, halfWidth: row.halfWidth.map { $0 * column.scale },
      verdict: row.verdict.map { VerdictMark($0, isBare: isBare) })
  }

  private func allMetrics(_ details: inout Markup) {
    let metrics = Metric.allCases.filter { metric in
      facts.policies.indices.contains { results.comparison(metric, policy: $0)?.mean != nil }
    }
    details.table(
      "Means over the replications at the point \(facts.points[results.point])",
      head: [TableHead(label: "metric")]
        + figures.ordered.map {
          TableHead(label: facts.policies[$0])
        },
      rows: metrics.map { metric in
        let unit = metric.definition.unit
        return [.text(unit.isEmpty ? metric.name : "\(metric.name), \(unit)")]
          + figures.ordered.map { policy in
            let row = results.comparison(metric, policy: policy)
            return .number(EstimateText.text(row?.mean, halfWidth: row?.halfWidth))
          }
      })
  }
}

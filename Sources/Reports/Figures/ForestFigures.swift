import WeirFormats
import WeirLab
import WeirSimulation

/// Paired differences from the baseline.
extension Figures {
  /// The differences in the primary metric; `nil` without a policy to compare or without values.
  func primaryForest() -> Figure? {
    let column = SummaryColumn.of(facts.primaryMetric)
    let rows = ordered.dropFirst().compactMap { policy -> IntervalChart.Row? in
      guard let row = results.comparison(facts.primaryMetric, policy: policy),
        let difference = row.difference
      else { return nil }
      let half = row.differenceHalfWidth
      let text = EstimateText.difference(
        difference * column.scale, halfWidth: half.map { $0 * column.scale })
      let word = row.verdict.map { VerdictMark($0).word } ?? ""
      let mark = IntervalChart.Mark(
        style: styles[policy], estimate: .init(difference, halfWidth: half, scale: column.scale),
        isDecided: row.verdict == .better || row.verdict == .worse,
        tip: "\(facts.policies[policy]): \(text) \(column.differenceUnit) \(word)",
        note: "\(text) \(word)".withMinusSigns)
      return IntervalChart.Row(name: facts.policies[policy], marks: [mark])
    }
    guard !rows.isEmpty else { return nil }
    let ends = rows.flatMap(\.marks).flatMap { [$0.estimate.lower, $0.estimate.upper] }
    let baseline = facts.policies[facts.baseline]
    let unit = column.differenceUnit.isEmpty ? "" : " (\(column.differenceUnit))"
    let chart = IntervalChart(
      id: "forest-primary", title: "\(column.words.capitalisedFirst): difference from \(baseline)",
      description: rows.flatMap(\.marks).map { $0.tip + "." }.joined(separator: " "),
      x: .linear("policy − \(baseline), \(column.words)\(unit)", ends + [0]), rows: rows,
      reference: 0)
    return Figure(
      chart: chart.chart(),
      caption: "Differences within the same random worlds, with 95 % intervals. Filled: decided"
        + " (p ≤ 0.05 after Holm's correction).")
  }

  /// The changes in the columns of the tables, in per cent of the baseline, by heading.
  func headingForests() -> [Figure] {
    SummaryColumn.sections.compactMap { forest($0.title, $0.columns) }
  }

  /// Changes beyond this many per cent are shown by an arrow at the edge.
  private static let farthest = 150.0

  private func forest(_ title: String, _ columns: [SummaryColumn]) -> Figure? {
    let rows = columns.compactMap { column -> IntervalChart.Row? in
      let marks = ordered.dropFirst().compactMap { mark(column, policy: $0) }
      let side: String =
        switch column.metric.definition.better.direction {
        case .higherIsBetter: " →"
        case .lowerIsBetter: " ←"
        case nil: ""
        }
      return marks.isEmpty ? nil : IntervalChart.Row(name: column.words + side, marks: marks)
    }
    guard !rows.isEmpty else { return nil }
    let marks = rows.flatMap(\.marks)
    let ends = marks.flatMap { [$0.estimate.lower, $0.estimate.value, $0.estimate.upper] }
    let shown = ends.map { min(max($0, -Self.farthest), Self.farthest) }
    let chart = IntervalChart(
      id: "forest-\(title.lowercased())", title: "\(title): change from the baseline",
      description: marks.map { $0.tip + "." }.joined(separator: " "),
      x: .linear("change in % of \(facts.policies[facts.baseline])", shown + [0]), rows: rows,
      reference: 0)
    return Figure(chart: chart.chart(), caption: title)
  }

  private func mark(_ column: SummaryColumn, policy: Int) -> IntervalChart.Mark? {
    guard let row = results.comparison(column.metric, policy: policy),
      let difference = row.difference,
      let row0 = results.comparison(column.metric, policy: facts.baseline),
      let base = row0.mean, base.magnitude > (row0.halfWidth ?? 0)
    else { return nil }
    let scale = 100 / base.magnitude
    let text = EstimateText.difference(
      difference * scale, halfWidth: row.differenceHalfWidth.map { $0 * scale })
    let word = row.verdict.map { ", \(VerdictMark($0).word)" } ?? ""
    return IntervalChart.Mark(
      style: styles[policy],
      estimate: .init(difference, halfWidth: row.differenceHalfWidth, scale: scale),
      isDecided: row.verdict == .better || row.verdict == .worse,
      tip: "\(column.words), \(facts.policies[policy]): \(text) %\(word)")
  }
}

import WeirFormats
import WeirLab
import WeirSimulation

/// A comparison of two folders for the terminal, for pull requests and for programs.
public enum FolderComparisonText {
  /// Which metrics are shown.
  public enum Extent: Sendable {
    /// The one that decides, and those that differ.
    case differences
    /// Every metric with a value.
    case all
  }

  /// The comparison as tables, at most as wide as the style allows.
  public static func terminal(
    _ comparison: FolderComparison, _ extent: Extent = .differences, _ style: TextStyle
  ) -> String {
    var text = heading(comparison).joined(separator: "\n") + "\n"
    let labels = labels(comparison)
    for group in groups(comparison) {
      let shown = group.rows.filter { isShown($0, comparison, extent) }
      let cells = shown.map { row in row.cells.map { TextCell($0, row.tone) } }
      let columns = labels.indices.map { index in
        TextTable.Column(label: labels[index], unit: "", cells: cells.map { $0[index] })
      }
      let names = shown.map { row in
        (row.metric == comparison.primaryMetric ? "* " : "  ") + row.metric.name
      }
      text += "\n" + TextTable(title: group.title, rows: names, columns: columns).text(style)
      if let rest = rest(group.rows, shown) { text += "  \(rest)\n" }
    }
    return text + "\n" + legend(comparison).joined(separator: "\n") + "\n"
  }

  /// The comparison in Markdown, as for a comment on a pull request.
  public static func markdown(
    _ comparison: FolderComparison, _ extent: Extent = .differences
  ) -> String {
    let labels = labels(comparison)
    var text = heading(comparison).map { $0.trimmingPrefix("  ") }.joined(separator: "  \n") + "\n"
    for group in groups(comparison) {
      let shown = group.rows.filter { isShown($0, comparison, extent) }
      text += "\n| \(group.title) | \(labels.joined(separator: " | ")) |\n"
      text += "|---|" + labels.map { _ in "---:|" }.joined() + "\n"
      for row in shown {
        let mark = row.metric == comparison.primaryMetric ? "**" : ""
        let cells = row.cells.joined(separator: " | ")
        text += "| \(mark)`\(row.metric.name)`\(mark) | \(cells) |\n"
      }
      if let rest = rest(group.rows, shown) { text += "\n\(rest)\n" }
    }
    return text + "\n" + legend(comparison).joined(separator: "\n") + "\n"
  }

  // MARK: Parts

  private static func labels(_ comparison: FolderComparison) -> [String] {
    let sides =
      comparison.baseline == nil ? ["A", "B", "B - A"] : ["baseline", "policy", "difference"]
    return sides + ["p", "verdict"]
  }

  private struct Group {
    let title: String
    let rows: [FolderComparison.Row]
  }

  /// The rows of each policy at each point.
  private static func groups(_ comparison: FolderComparison) -> [Group] {
    let points = comparison.first.facts.points
    return points.flatMap { point in
      comparison.first.facts.policies.compactMap { policy -> Group? in
        let rows = comparison.rows.filter { $0.policy == policy && $0.point == point }
        let title = points.count > 1 ? "\(policy), \(point)" : policy
        return rows.isEmpty ? nil : Group(title: title, rows: rows)
      }
    }
  }

  private static func isShown(
    _ row: FolderComparison.Row, _ comparison: FolderComparison, _ extent: Extent
  ) -> Bool {
    extent == .all || row.metric == comparison.primaryMetric || row.isDifferent
      || (row.first == nil) != (row.second == nil)
  }

  /// What the metrics come to that are not shown.
  private static func rest(
    _ rows: [FolderComparison.Row], _ shown: [FolderComparison.Row]
  ) -> String? {
    let names = Set(shown.map(\.metric))
    let hidden = rows.filter { !names.contains($0.metric) }
    let identical = hidden.filter(\.isIdentical).count
    let missing = hidden.filter { $0.test == nil }.count
    let alike = hidden.count - identical - missing
    let parts = [
      identical > 0 ? "\(identical) identical" : nil,
      alike > 0 ? "\(alike) that cannot be told apart" : nil,
      missing > 0 ? "\(missing) without a mean" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : "other metrics: " + parts.joined(separator: ", ")
  }

  private static func heading(_ comparison: FolderComparison) -> [String] {
    if let baseline = comparison.baseline {
      let (folder, facts) = (comparison.first.folder, comparison.first.facts)
      return [
        "\(facts.name): policies against \(baseline), replication by replication",
        "  \(folder): \(facts.replications) replications, Weir \(facts.version)",
      ]
    }
    let (first, second) = (comparison.first.facts, comparison.second.facts)
    func side(_ name: String, _ runs: MeasuredRuns, _ remark: String) -> String {
      "  \(name)  \(runs.folder): \(runs.facts.name), \(runs.facts.replications) replications,"
        + " Weir \(runs.facts.version)\(remark)"
    }
    let isSame = first.scenarioDigest == second.scenarioDigest
    var lines = [
      comparison.isPaired
        ? "B against A, replication by replication: both have the seed \(first.seed)"
        : "B against A, as independent replications",
      side("A", comparison.first, ""),
      side("B", comparison.second, isSame ? ", the same scenario" : ", another scenario"),
    ]
    for (name, these, those) in [
      ("A", first.policies, second.policies), ("B", second.policies, first.policies),
    ] {
      let only = these.filter { !those.contains($0) }
      if !only.isEmpty { lines.append("  only in \(name): \(only.joined(separator: ", "))") }
    }
    if comparison.rows.isEmpty { lines.append("  nothing is in both") }
    return lines
  }

  private static func legend(_ comparison: FolderComparison) -> [String] {
    let test = comparison.isPaired ? "paired t tests" : "Welch's t tests"
    let scope =
      comparison.isAboutSome ? ["Without the accounts that are labelled as abusive."] : []
    return scope + [
      "* decides; the others are exploratory. Means and differences with 95 %",
      "intervals, p by \(test), adjusted by Holm over policies"
        + (comparison.baseline == nil ? " and points." : "."),
    ]
  }
}

extension FolderComparison.Row {
  /// The cells of a table: both means, the difference, the p-value and the verdict.
  fileprivate var cells: [String] {
    [
      EstimateText.text(first?.mean, halfWidth: first?.halfWidth),
      EstimateText.text(second?.mean, halfWidth: second?.halfWidth), differenceText, probability,
      verdictText,
    ]
  }

  private var differenceText: String {
    guard let difference else { return "-" }
    return isIdentical ? "0" : EstimateText.difference(difference, halfWidth: differenceHalfWidth)
  }

  private var probability: String {
    guard let adjustedPValue else { return "-" }
    return adjustedPValue < 0.0001 ? "< 0.0001" : NumberText.fixed(adjustedPValue, digits: 4)
  }

  private var verdictText: String {
    if isIdentical { return "identical" }
    guard let judgement else { return isDifferent ? "different" : test == nil ? "-" : "tie" }
    let needed = judgement.replicationsNeeded.map { " (n \($0))" } ?? ""
    return judgement.verdict.rawValue + needed
  }

  fileprivate var tone: TextCell.Tone {
    switch judgement?.verdict {
    case .better: .good
    case .worse: .bad
    default: .plain
    }
  }
}

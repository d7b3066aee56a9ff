import WeirAccess
import WeirFormats
import WeirKernel
public import WeirLab
import WeirSimulation

/// The end-of-run summary for the terminal: policies as rows under the headings of the mission.
public enum StudyTables {
  /// The summary of a study, at most as wide as the style allows.
  ///
  /// Each cell is the mean over the replications with the half width of its 95 % interval. A mark
  /// after it is the verdict against the baseline, by Holm-adjusted paired tests.
  public static func text(_ outcome: StudyOutcome, _ style: TextStyle) -> String {
    let study = outcome.summary.study
    var text = heading(outcome)
    for point in study.points {
      if study.points.count > 1 { text += "\npoint \(point.name)\n" }
      for section in SummaryColumn.sections {
        guard let table = table(section.title, section.columns, outcome, point.index) else {
          continue
        }
        text += "\n" + table.text(style)
        if section.title == "Utilisation",
          let table = loadTable(outcome, point.index, width: style.width)
        {
          text += "\n" + table.text(style)
        }
      }
      if let table = paidTable(outcome, point.index) { text += "\n" + table.text(style) }
    }
    text += "\n" + legend(outcome)
    text += primary(outcome) + thresholds(outcome, style) + saturation(outcome)
    return text
  }

  private static func heading(_ outcome: StudyOutcome) -> String {
    let study = outcome.summary.study
    let measured = study.scenario.setting.measuredTime
    let replications = outcome.summary.completeReplications
    return "\(study.scenario.name): "
      + NumberText.counted(study.scenario.policies.count, "policy", "policies")
      + ", " + NumberText.counted(replications, "replication", "replications")
      + ", \(DurationText.text(measured.nanoseconds)) measured\n" + scope(study.scenario)
  }

  /// Whose figures they are, where some accounts are labelled as abusive.
  private static func scope(_ scenario: Scenario) -> String {
    guard scenario.headline == .unlabelled else { return "" }
    let names = scenario.setting.populations.filter(\.isAbusive).map(\.name)
    return "without the accounts labelled as abusive: \(names.joined(separator: ", "))\n"
  }

  // MARK: Tables

  private static func table(
    _ title: String, _ columns: [SummaryColumn], _ outcome: StudyOutcome, _ point: Int
  ) -> TextTable? {
    // Money that never moved tells nothing; elsewhere a zero is a result.
    let leavesOutZeros = title == "Money"
    let shown = columns.compactMap { column -> TextTable.Column? in
      let rows = outcome.decisiveComparisons.filter {
        $0.metric == column.metric && $0.point == point
      }
      guard rows.contains(where: { $0.mean != nil }) else { return nil }
      if leavesOutZeros, rows.allSatisfy({ $0.mean?.mean ?? 0 == 0 }) { return nil }
      return TextTable.Column(
        label: column.label, unit: column.unit, cells: rows.map { cell($0, column.scale) })
    }
    guard !shown.isEmpty else { return nil }
    return TextTable(title: title, rows: names(outcome), columns: shown)
  }

  static func names(_ outcome: StudyOutcome) -> [String] {
    let study = outcome.summary.study
    return study.scenario.policies.enumerated().map { index, policy in
      (index == study.baseline ? "* " : "  ") + policy.name
    }
  }

  private static func cell(_ comparison: MetricComparison, _ scale: Double) -> TextCell {
    let text = EstimateText.text(
      comparison.mean.map { $0.mean * scale },
      halfWidth: comparison.mean?.halfWidth.map { $0 * scale })
    guard let judgement = comparison.judgement else { return TextCell(text + "  ") }
    switch judgement.verdict {
    case .better: return TextCell(text + " +", .good)
    case .worse: return TextCell(text + " -", .bad)
    case .equivalent: return TextCell(text + " =")
    case .tie: return TextCell(text + " ~")
    }
  }

  /// Who paid: the share of each layer in all units that were served.
  private static func paidTable(_ outcome: StudyOutcome, _ point: Int) -> TextTable? {
    let study = outcome.summary.study
    let policies = study.scenario.policies
    let columns = study.layerNames.compactMap { name -> TextTable.Column? in
      var isPaying = false
      let cells = policies.indices.map { policy -> TextCell in
        guard let layer = policies[policy].layers.firstIndex(where: { $0.name == name }),
          policies[policy].layers[layer].layer.role != .gate
        else { return TextCell("") }
        isPaying = true
        let shares = outcome.summary.paidShares(layer: layer, policy: policy, point: point)
        let defined = shares.compactMap { $0.map { $0 * 100 } }
        guard defined.count == shares.count, let mean = MeanInterval(Moments(defined)) else {
          return TextCell("-")
        }
        return TextCell(EstimateText.text(mean.mean, halfWidth: mean.halfWidth))
      }
      return isPaying ? TextTable.Column(label: name, unit: "%", cells: cells) : nil
    }
    guard !columns.isEmpty else { return nil }
    return TextTable(title: "Paid by", rows: names(outcome), columns: columns)
  }

  // MARK: Sentences

  private static func legend(_ outcome: StudyOutcome) -> String {
    guard outcome.summary.study.scenario.policies.count > 1 else {
      return "Means with 95 % intervals; - has no value in some replication.\n"
    }
    return """
      * baseline; against it + better, - worse, = the same, ~ cannot tell (5 %, Holm).
      Means with 95 % intervals; - alone has no value in some replication (see the
      data dictionary: refusals count as waits without end).

      """
  }

  /// The verdict on the primary metric, one line for each policy but the baseline.
  private static func primary(_ outcome: StudyOutcome) -> String {
    let study = outcome.summary.study
    let metric = study.scenario.primaryMetric
    let rows = outcome.decisiveComparisons.filter { $0.metric == metric && !$0.isBaseline }
    guard study.scenario.policies.count > 1 else { return "" }
    let way: String
    switch metric.definition.better {
    case .higher: way = "higher is better"
    case .lower: way = "lower is better"
    case .neither: way = "neither way is better"
    }
    var text = "\nPrimary metric: \(metric.name) (\(way)), against"
    text += " \(study.scenario.baseline)\n"
    guard !rows.isEmpty else { return text + "  it has no value in any replication\n" }
    let names = rows.map { row in
      study.scenario.policies[row.policy].name
        + (study.points.count > 1 ? " (\(study.points[row.point].name))" : "")
    }
    let width = names.map(\.count).max() ?? 0
    for (name, row) in zip(names, rows) {
      text += "  \(name)\(space(width - name.count))  \(sentence(row))\n"
      for line in details(row) { text += space(width + 4) + line + "\n" }
    }
    return text
  }

  private static func sentence(_ row: MetricComparison) -> String {
    guard let paired = row.paired else { return "no comparison: a value is missing" }
    if paired.isIdentical { return "identical in all \(paired.count) replications" }
    let column = SummaryColumn.of(row.metric)
    let interval = paired.meanInterval
    var text = EstimateText.difference(
      interval.mean * column.scale, halfWidth: interval.halfWidth.map { $0 * column.scale })
    if !column.unit.isEmpty { text += " \(column.differenceUnit)" }
    if let p = row.adjustedPValue {
      text += p < 0.0001 ? ", p < 0.0001" : ", p = \(NumberText.fixed(p, digits: 4))"
    }
    guard let judgement = row.judgement else { return text }
    text += ": \(judgement.verdict.rawValue)"
    if let needed = judgement.replicationsNeeded {
      text += "; about \(needed) replications would decide"
    }
    return text
  }

  /// What else there is to know of a difference: its size in per cent, whether it matters, and what
  /// the same random worlds saved.
  private static func details(_ row: MetricComparison) -> [String] {
    guard let paired = row.paired, !paired.isIdentical else { return [] }
    var lines: [String] = []
    if let change = row.change, let interval = change.interval {
      let ends = [interval.lower, interval.upper].map { EstimateText.signed($0) }
      lines.append("\(EstimateText.signed(change.mean)) % (\(ends[0]) to \(ends[1]) %)")
    }
    if let relevance = row.relevance, let smallest = row.smallestDifference {
      let edge = EstimateText.text(smallest, halfWidth: nil)
      lines.append("against the smallest difference that matters, \(edge): \(relevance.rawValue)")
    }
    if let gain = paired.varianceGain, let correlation = paired.correlation {
      let factor = EstimateText.text(gain, halfWidth: nil)
      lines.append(
        correlation > 0
          ? "the same worlds save a factor of \(factor) in replications"
          : "the same worlds did not help: replications correlate by"
            + " \(NumberText.fixed(correlation, digits: 2))")
    }
    return lines
  }

  private static func thresholds(_ outcome: StudyOutcome, _ style: TextStyle) -> String {
    guard !outcome.thresholds.isEmpty else { return "" }
    return "\nThresholds: \(ThresholdLines.count(outcome.thresholds))\n"
      + ThresholdLines.text(outcome.thresholds, outcome.summary.study, style)
  }

  private static func space(_ count: Int) -> String { String(repeating: " ", count: count) }

  private static func saturation(_ outcome: StudyOutcome) -> String {
    let summary = outcome.summary
    return summary.study.points.map { point in
      summary.study.scenario.policies.enumerated().map { index, policy in
        let runs = summary.saturatedRuns(policy: index, point: point.index)
        guard runs > 0 else { return "" }
        return "note: \(policy.name) was saturated in \(runs) of"
          + " \(summary.completeReplications) replications: its backlog grew\n"
          + "      without end, and averages over time are empty\n"
      }.joined()
    }.joined()
  }
}

public import WeirLab

/// What a search for a capacity saw and found, for the terminal.
public enum CapacityTables {
  /// The values that were looked at for one policy, in the order of their size, and the answer.
  public static func text(
    _ answer: CapacityAnswer, of search: CapacitySearch, _ style: TextStyle
  ) -> String {
    let probes = answer.probes.sorted { (Double($0.value) ?? 0) < (Double($1.value) ?? 0) }
    let thresholds = probes.first?.judged.map { label($0.outcome) } ?? []
    var columns = [
      TextTable.Column(label: "", unit: "", cells: probes.map(word))
    ]
    for index in thresholds.indices {
      columns.append(
        TextTable.Column(
          label: thresholds[index].0, unit: thresholds[index].1,
          cells: probes.map { cell($0.judged[index]) }))
    }
    if probes.contains(where: { $0.saturatedRuns > 0 }) {
      columns.append(
        TextTable.Column(
          label: "saturated", unit: "runs",
          cells: probes.map { TextCell("\($0.saturatedRuns) of \($0.runs)") }))
    }
    let table = TextTable(
      title: answer.policy, rows: probes.map { "  " + $0.value }, columns: columns)
    return table.text(style) + "  \(sentence(answer, search))\n"
  }

  /// The answer in a sentence without a full stop.
  static func sentence(_ answer: CapacityAnswer, _ search: CapacitySearch) -> String {
    let aim = search.aim.rawValue
    guard let best = answer.best else {
      return "no \(search.pointer) of these meets the thresholds"
    }
    guard let beyond = answer.beyond, let probe = answer.probe(beyond) else {
      return "\(best) meets the thresholds, and is the \(aim) that was asked about"
    }
    let end = probe.isInconclusive ? "is inconclusive" : "does not"
    return "\(best) is the \(aim) \(search.pointer) that meets the thresholds; \(beyond) \(end)"
  }

  private static func label(_ outcome: ThresholdOutcome) -> (String, String) {
    let subject = outcome.threshold.rule.subject
    let bound = outcome.threshold.bound + (subject == .mean ? "" : " (\(subject.rawValue))")
    return (outcome.threshold.id, bound)
  }

  private static func word(_ probe: CapacityProbe) -> TextCell {
    if probe.isMet { return TextCell("meets", .good) }
    return probe.isInconclusive ? TextCell("inconclusive", .bad) : TextCell("fails", .bad)
  }

  private static func cell(_ judged: CapacityProbe.Judged) -> TextCell {
    let text = EstimateText.text(judged.estimate?.mean, halfWidth: judged.estimate?.halfWidth)
    switch judged.outcome.result.outcome {
    case .pass: return TextCell(text + "  ")
    case .fail: return TextCell(text + " !", .bad)
    case .inconclusive: return TextCell(text + " ~", .bad)
    }
  }
}

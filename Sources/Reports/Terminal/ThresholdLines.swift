import WeirLab

/// Thresholds for the terminal: what was asserted of whom, what was found, and why it does not pass.
enum ThresholdLines {
  /// One line for each outcome, in columns; a reason follows below where there is more to say.
  static func text(_ outcomes: [ThresholdOutcome], _ study: Study, _ style: TextStyle) -> String {
    let rows = outcomes.map { cells($0, study) }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var text = ""
    for (outcome, row) in zip(outcomes, rows) {
      let result = outcome.result
      let word = TextCell(
        result.outcome.rawValue.uppercased(), result.outcome == .pass ? .good : .bad)
      let columns = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: max(0, width - cell.count))
      }
      text += "  \(word.rendered(width: 12, alignsRight: false, style))  "
      text += (columns + [found(outcome)]).joined(separator: "  ") + "\n"
      if let reason = reason(result) { text += String(repeating: " ", count: 16) + reason + "\n" }
    }
    return text
  }

  /// How many pass, and how many are inconclusive: `3 of 5 pass, 1 inconclusive`.
  static func count(_ outcomes: [ThresholdOutcome]) -> String {
    let passed = outcomes.filter { $0.result.outcome == .pass }.count
    let open = outcomes.filter { $0.result.outcome == .inconclusive }.count
    return "\(passed) of \(outcomes.count) pass" + (open > 0 ? ", \(open) inconclusive" : "")
  }

  private static func cells(_ outcome: ThresholdOutcome, _ study: Study) -> [String] {
    let point = study.points.count > 1 ? " (\(study.points[outcome.point].name))" : ""
    return [
      outcome.threshold.id, outcome.policyName + point, outcome.subjectText,
      outcome.threshold.bound,
    ]
  }

  private static func found(_ outcome: ThresholdOutcome) -> String {
    let unit = outcome.threshold.rule.assertion.isRelative ? " %" : ""
    return outcome.result.value.map { "found \(EstimateText.text($0, halfWidth: nil))\(unit)" }
      ?? "no value"
  }

  private static func reason(_ result: ThresholdResult) -> String? {
    switch result.reason {
    case .satisfied, .violated: nil
    default: result.reason.description
    }
  }
}

import WeirFormats
import WeirLab
import WeirSimulation

/// Which policy is better, by how much, how sure, for whom and at what cost.
extension ReportPage {
  private var findings: Findings { Findings(figures) }
  private var primary: SummaryColumn { findings.primary }

  /// The section of the verdict.
  func verdict(_ section: inout Markup) {
    section.element("div", [("class", "verdict")]) { box in
      for (place, sentence) in findings.sentences().enumerated() {
        box.paragraph(sentence.withMinusSigns.withFixedSpaces, place == 0 ? "lead" : "")
      }
    }
    section.element("ul", [("class", "facts")]) { list in
      for (text, tone) in findings.states() { list.element("li", [("class", tone)], text: text) }
    }
    let definition = facts.primaryMetric.definition
    let way =
      definition.better == .neither
      ? "neither way is better" : "\(definition.better.rawValue) is better"
    section.element("p", [("class", "faint")]) { line in
      line.text("Primary metric: ")
      line.element("code", text: facts.primaryMetric.name)
      line.text(" (\(way)): \(definition.text)")
    }
    section.paragraph(
      "± is half of a 95 % interval. Surely, here and everywhere on this page: decided by a paired"
        + " test at 5 % over the same random worlds, after Holm's correction for the number of"
        + " policies compared. It says how sure the simulation is within its assumptions, not how"
        + " well they fit another world. One run is \(measured) measured in one random world.",
      "faint")
    verdictTable(&section)
    primaryByPopulation(&section)
    headToHead(&section)
  }

  /// The primary metric, gains and costs of each policy; nothing when there is nothing to compare.
  func verdictTable(_ section: inout Markup) {
    guard facts.policies.count > 1 else { return }
    section.table(
      "The primary metric, and what else surely differs from \(facts.policies[facts.baseline])"
        + " (left out: differences too small to show in the tables. What is not named is not decided,"
        + " which does not make it equal. Populations in points of their intents)",
      head: [
        TableHead(label: "policy"), TableHead(label: primary.words, unit: primary.unitInWords),
        TableHead(label: "difference", unit: primary.differenceUnit),
        TableHead(label: "better on"), TableHead(label: "worse on"),
        TableHead(label: "populations served more"), TableHead(label: "served less"),
      ], rows: figures.ordered.map(verdictRow), stacks: true)
  }

  /// The best policy beside the next one, where neither is the baseline.
  private func headToHead(_ section: inout Markup) {
    guard let (best, next) = findings.lastChoice() else { return }
    let rows = findings.headToHead(best, against: next).map { row -> [TableCell] in
      let (column, paired) = (row.column, row.pair.paired)
      let means = [best, next].map { policy -> TableCell in
        let row = results.comparison(column.metric, policy: policy)
        return .estimate(
          row?.mean.map { $0 * column.scale }, halfWidth: row?.halfWidth.map { $0 * column.scale },
          verdict: nil)
      }
      var change = Markup()
      change.element(
        "b",
        text: EstimateText.difference(
          paired.difference.mean * column.scale,
          halfWidth: paired.meanInterval.halfWidth.map { $0 * column.scale }
        ).withMinusSigns)
      if let judgement = row.pair.judgement {
        change.text(" ")
        change.append(VerdictMark(judgement.verdict).markup())
      }
      return [.text(column.title)] + means + [TableCell(body: change, className: "n")]
    }
    guard !rows.isEmpty else { return }
    let names = [best, next].map { facts.policies[$0] }
    section.table(
      "The choice that is left: \(names[0]) against \(names[1]), by the same rule (Holm's correction"
        + " over all pairs of policies without the baseline). Named is what surely differs, by more"
        + " than a hundredth",
      head: [TableHead(label: "")] + (names + ["difference"]).map { TableHead(label: $0) },
      rows: rows, stacks: true)
  }

  private func verdictRow(_ policy: Int) -> [TableCell] {
    let row = findings.row(policy)
    let estimate = TableCell.estimate(
      row?.mean.map { $0 * primary.scale }, halfWidth: row?.halfWidth.map { $0 * primary.scale },
      verdict: nil)
    if policy == facts.baseline {
      let rest = [TableCell](repeating: .text("", "blank"), count: 4)
      return [.text(facts.policies[policy]), estimate, .text("baseline", "faint")] + rest
    }
    let (gains, costs) = findings.differences(policy)
    let (helped, hurt) = findings.populationsChanged(policy)
    return [.text(facts.policies[policy]), estimate, differenceCell(row)]
      + [gains.map(\.words), costs.map(\.words), helped, hurt].map {
        .text($0.isEmpty ? "–" : $0.joined(separator: "; "))
      }
  }

  private func differenceCell(_ row: ComparisonRow?) -> TableCell {
    guard let row, let difference = row.difference else { return .text("no value", "faint") }
    var body = Markup()
    let change = EstimateText.difference(
      difference * primary.scale,
      halfWidth: row.differenceHalfWidth.map { $0 * primary.scale })
    body.element("b", text: change.withMinusSigns)
    if let verdict = row.verdict {
      body.text(" ")
      body.append(VerdictMark(verdict).markup())
    }
    return TableCell(body: body, className: "n")
  }
}

import WeirFormats
import WeirLab
import WeirSimulation

/// Whether measures against misuse meet those whom they are meant for.
extension Figures {
  /// The share of attempts that is refused, for each population, labelled ones marked; `nil` when
  /// the scenario labels nobody.
  func abuse() -> Figure? {
    guard results.isLabelled else { return nil }
    let rows = results.populations.compactMap { population -> IntervalChart.Row? in
      let marks = ordered.compactMap { policy -> IntervalChart.Mark? in
        let pairs = zip(
          population.metrics.values(of: .denied, policy: policy, point: point),
          population.metrics.values(of: .attempts, policy: policy, point: point))
        guard let mean = MeanInterval(all: pairs.map { Self.quotient($0, $1) }) else { return nil }
        let text = EstimateText.text(mean.mean * 100, halfWidth: mean.halfWidth.map { $0 * 100 })
        return IntervalChart.Mark(
          style: styles[policy], estimate: .init(mean, scale: 100), isDecided: true,
          tip: "\(population.name), \(facts.policies[policy]): \(text) % refused")
      }
      let name = population.isAbusive ? population.name + " (labelled)" : population.name
      return marks.isEmpty ? nil : IntervalChart.Row(name: name, marks: marks)
    }
    guard !rows.isEmpty else { return nil }
    let chart = IntervalChart(
      id: "abuse", title: "Refused attempts, by population",
      description: rows.flatMap(\.marks).map { $0.tip + "." }.joined(separator: " "),
      x: .linear("refused, % of attempts", [0, 100]), rows: rows)
    return Figure(
      chart: chart.chart(),
      caption: "Refusals by every layer for every reason; which layer refuses whom is in the table"
        + " of refused attempts.")
  }
}

import WeirFormats
import WeirLab
import WeirSimulation

/// Who was refused, by which layer.
extension ReportPage {
  /// The refused attempts by layer and reason, a column for each population.
  func refusals(_ section: inout Markup) {
    let names = results.populations.map(\.name)
    let hasSeveral = names.count > 1
    let rows = figures.ordered.flatMap { refusalRows(of: $0, hasSeveral ? names : []) }
    guard !rows.isEmpty else { return }
    section.table(
      "Refused attempts by the layer that refused and its reason"
        + (hasSeveral ? ", in % of the attempts of each population" : "")
        + " (an intent may be refused at each of its attempts)",
      head: [
        TableHead(label: "policy"), TableHead(label: "refused by: for what"),
        TableHead(
          label: "attempts",
          unit: results.isAboutSome ? "per run, ordinary accounts" : "per run"),
      ]
        + (hasSeveral
          ? results.populations.map {
            TableHead(label: $0.name, unit: $0.isAbusive ? "%, labelled abusive" : "%")
          } : [TableHead(label: "of all attempts", unit: "%")]),
      rows: rows, stacks: true)
  }

  private func refusalRows(of policy: Int, _ populations: [String]) -> [[TableCell]] {
    let layers = results.layers.filter { $0.policy == policy && $0.point == results.point }
    return layers.flatMap { layer in
      layer.refused.indices.compactMap { reason -> [TableCell]? in
        let counts = layer.refused[reason].counts
        let own = populations.map { refused(layer, reason, of: $0) }
        guard (own + [counts]).contains(where: { $0.contains { $0 > 0 } }),
          let mean = MeanInterval(Moments(counts))
        else { return nil }
        let shares =
          populations.isEmpty
          ? [shareCell(counts, of: figures.values(.attempts, policy))]
          : zip(results.populations, own).map { population, counts in
            shareCell(
              counts,
              of: population.metrics.values(of: .attempts, policy: policy, point: results.point))
          }
        return [
          .text(facts.policies[policy]),
          .text(
            layer.role == "queue"
              ? "the full queue"
              : layer.name + ": " + ReasonWords.of(layer.refused[reason].reason)),
          .estimate(mean.mean, halfWidth: mean.halfWidth, verdict: nil),
        ] + shares
      }
    }
  }

  /// What a layer refused of a population for a reason, in each replication.
  private func refused(_ layer: LayerValues, _ reason: Int, of population: String) -> [Double] {
    results.layersByPopulation.first {
      $0.policy == layer.policy && $0.point == layer.point && $0.name == layer.name
        && $0.population == population
    }?.refused[reason].counts ?? []
  }

  private func shareCell(_ counts: [Double], of attempts: [Double?]) -> TableCell {
    guard counts.contains(where: { $0 > 0 }) else { return .text("0", "faint") }
    let shares = zip(counts, attempts).map { Figures.quotient($0, $1).map { $0 * 100 } }
    let share = MeanInterval(all: shares)
    return .estimate(share?.mean, halfWidth: share?.halfWidth, verdict: nil)
  }
}

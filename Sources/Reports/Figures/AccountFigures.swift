import WeirFormats
import WeirLab
import WeirSimulation

/// Who was served and who was hurt: populations as rows.
extension Figures {
  /// How one population fares under one policy, by one metric.
  struct Fare {
    /// The mean over the replications; `nil` unless all have a value.
    let mean: MeanInterval?
    /// The comparison with the baseline, corrected for all populations and policies.
    let judged: JudgedComparison?

    /// The difference from the baseline, pair by pair.
    var paired: PairedComparison? { judged?.paired }
    /// What the difference comes to.
    var judgement: Judgement? { judged?.judgement }
  }

  /// How each population fares under each policy, by a metric: by population, then policy.
  func fares(_ metric: Metric = .servedShare) -> [[Fare]] {
    let values = results.populations.map { population in
      policies.map { population.metrics.values(of: metric, policy: $0, point: point) }
    }
    let family = values.flatMap { row in
      policies.map { policy in
        policy == facts.baseline
          ? nil : PairedComparison(all: row[facts.baseline], candidate: row[policy])
      }
    }
    var judged = JudgedComparison.judged(
      family, better: metric.definition.better.direction)[...]
    return values.map { row in
      let own = zip(row, judged.prefix(row.count)).map { values, judged in
        Fare(mean: MeanInterval(all: values), judged: judged)
      }
      judged.removeFirst(row.count)
      return own
    }
  }

  /// The strips: what share of its intents each population gets served, and how long that takes.
  func accountStrips() -> [Figure] {
    [
      strip(.servedShare, id: "accounts-served", title: "served, % of intents"),
      strip(.endToEndMean, id: "accounts-time", title: "mean time of the served, s"),
    ].compactMap { $0 }
  }

  private func strip(_ metric: Metric, id: String, title: String) -> Figure? {
    let scale = SummaryColumn.of(metric).scale
    let rows = results.populations.compactMap { population -> IntervalChart.Row? in
      let marks = ordered.compactMap { policy -> IntervalChart.Mark? in
        let values = population.metrics.values(of: metric, policy: policy, point: point)
        guard let mean = MeanInterval(all: values) else { return nil }
        let text = EstimateText.text(
          mean.mean * scale, halfWidth: mean.halfWidth.map { $0 * scale })
        return IntervalChart.Mark(
          style: styles[policy], estimate: .init(mean, scale: scale), isDecided: true,
          tip: "\(population.name), \(facts.policies[policy]): \(text)")
      }
      return marks.isEmpty ? nil : IntervalChart.Row(name: population.name, marks: marks)
    }
    guard !rows.isEmpty else { return nil }
    let missing = results.populations.map(\.name).filter { name in
      !rows.contains { $0.name == name }
    }
    let ends = rows.flatMap(\.marks).flatMap {
      [$0.estimate.lower, $0.estimate.value, $0.estimate.upper]
    }
    let chart = IntervalChart(
      id: id, title: "Populations: \(title)",
      description: rows.flatMap(\.marks).map { $0.tip + "." }.joined(separator: " "),
      x: .linear(
        title, ends + (metric == .servedShare ? [0, 100] : [0]),
        within: SummaryColumn.of(metric).bounds), rows: rows)
    return Figure(
      chart: chart.chart(),
      caption: missing.isEmpty
        ? ""
        : "Without a mean, as nobody was served in some replication:"
          + " \(missing.joined(separator: ", ")).")
  }
}

import WeirFormats
import WeirLab
import WeirSimulation

/// What policies trade for what.
extension Figures {
  /// One objective: its values in the replications and how a person reads them.
  private struct Objective {
    let label: String
    let unit: String
    let scale: Double
    let better: Direction
    /// The values of each policy.
    let values: [[Double?]]
    /// What they can be, in the unit.
    let bounds: ClosedRange<Double>

    var title: String { unit.isEmpty ? label : "\(label), \(unit)" }
  }

  /// Latency against fairness, and utilisation against denials; those that have values.
  func pareto() -> [Figure] {
    [
      latencyAgainstFairness(), utilisationAgainstDenials(),
    ].compactMap { $0 }
  }

  private func latencyAgainstFairness() -> Figure? {
    // The tail where every policy has one; a tail that was refused is infinite and has no place.
    let latencies: [Metric] = [
      .endToEndP95, .endToEndP50, .endToEndMean, .queueWaitP95, .queueWaitMean,
    ]
    let fairness: [Metric] = [.jainSatisfaction, .jainService]
    guard let latency = objective(firstOf: latencies), let fair = objective(firstOf: fairness)
    else { return nil }
    return scatter("pareto-fairness", "Latency against fairness", latency, fair)
  }

  private func utilisationAgainstDenials() -> Figure? {
    let refused = policies.map { quotients(.deniedForGood, by: .intents, $0) }
    guard let useful = objective(firstOf: [.usefulUtilisation]) else { return nil }
    let denials = Objective(
      label: "refused for good", unit: "% of intents", scale: 100, better: .lowerIsBetter,
      values: refused, bounds: 0...100)
    return scatter("pareto-utilisation", "Utilisation against denials", denials, useful)
  }

  /// How many abusers a policy finds against whom else it hits; `nil` when nobody is labelled.
  func abuseTrade() -> Figure? {
    guard results.isLabelled, let harm = objective(firstOf: [.innocentHarm]),
      let found = objective(firstOf: [.abuseRecall])
    else { return nil }
    return scatter(
      "abuse-trade", "Abusers found against ordinary accounts refused for behaviour", harm, found)
  }

  /// The first metric that most policies have a mean of.
  private func objective(firstOf metrics: [Metric]) -> Objective? {
    let found = metrics.map { metric in (metric, policies.map { values(metric, $0) }) }
    let counts = found.map { $0.1.filter { MeanInterval(all: $0) != nil }.count }
    guard let most = counts.max(), most > 0, let place = counts.firstIndex(of: most) else {
      return nil
    }
    let metric = found[place].0
    let column = SummaryColumn.of(metric)
    let isMeanOfServed = metric == .endToEndMean || metric == .queueWaitMean
    return Objective(
      label: column.words + (isMeanOfServed ? " (of the served)" : ""), unit: column.unit,
      scale: column.scale, better: metric.definition.better.direction ?? .higherIsBetter,
      values: found[place].1, bounds: column.bounds)
  }

  private func scatter(
    _ id: String, _ title: String, _ x: Objective, _ y: Objective
  ) -> Figure? {
    let dominated = Pareto.dominated(
      [x, y].map {
        PairwiseVerdicts($0.values, baseline: facts.baseline, better: $0.better)
      }, policies: policies.count)
    let points = ordered.compactMap { policy -> ScatterChart.Point? in
      guard let across = MeanInterval(all: x.values[policy]),
        let up = MeanInterval(all: y.values[policy])
      else { return nil }
      let name = facts.policies[policy]
      let tip =
        "\(name): \(x.label) \(Self.words(across, x.scale, x.unit)),"
        + " \(y.label) \(Self.words(up, y.scale, y.unit))"
        + (dominated[policy] ? "; dominated" : "")
      return ScatterChart.Point(
        name: name, style: styles[policy], x: .init(across, scale: x.scale),
        y: .init(up, scale: y.scale), isDominated: dominated[policy], tip: tip)
    }
    guard points.count > 1 else { return nil }
    let missing = policies.filter { policy in !points.contains { $0.name == facts.policies[policy] }
    }
    let chart = ScatterChart(
      id: id, title: title, description: points.map { $0.tip + "." }.joined(separator: " "),
      x: .linear(
        x.title, points.flatMap { [$0.x.lower, $0.x.upper, $0.x.value] }, within: x.bounds),
      y: .linear(
        y.title, points.flatMap { [$0.y.lower, $0.y.upper, $0.y.value] }, within: y.bounds),
      points: points)
    let way = y.better == .higherIsBetter ? "up" : "down"
    let side = x.better == .higherIsBetter ? "right" : "left"
    var caption = "Better is \(way) and to the \(side)."
    if points.contains(where: \.isDominated) {
      caption +=
        " Hollow: dominated on these two axes, as another policy is surely better on one and not"
        + " surely worse on the other."
    } else {
      caption += " No policy is dominated on these two axes."
    }
    if !missing.isEmpty {
      caption +=
        " Without a value in some replication: "
        + missing.map { facts.policies[$0] }.joined(separator: ", ") + "."
    }
    return Figure(chart: chart.chart(), caption: caption)
  }

  private static func words(_ interval: MeanInterval, _ scale: Double, _ unit: String) -> String {
    let text = EstimateText.text(
      interval.mean * scale, halfWidth: interval.halfWidth.map { $0 * scale })
    return unit.isEmpty ? text : "\(text) \(unit)"
  }
}

import WeirSimulation

/// `thresholds.csv`: each threshold held against each policy that it is asserted of.
struct ThresholdsTable: Sendable {
  let table: Table<ThresholdOutcome>

  init(_ study: Study) {
    let baseline = study.scenario.baseline
    table = Table(
      name: "thresholds",
      text: "One row for each threshold, point and policy that it is asserted of.",
      key: ["id", "policy", "point"],
      columns: [
        .text("id", "The id of the threshold.") { $0.threshold.id },
        .text("policy", "The name of the policy.") { $0.policyName },
      ] + study.pointColumns { $0.point } + [
        .text("metric", "The metric, as its column in runs.csv is called.") {
          $0.threshold.metric.name
        }
      ] + Self.layer(study) + [
        .text("population", scopeText) {
          $0.threshold.population ?? AccountScope.everyoneName
        },
        .text("versus", "The policy that the value is a change from; empty where it is none.") {
          $0.threshold.other(baseline: baseline)
        },
        .text("statistic", "The number over the replications that is held against the bound.") {
          $0.threshold.rule.subject.rawValue
        },
        .number("value", "", "That number; in per cent where the bound is.") { $0.result.value },
        .text("bound", "The bound, as the scenario states it.") { $0.threshold.bound },
        .text("result", "pass, fail or inconclusive; no data fails.") {
          $0.result.outcome.rawValue
        },
        .text("reason", "Why, in words.") { $0.result.reason.description },
      ])
  }

  /// The column of the layer, where some threshold names one.
  private static func layer(_ study: Study) -> [TableColumn<ThresholdOutcome>] {
    guard study.scenario.thresholds.contains(where: { $0.layer != nil }) else { return [] }
    return [
      .text(
        "layer",
        "The layer, of a metric that is a column of layers.csv; empty for those of runs.csv."
      ) { $0.threshold.layer }
    ]
  }
}

import WeirSimulation

/// `comparison.csv`: each metric under each policy, alone and against the baseline.
struct ComparisonTable: Sendable {
  let table: Table<MetricComparison>

  init(_ study: Study) {
    let policies = study.scenario.policies.map(\.name)
    table = Table(
      name: "comparison",
      text: "One row for each point, metric and policy: the mean over the replications, and the"
        + " difference from the baseline in the same random worlds. Intervals are two-sided 95 %"
        + " Student-t intervals, each by itself.",
      key: ["policy", "point", "metric"],
      columns: [
        .text("policy", "The name of the policy.") { policies[$0.policy] }
      ] + study.pointColumns { $0.point } + [
        .text("metric", "The metric, as its column in runs.csv is called.") { $0.metric.name },
        .text("unit", "The unit of the metric; empty for shares and indices.") {
          $0.metric.definition.unit
        },
        .text("better", "Which way the metric is good: higher, lower or neither.") {
          $0.metric.definition.better.rawValue
        },
        .flag("primary", "Whether it is the primary metric of the scenario.") {
          $0.metric == study.scenario.primaryMetric
        },
        .flag("baseline", "Whether the policy is the baseline.") { $0.isBaseline },
      ] + Self.alone + Self.paired)
  }

  private static let alone: [TableColumn<MetricComparison>] = [
    .integer("n", "replications", "Replications in which the metric is defined.") {
      Int64($0.count)
    },
    .number("mean", "", "The mean over the replications; empty unless all have a value.") {
      $0.mean?.mean
    },
    .number("half_width", "", "Half the width of the interval of the mean.") {
      $0.mean?.halfWidth
    },
    .number("ci_lower", "", "The lower end of the interval of the mean.") {
      $0.mean?.interval?.lower
    },
    .number("ci_upper", "", "The upper end of the interval of the mean.") {
      $0.mean?.interval?.upper
    },
  ]

  private static let paired: [TableColumn<MetricComparison>] = [
    .number("baseline_mean", "", "The mean of the baseline.") { $0.paired?.baselineMean },
    .number("difference_mean", "", "The mean over the replications of policy - baseline.") {
      $0.paired?.difference.mean
    },
    .number("difference_half_width", "", "Half the width of the interval of the difference.") {
      $0.paired?.meanInterval.halfWidth
    },
    .number("difference_ci_lower", "", "The lower end of the interval of the difference.") {
      $0.paired?.meanInterval.interval?.lower
    },
    .number("difference_ci_upper", "", "The upper end of the interval of the difference.") {
      $0.paired?.meanInterval.interval?.upper
    },
    .number(
      "p_value", "",
      "Two-sided paired t test of no difference; empty when all replications are identical."
    ) { $0.paired?.pValue },
    .number(
      "p_value_holm", "",
      "The p-value, adjusted by Holm's procedure over the policies for this metric and point."
    ) { $0.adjustedPValue },
    .text(
      "verdict",
      "better or worse when the adjusted p-value is at most 0.05; equivalent when identical in all"
        + " replications; tie when the replications cannot tell."
    ) { $0.judgement?.verdict.rawValue },
    .integer(
      "replications_needed", "replications",
      "For a tie: about how many replications would show the difference seen."
    ) { $0.judgement?.replicationsNeeded.map { Int64($0) } },
    .number(
      "variance_gain", "",
      "What common random numbers saved: (var policy + var baseline) / var difference."
    ) { $0.paired?.varianceGain },
  ]
}

/// `thresholds.csv`: each threshold held against each policy that it is asserted of.
struct ThresholdsTable: Sendable {
  let table: Table<ThresholdOutcome>

  init(_ study: Study) {
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
        },
        .text("population", "The population; \(LatencyTable.everyone) for all of them together.") {
          $0.threshold.population ?? LatencyTable.everyone
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
}

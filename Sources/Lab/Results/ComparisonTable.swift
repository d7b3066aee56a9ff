import WeirSimulation

/// `comparison.csv`: each metric under each policy, alone and against the baseline.
struct ComparisonTable: Sendable {
  let table: Table<MetricComparison>

  init(_ study: Study) {
    let policies = study.scenario.policies.map(\.name)
    let populations = study.scenario.setting.populations.map(\.name)
    table = Table(
      name: "comparison",
      text: "One row for each point, population, metric and policy: the mean over the replications,"
        + " and the difference from the baseline in the same random worlds. Intervals are two-sided"
        + " 95 % Student-t intervals, each by itself.",
      key: ["policy", "point", "population", "metric"],
      columns: [
        .text("policy", "The name of the policy.") { policies[$0.policy] }
      ] + study.pointColumns { $0.point } + [
        .text(
          "population",
          "Whose values they are: \(AccountScope.everyoneName) for those of all accounts,"
            + " \(AccountScope.unlabelledName) for those of the accounts that are not labelled as"
            + " abusive, where others are."
        ) { $0.scope.name(populations) },
        .text("metric", "The metric, as its column in runs.csv is called.") { $0.metric.name },
        .text("unit", "The unit of the metric; empty for shares and indices.") {
          $0.metric.definition.unit
        },
        .text("better", "Which way the metric is good: higher, lower or neither.") {
          $0.metric.definition.better.rawValue
        },
        .flag(
          "primary",
          "Whether it decides: the primary metric of the scenario, of the accounts that are not"
            + " labelled where others are."
        ) {
          $0.metric == study.scenario.primaryMetric
            && $0.scope == study.scenario.scope(of: $0.metric)
        },
        .flag("baseline", "Whether the policy is the baseline.") { $0.isBaseline },
      ] + Self.alone + Self.paired + Self.significance)
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
        + " replications, or shown to be closer than the smallest difference that matters; tie when"
        + " the replications cannot tell."
    ) { $0.judgement?.verdict.rawValue },
    .integer(
      "replications_needed", "replications",
      "For a tie: about how many replications would show the difference seen."
    ) { $0.judgement?.replicationsNeeded.map { Int64($0) } },
    .number(
      "variance_gain", "",
      "What common random numbers saved: (var policy + var baseline) / var difference."
    ) { $0.paired?.varianceGain },
    .number(
      "correlation", "",
      "The correlation of policy and baseline over the replications; at or below 0 the pairing did"
        + " harm."
    ) { $0.paired?.correlation },
  ]

  private static let significance: [TableColumn<MetricComparison>] = [
    .number(
      "change_mean_percent", "per cent",
      "The change from the baseline: of the geometric mean of the ratios, replication by"
        + " replication; empty unless all values are above 0."
    ) { $0.change?.mean },
    .number("change_ci_lower_percent", "per cent", "The lower end of the interval of the change.") {
      $0.change?.interval?.lower
    },
    .number("change_ci_upper_percent", "per cent", "The upper end of the interval of the change.") {
      $0.change?.interval?.upper
    },
    .number(
      "p_value_signed_rank", "",
      "Wilcoxon's exact two-sided test of the same differences by their ranks; a check of p_value"
        + " where differences are skewed. Empty beyond 30 replications."
    ) { $0.signedRank?.pValue },
    .number(
      "smallest_difference", "",
      "The smallest difference that matters, as the scenario states it for the primary metric."
    ) { $0.smallestDifference },
    .number(
      "p_value_equivalence", "",
      "Two one-sided tests of a difference as large as the smallest that matters, or larger."
    ) { $0.equivalencePValue },
    .text(
      "relevance",
      "relevant when the interval of the difference lies beyond the smallest that matters, negligible"
        + " when it lies within, unclear when it reaches over the edge."
    ) { $0.relevance?.rawValue },
  ]
}

public import WeirSimulation

/// One metric under one policy, alone and against the baseline.
public struct MetricComparison: Sendable {
  /// The metric.
  public let metric: Metric
  /// Whose values they are.
  public let scope: AccountScope
  /// The policy, as an index into the scenario.
  public let policy: Int
  /// The point, as an index into the study.
  public let point: Int
  /// Whether the policy is the baseline.
  public let isBaseline: Bool
  /// The number of replications in which the metric is defined.
  public let count: Int
  /// The mean over the replications with its 95 % interval; `nil` unless all have a value.
  public let mean: MeanInterval?
  /// The differences from the baseline, pair by pair; `nil` for the baseline itself, and unless
  /// both have a value in all replications.
  public let paired: PairedComparison?
  /// The change in per cent; `nil` where there is no difference, or a value is not above 0.
  public let change: PercentChange?
  /// The test of the differences by their ranks; `nil` beyond 30 replications.
  public let signedRank: SignedRankTest?
  /// The smallest difference that matters; of the primary metric only, where the scenario names it.
  public let smallestDifference: Double?
  /// The p-value of the difference, adjusted over the policies by Holm's procedure.
  public let adjustedPValue: Double?
  /// What the difference comes to; `nil` where there is none, or the metric is neither good nor
  /// bad.
  public let judgement: Judgement?

  /// The p-value of a difference of the smallest one that matters, or more.
  public var equivalencePValue: Double? {
    guard let paired, let smallestDifference else { return nil }
    return EquivalenceTest(paired.difference, margin: smallestDifference)?.pValue
  }

  /// Whether the difference matters.
  public var relevance: Relevance? {
    guard let interval = paired?.meanInterval.interval, let smallestDifference else { return nil }
    return Relevance(interval, smallest: smallestDifference)
  }
}

extension StudySummary {
  /// Every metric that has a value anywhere, under every policy: by point, scope, metric, policy.
  ///
  /// Where some accounts are labelled as abusive there are two scopes: everyone, and the others.
  /// A value that is missing in some replication would make the mean one of the lucky ones, so that
  /// there is no mean then.
  public func comparisons() -> [MetricComparison] {
    let headline = study.scenario.headline
    let scopes = headline == .everyone ? [headline] : [.everyone, headline]
    return study.points.indices.flatMap { point in
      scopes.flatMap { scope in
        Metric.allCases.flatMap { comparisons(of: $0, point: point, scope: scope) }
      }
    }
  }

  /// One metric under every policy; empty when no replication of any policy has a value.
  ///
  /// It is of the accounts of `scope`, by default those that the study is about.
  public func comparisons(
    of metric: Metric, point: Int = 0, scope: AccountScope? = nil
  ) -> [MetricComparison] {
    let policies = study.scenario.policies.indices
    let decisive = study.scenario.scope(of: metric)
    let scope = scope ?? decisive
    let values = policies.map { self.values(of: metric, policy: $0, point: point, scope: scope) }
    guard values.contains(where: { $0.contains { $0 != nil } }) else { return [] }
    let complete = values.map { row in
      row.contains { $0 == nil } ? [] : row.compactMap { $0 }
    }
    let baseline = complete[study.baseline]
    let smallestDifference =
      metric == study.scenario.primaryMetric && scope == decisive
      ? study.scenario.smallestDifference : nil
    let judged = JudgedComparison.judged(
      policies.map {
        $0 == study.baseline
          ? nil : PairedComparison(all: values[study.baseline], candidate: values[$0])
      }, better: metric.definition.better.direction, smallestDifference: smallestDifference)
    return policies.map { policy in
      let own = complete[policy]
      let isBaseline = policy == study.baseline
      let pairs = !isBaseline && !own.isEmpty && !baseline.isEmpty
      return MetricComparison(
        metric: metric, scope: scope, policy: policy, point: point, isBaseline: isBaseline,
        count: values[policy].reduce(0) { $0 + ($1 == nil ? 0 : 1) },
        mean: MeanInterval(Moments(own)),
        paired: judged[policy]?.paired,
        change: pairs ? PercentChange(baseline: baseline, candidate: own) : nil,
        signedRank: pairs ? SignedRankTest(zip(own, baseline).map { $0 - $1 }) : nil,
        smallestDifference: smallestDifference, adjustedPValue: judged[policy]?.adjustedPValue,
        judgement: judged[policy]?.judgement)
    }
  }
}

extension MetricDefinition.Better {
  /// The direction in which a difference is good; `nil` when it is neither.
  public var direction: Direction? {
    switch self {
    case .higher: .higherIsBetter
    case .lower: .lowerIsBetter
    case .neither: nil
    }
  }
}

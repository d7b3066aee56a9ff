import WeirSimulation

/// A threshold of a scenario held against what one policy did.
public struct ThresholdOutcome: Sendable {
  /// The threshold.
  public let threshold: Threshold
  /// The policy, as an index into the scenario.
  public let policy: Int
  /// The name of the policy.
  public let policyName: String
  /// The point, as an index into the study.
  public let point: Int
  /// What came of it.
  public let result: ThresholdResult
}

extension StudySummary {
  /// Every threshold of the scenario: by threshold, point and policy.
  ///
  /// A threshold that names no policy is held against each, or each that has the layer which it is
  /// about; one about a change from another policy is not held against that policy itself.
  public func thresholdOutcomes() -> [ThresholdOutcome] {
    study.scenario.thresholds.flatMap { threshold in
      study.points.filter { threshold.points.contains($0, axes: study.axes) }.flatMap {
        outcomes(of: threshold, point: $0.index)
      }
    }
  }

  private func outcomes(of threshold: Threshold, point: Int) -> [ThresholdOutcome] {
    let scope = scope(of: threshold)
    func values(_ policy: Int) -> [Double?] {
      self.values(of: threshold.metric, policy: policy, point: point, scope: scope)
    }
    let other = threshold.other(baseline: study.scenario.baseline).flatMap { name in
      study.scenario.policies.firstIndex { $0.name == name }
    }
    return study.scenario.policies.enumerated().compactMap { policy, described in
      guard threshold.policy ?? described.name == described.name else { return nil }
      if policy == other, threshold.policy == nil { return nil }
      if threshold.policy == nil, lacks(threshold.metric, policy: policy, point: point) {
        return nil
      }
      return ThresholdOutcome(
        threshold: threshold, policy: policy, policyName: described.name, point: point,
        result: threshold.rule.evaluate(values(policy), versus: other.map(values)))
    }
  }

  /// Whether a policy has not got the layer that a metric is about.
  private func lacks(_ metric: BoundedMetric, policy: Int, point: Int) -> Bool {
    guard let name = metric.layer, name != LayersTable.queueName else { return false }
    return layer(name, policy: policy, point: point) == nil
  }

  /// The values that a threshold was held against: its metric in each replication.
  func values(of outcome: ThresholdOutcome) -> [Double?] {
    values(
      of: outcome.threshold.metric, policy: outcome.policy, point: outcome.point,
      scope: scope(of: outcome.threshold))
  }

  /// Whose values a threshold bounds: those of everyone, unless it names a population.
  private func scope(of threshold: Threshold) -> AccountScope {
    threshold.population.flatMap { study.scenario.scope(named: $0) } ?? .everyone
  }
}

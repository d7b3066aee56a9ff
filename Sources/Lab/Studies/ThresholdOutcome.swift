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
  /// A threshold that names no policy is held against each; one about a change from the baseline is
  /// not held against the baseline itself.
  public func thresholdOutcomes() -> [ThresholdOutcome] {
    study.scenario.thresholds.flatMap { threshold in
      study.points.indices.flatMap { point in outcomes(of: threshold, point: point) }
    }
  }

  private func outcomes(of threshold: Threshold, point: Int) -> [ThresholdOutcome] {
    let population = threshold.population.flatMap { name in
      study.scenario.setting.populations.firstIndex { $0.name == name }
    }
    func values(_ policy: Int) -> [Double?] {
      self.values(of: threshold.metric, policy: policy, point: point, population: population)
    }
    return study.scenario.policies.enumerated().compactMap { policy, described in
      guard threshold.policy ?? described.name == described.name else { return nil }
      let isWithoutChange = threshold.needsBaseline && policy == study.baseline
      if isWithoutChange, threshold.policy == nil { return nil }
      return ThresholdOutcome(
        threshold: threshold, policy: policy, policyName: described.name, point: point,
        result: threshold.rule.evaluate(
          values(policy), versus: threshold.needsBaseline ? values(study.baseline) : nil))
    }
  }
}

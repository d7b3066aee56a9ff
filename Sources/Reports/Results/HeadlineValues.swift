import WeirSimulation

/// The metrics of the accounts that a study is about: the ones that its comparisons decide on.
struct HeadlineValues: Sendable {
  /// The metrics over all accounts.
  let everyone: MetricValues
  /// The metrics over the accounts that are not labelled as abusive, where others are.
  let unlabelled: MetricValues?

  /// The same, or the metrics of everyone.
  func narrowed(_ isAboutSome: Bool) -> HeadlineValues {
    isAboutSome ? self : HeadlineValues(everyone: everyone, unlabelled: nil)
  }

  /// The value of a metric in each replication; of everyone for what only all have together.
  func values(of metric: Metric, policy: Int, point: Int) -> [Double?] {
    let own = metric.definition.isByPopulation ? unlabelled ?? everyone : everyone
    return own.values(of: metric, policy: policy, point: point)
  }

  /// The name of the accounts whose values of a metric decide, as files have it.
  func scopeName(of metric: Metric) -> String {
    unlabelled != nil && metric.definition.isByPopulation
      ? AccountScope.unlabelledName : AccountScope.everyoneName
  }
}

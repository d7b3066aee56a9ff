public import WeirSimulation

/// Whom a study is about.
extension Scenario {
  /// The accounts that the study is about: those not labelled as abusive, where others are.
  public var headline: AccountScope {
    setting.unlabelledPopulations == nil ? .everyone : .unlabelled
  }

  /// The accounts whose values of `metric` decide: those that the study is about, or everyone for
  /// what only all accounts together have.
  public func scope(of metric: Metric) -> AccountScope {
    metric.definition.isByPopulation ? headline : .everyone
  }

  /// The accounts called `name` in files; `nil` when there are none such.
  public func scope(named name: String) -> AccountScope? {
    if name == AccountScope.everyoneName { return .everyone }
    if name == AccountScope.unlabelledName, headline == .unlabelled { return .unlabelled }
    return setting.populations.firstIndex { $0.name == name }.map { .population($0) }
  }
}

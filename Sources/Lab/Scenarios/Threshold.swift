public import WeirFormats
public import WeirSimulation

/// A bound on a metric that a scenario asserts.
public struct Threshold: Declared, Sendable {
  /// The name of the threshold in results and reports.
  public var id: String
  /// The metric that is bounded.
  public var metric: Metric
  /// The policy that it is asserted of; every policy when `nil`.
  public var policy: String?
  /// The population that it is asserted of; all of them together when `nil`.
  public var population: String?
  /// The bound, such as `<= 30`.
  public var bound: String
  /// The statistic over the replications that is compared with the bound.
  public var statistic: Statistic

  /// A statistic over the replications.
  public enum Statistic: String, CaseIterable, Sendable {
    /// The mean.
    case mean
  }

  /// Reads the threshold.
  public init(_ fields: Fields) {
    id = fields.required("id", .name, "The name of the threshold in results and reports.")
    metric = fields.required("metric", .choice(Metric.self), "The metric that is bounded.")
    let scope = fields.group(
      "where", ThresholdScope.self, "What the threshold is asserted of; every policy.")
    policy = scope.policy
    population = scope.population
    bound = fields.required("assert", .text, "The bound, such as \"<= 30\" or \">= 0.9\".")
    statistic = fields.value(
      "on", .choice(Statistic.self), default: .mean,
      "The statistic over the replications that is compared with the bound.")
  }
}

/// What a threshold is asserted of.
struct ThresholdScope: Declared {
  let policy: String?
  let population: String?

  init(_ fields: Fields) {
    policy = fields.optional("policy", .name, "The policy; every one.")
    population = fields.optional("population", .name, "The population; all of them together.")
  }
}

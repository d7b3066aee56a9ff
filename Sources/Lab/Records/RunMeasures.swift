public import WeirSimulation

/// What comparisons, thresholds and summaries need of a run: a few numbers, whatever its length.
public struct RunMeasures: Sendable, Equatable {
  /// The metrics over all populations.
  public var metrics: MetricRow
  /// The metrics of each population, in the order of the setting.
  public var populations: [MetricRow]
  /// The share of all served units that each layer paid; `nil` when nothing was paid for.
  public var paidShares: [Double?]
  /// Whether the backlog grew without end.
  public var isSaturated: Bool

  /// The measures of a result.
  public init(_ result: RunResult) {
    metrics = result.metrics
    populations = result.populations
    paidShares = result.paidShares
    isSaturated = result.isSaturated
  }

  init(
    metrics: MetricRow, populations: [MetricRow], paidShares: [Double?], isSaturated: Bool
  ) {
    self.metrics = metrics
    self.populations = populations
    self.paidShares = paidShares
    self.isSaturated = isSaturated
  }
}

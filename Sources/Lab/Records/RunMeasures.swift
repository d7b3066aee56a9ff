public import WeirSimulation

/// What comparisons, thresholds and summaries need of a run: a few numbers, whatever its length.
public struct RunMeasures: Sendable, Equatable {
  /// The metrics over all populations.
  public var metrics: MetricRow
  /// The metrics over the populations that are not labelled as abusive, where others are.
  public var unlabelled: MetricRow?
  /// The metrics of each population, in the order of the setting.
  public var populations: [MetricRow]
  /// The share of all served units that each layer paid; `nil` when nothing was paid for.
  public var paidShares: [Double?]
  /// What each layer paid and refused.
  public var layers: [LayerTally]
  /// The attempts that the queue of the fleet refused.
  public var queueRefusals: Int64
  /// Whether the backlog grew without end.
  public var isSaturated: Bool
  /// Busy and all servers in each interval.
  public var load: [ServerTime]

  /// The servers of one interval.
  public struct ServerTime: Sendable, Equatable {
    /// ∫ busy servers dt, in server-nanoseconds.
    public var busy: Int128
    /// ∫ servers dt, in server-nanoseconds.
    public var capacity: Int128
  }

  /// The measures of a result.
  public init(_ result: RunResult) {
    metrics = result.metrics
    unlabelled = result.unlabelled
    populations = result.populations
    paidShares = result.paidShares
    layers = result.layers
    queueRefusals = result.queueRefusals.reduce(0, +)
    isSaturated = result.isSaturated
    load = result.timeline.map { ServerTime(busy: $0.busyTime, capacity: $0.capacityTime) }
  }

  init(
    metrics: MetricRow, unlabelled: MetricRow?, populations: [MetricRow], paidShares: [Double?],
    layers: [LayerTally], queueRefusals: Int64, isSaturated: Bool, load: [ServerTime]
  ) {
    self.metrics = metrics
    self.unlabelled = unlabelled
    self.populations = populations
    self.paidShares = paidShares
    self.layers = layers
    self.queueRefusals = queueRefusals
    self.isSaturated = isSaturated
    self.load = load
  }
}

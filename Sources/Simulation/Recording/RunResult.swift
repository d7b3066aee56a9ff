public import WeirAccess
public import WeirKernel

/// What one run measured.
public struct RunResult: Sendable {
  /// The metrics over all populations.
  public var metrics: MetricRow
  /// The metrics over the populations that are not labelled as abusive, where others are.
  ///
  /// Counts and distributions are merged exactly. What only all populations together have is
  /// undefined.
  public var unlabelled: MetricRow?
  /// The metrics of each population, in the order of the setting.
  public var populations: [MetricRow]
  /// What each layer paid and refused, in the order of the stack.
  public var layers: [LayerTally]
  /// The same for each population.
  public var layersByPopulation: [[LayerTally]]
  /// The share of all served units that each layer paid; `nil` when nothing was paid for.
  public var paidShares: [Double?]
  /// Attempts that found the queue of the fleet full, by population.
  public var queueRefusals: [Int64]
  /// The timeline, from the start of the run to the horizon.
  public var timeline: [Timeline.Row]
  /// The use of each product, model and operation by interval and population.
  public var usage: [UsageTable.Row]
  /// Points of the distributions of latency.
  public var latency: [LatencyPoint]
  /// Points of the Lorenz curve of service.
  public var lorenz: [Fairness.LorenzPoint]
  /// The same of the accounts that are not labelled as abusive; empty unless others are.
  public var unlabelledLorenz: [Fairness.LorenzPoint]
  /// What each account asked for and got, by dense index.
  public var accounts: [AccountResult]
  /// Everything that happened, event by event, or the intents alone; `nil` unless it was asked for.
  public var events: EventLog?
  /// What the faults of the settlement did; `nil` where none are declared.
  public var settlement: SettlementTally?
  /// The alarms over all traffic that were raised before the horizon.
  public var alarms: [AlarmRecord] = []
  /// What each account was expected to ask for in a day at a weight of 1, by dense index; empty
  /// without ``events``.
  public var expectedUnitsPerDay: [Double] = []
  /// Whether the backlog grew without end, so that averages over time mean nothing.
  public var isSaturated: Bool
  /// The invariants that the run broke; a fault of Weir when there is any.
  public var broken: [BrokenInvariant]
}

/// One point of a distribution of latency of some accounts.
public struct LatencyPoint: Sendable, Equatable {
  /// Whose latency it is.
  public var scope: AccountScope
  /// Which latency: `queue_wait`, `time_to_first_token` or `end_to_end`.
  public var quantity: String
  /// The probability, in millionths.
  public var millionths: Int64
  /// The latency below or at which that share of intents lies; `nil` when it never ended.
  public var value: SimDuration?
}

/// What one account asked for and got in the measured intents.
public struct AccountResult: Sendable, Equatable {
  /// Measured intents.
  public var intents: Int64
  /// Those that completed.
  public var completed: Int64
  /// The units that they asked for.
  public var demanded: Units
  /// The units that they got.
  public var served: Units
  /// The longest time without any service while something was open.
  public var starvation: SimDuration
}

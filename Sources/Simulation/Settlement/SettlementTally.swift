public import WeirKernel

/// What the faults of the settlement did in a run, over all of it.
public struct SettlementTally: Sendable, Equatable {
  /// Charges, each of which is to be priced once and debited once.
  public var charges: Int64 = 0
  /// Monetization events written.
  public var priced: Int64 = 0
  /// Debits made.
  public var debited: Int64 = 0
  /// Deliveries made: two for each charge without faults.
  public var deliveries: Int64 = 0
  /// Those that were lost.
  public var lost: Int64 = 0
  /// Those that came twice.
  public var doubled: Int64 = 0
  /// Those that were held up.
  public var heldUp: Int64 = 0
  /// Those that were made because no acknowledgement of an earlier one had come.
  public var redeliveries: Int64 = 0
  /// Those that came before their turn.
  public var early: Int64 = 0
  /// Those that were dropped because their charge had been recorded: each a second charge averted.
  public var duplicatesDropped: Int64 = 0
  /// Crashes of workers.
  public var crashes: Int64 = 0
  /// The times from a charge to its balance update.
  public var lag = Histogram()

  /// A tally of nothing.
  public init() {}

  /// The median of ``lag`` in seconds; `nil` below 6 charges.
  public var lagP50: Double? { MetricRow.quantile(lag, 0).map { $0 / 1e9 } }
  /// Its 95th percentile; `nil` below 72 charges.
  public var lagP95: Double? { MetricRow.quantile(lag, 1).map { $0 / 1e9 } }
  /// Its 99th percentile; `nil` below 368 charges.
  public var lagP99: Double? { MetricRow.quantile(lag, 2).map { $0 / 1e9 } }

  /// Counts a delivery by what befalls it.
  mutating func count(_ fate: DeliveryFate) {
    deliveries += 1
    if fate.isLost { lost += 1 }
    if fate.isHeldUp { heldUp += 1 }
    if fate.lagOfDouble != nil { doubled += 1 }
  }
}

/// One of the two stages between a use and its balance, each with a worker of its own.
public enum SettlementStage: String, CaseIterable, Hashable, Sendable {
  /// From the usage event to the monetization event.
  case pricing
  /// From the monetization event to the balance update.
  case debiting
}

/// Where a charge stands at a stage: what its idempotency key says.
public enum SettlementStanding: Hashable, Sendable {
  /// All charges of its balance before it have been recorded, and it has not.
  case due
  /// It has been recorded; to record it again would charge twice.
  case recorded
  /// A charge of its balance before it has not been recorded.
  case early
}

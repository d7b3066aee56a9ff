public import WeirAccess

/// What a run writes down event by event, beside what it measures.
public struct EventKeeping: Sendable, Hashable {
  /// Whether every intent, decision and record of the ledger is.
  public var keepsEvents: Bool
  /// Whether at least the intents are, so that the run can be replayed.
  public var keepsIntents: Bool
  /// The account whose story is told; `nil` for none.
  public var storyOf: AccountIndex?

  /// Says what to keep; nothing unless asked for.
  public init(events: Bool = false, intents: Bool = false, storyOf: AccountIndex? = nil) {
    keepsEvents = events
    keepsIntents = intents || events
    self.storyOf = storyOf
  }
}

public import WeirAccess
public import WeirKernel

/// The decision on one attempt in an ``EventLog``.
public struct DecisionRecord: Sendable, Hashable {
  /// The intent, as an index into ``EventLog/intents``.
  public let intent: Int
  /// The number of the request among those of its account: with the account, its idempotency key.
  public let ordinal: UInt32
  /// Which try at the intent it is, from 0.
  public let attempt: UInt32
  /// When it was decided.
  public let at: SimTime
  /// What was decided.
  public let outcome: Outcome
  /// The units granted.
  public let granted: Units
  /// The layer that refused, as an index into the stack; `nil` when none did, or the full queue.
  public let refusedBy: Int?
  /// Why, and when it would not be refused; `nil` when nothing stood in the way.
  public let refusal: Refusal?
  /// The layer that keeps it longest, as an index into the stack; `nil` unless it is held.
  public let heldBy: Int?
  /// How long it is kept; none unless it is held.
  public let delay: SimDuration

  init(_ session: SessionPointer) {
    intent = session.pointee.place
    ordinal = session.pointee.ordinal
    attempt = session.pointee.attempts - 1
    at = session.pointee.attemptedAt
    outcome = session.pointee.decision.outcome
    granted = session.pointee.decision.granted
    refusedBy = session.pointee.decision.refusedBy
    refusal = session.pointee.decision.refusal
    heldBy = session.pointee.decision.heldBy
    delay = session.pointee.decision.delay
  }
}

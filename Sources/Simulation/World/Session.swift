import WeirAccess
import WeirKernel

/// One open session of an account with its present intent: all that the world knows of it.
struct Session: Sendable {
  /// Where the intent stands.
  enum State: UInt8 {
    /// The slot is free.
    case free
    /// The session pauses before its next call.
    case paused
    /// The intent was refused and will be attempted again.
    case awaitingRetry
    /// The intent was refused and its account is buying credits.
    case purchasing
    /// A layer keeps the intent and will release it.
    case held
    /// The intent waits for a server.
    case queued
    /// The intent is being served.
    case inService
  }

  /// The slot of the session.
  let slot: UInt32
  var state = State.free
  /// Whether the present intent counts in the results.
  var isMeasured = false
  /// Whether the session counts in the results.
  var isSessionMeasured = false
  /// Whether an account-visible gap caused by access has broken the session.
  var isBroken = false
  /// The downgrade that the present attempt was decided by, as an index into those of the policy;
  /// −1 for none.
  var downgrade: Int16 = -1
  var account: AccountIndex = 0
  var population: UInt16 = 0
  var product: ProductIndex = 0
  var model: ModelIndex = 0
  var pool: UInt16 = 0
  /// Where its use is counted: a place in the ``UsageTable``.
  var usage: UInt32 = 0
  /// Where the samples of the present intent are.
  var address = CallAddress(SampleKey(seed: 0))
  var estimate = Units.zero
  var actual = Units.zero
  /// Attempts made at the present intent.
  var attempts: UInt32 = 0
  /// The number of the present attempt among the requests of its account.
  var ordinal: UInt32 = 0
  var decision = Decision(outcome: .deny, granted: .zero, shares: Shares())
  var firstAttemptAt = SimTime.zero
  var attemptedAt = SimTime.zero
  /// When the present attempt came to the fleet; of a held one, when it will.
  var admittedAt = SimTime.zero
  var startedAt = SimTime.zero
  var firstTokenAt = SimTime.zero
  /// When the first refusal of the present intent came; distant when none has.
  var refusedAt = SimTime.distantFuture
  /// When the last hint said that the intent would pass; distant when none did.
  var hintedAt = SimTime.distantFuture
  /// The time of the timer that counts now; earlier ones are stale.
  var wakesAt = SimTime.distantFuture
  var demand = Demand()
  // What most events leave alone comes last: a session is some lines of the cache.
  /// Refusals that this session has met.
  var refusals: UInt32 = 0
  var script = Script(key: SampleKey(seed: 0), session: 0, place: 0)
  /// The pause before the present intent; `nil` when it is the first.
  var pause: SimDuration?
  /// The place of the present intent in the log of events, where one is kept.
  var place = 0

  /// Who asks for what, as use is counted.
  var use: UsageCell.Use {
    UsageCell.Use(
      population: population, product: product, model: model, operation: demand.operation)
  }

  /// Makes the slot ready for another session.
  ///
  /// What is not reset here is set when the session opens, when its first intent begins, and as
  /// that goes on: to set all of it costs more than the rest of opening a session.
  @inline(__always)
  mutating func reopen() {
    state = .paused
    isBroken = false
    wakesAt = .distantFuture
    pause = nil
    refusals = 0
  }
}

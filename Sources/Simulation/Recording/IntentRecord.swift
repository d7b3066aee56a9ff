public import WeirAccess
public import WeirKernel

/// One intent in an ``EventLog``: where it stands in the tree of samples, what it asked for, and
/// what became of it.
public struct IntentRecord: Sendable, Hashable {
  /// The account, as a dense index.
  public let account: AccountIndex
  /// The population, as an index into the setting.
  public let population: UInt16
  /// The number of the session among those of its account, from 0.
  public let session: UInt32
  /// The turn within the session, from 0.
  public let turn: UInt32
  /// The call within the turn, from 0.
  public let call: UInt32
  /// The product asked for, as an index into the directory.
  public let product: ProductIndex
  /// The model asked for, as an index into the directory.
  public let model: ModelIndex
  /// The pause since the end of the session's call before; `nil` for its first.
  public let pause: SimDuration?
  /// What it really asked of the fleet and of the meter; the operation as in the directory.
  public let demand: Demand
  /// The cost that was known when it was decided.
  public let estimate: Units
  /// The cost that it really had.
  public let actual: Units
  /// Whether it counts in the results.
  public let isMeasured: Bool
  /// When it was first attempted.
  public let firstAttemptAt: SimTime
  /// When its service started; `nil` when it never did.
  public internal(set) var startedAt: SimTime?
  /// How it ended; `nil` when it was open at the end of the run.
  public internal(set) var ending: Ending?
  /// When it ended; `nil` when it did not.
  public internal(set) var endedAt: SimTime?

  /// How an intent ends.
  public enum Ending: String, CaseIterable, Hashable, Sendable {
    /// It was served.
    case completed
    /// Its account gave it up after a refusal.
    case deniedForGood
    /// It left the queue out of patience.
    case abandoned
    /// Its work came to nothing.
    case failed
  }

  init(_ session: SessionPointer) {
    account = session.pointee.account
    population = session.pointee.population
    self.session = session.pointee.script.session
    turn = session.pointee.script.turn
    call = session.pointee.script.call
    product = session.pointee.product
    model = session.pointee.model
    pause = session.pointee.pause
    demand = session.pointee.demand
    estimate = session.pointee.estimate
    actual = session.pointee.actual
    isMeasured = session.pointee.isMeasured
    firstAttemptAt = session.pointee.firstAttemptAt
  }
}

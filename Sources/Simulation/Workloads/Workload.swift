import WeirAccess
public import WeirFormats
public import WeirKernel

/// A way in which the accounts of a population demand things.
///
/// An account opens sessions; a session makes one call after another (closed loop), or just one
/// (open loop). All randomness comes from the sample keys handed in, so that what is asked does not
/// depend on the policy.
///
/// ## Implementation requirements
///
/// The world calls ``prepare(accounts:at:)`` once; ``start(ofSession:of:after:)`` for each session
/// of each account; ``open(_:)`` when a session starts; then ``demand(of:at:)`` for its first call
/// and, each time a call has ended and ``advance(_:at:)`` gives a pause, for the next.
///
/// When a session ends early, ``advance(_:at:)`` is called on to its end to count the calls that
/// were not made. So every session has an end, and how many calls it has may depend on samples and
/// on what `advance` itself keeps in the script, not on ``demand(of:at:)`` having been called.
public protocol Workload: Declared, Sendable {
  /// The name of the workload's type in a scenario, such as `openLoop`.
  static var typeName: String { get }

  /// What the workload is, in one sentence, for the catalogue.
  static var summary: String { get }

  /// The name of the product that is asked for.
  var product: String { get }

  /// The name of the model that is asked for.
  var model: String { get }

  /// The names of the operations that demands refer to by position.
  var operations: [String] { get }

  /// The least number of accounts that the workload needs.
  var leastAccounts: Int64 { get }

  /// Makes ready for one world with so many accounts, whose samples are below `key`.
  ///
  /// Called once, before everything else, with the same key under every policy.
  mutating func prepare(accounts: Int, at key: SampleKey)

  /// When session `number` (from 0) of an account starts; `nil` when it never does.
  ///
  /// - Parameters:
  ///   - number: which of the account's sessions, from 0.
  ///   - account: the account's sample key, weight and place in its population.
  ///   - previous: when the session before started; the start of the run for the first.
  func start(
    ofSession number: UInt32, of account: AccountView, after previous: SimTime
  ) -> SimTime?

  /// Whether each session makes just one call, so that it is neither opened nor advanced.
  var hasOneCall: Bool { get }

  /// Samples what belongs to a whole session.
  func open(_ script: inout Script)

  /// The demand of the session's present call, whose samples are at `address`.
  func demand(of script: inout Script, at address: CallAddress) -> Demand

  /// The demand of every call, where they are all alike but for their work; `nil` elsewhere.
  ///
  /// With it ``demand(of:at:)`` is not called.
  var uniformDemand: Demand? { get }

  /// Whether demands come without their work, which ``sampleWork(of:at:)`` fills in.
  var samplesWorkLate: Bool { get }

  /// Fills in the work of a demand whose service starts, or that is written down.
  ///
  /// What is refused need not be worked out. `address` is that of the demand; called again, it
  /// fills in the same work. Called only when ``samplesWorkLate``.
  func sampleWork(of demand: inout Demand, at address: CallAddress)

  /// Moves to the next call and returns the pause before it; `nil` when the session is over.
  ///
  /// `address` addresses the samples of the call that has just ended.
  func advance(_ script: inout Script, at address: CallAddress) -> SimDuration?

  /// The units that an account of weight 1 is expected to ask for in a day.
  ///
  /// `meters` counts them: one meter for each of ``operations``.
  func expectedUnitsPerDay(_ meters: [CostMeter]) -> Double

  /// How many times that an account asks for, beyond what its weight says; 1 is average.
  func demandMultiple(ofAccountAt place: UInt32) -> Double

  /// When more is asked for than usual, as is known beforehand: the truth that alarms are held
  /// against.
  var crowds: [Range<SimTime>] { get }

  /// The number of calls of all sessions of all accounts, where demand is recorded and so has an
  /// end; `nil` where it is generated without end.
  var recordedCalls: Int64? { get }

  /// The calls of the sessions that an account would still open, from number `number` on.
  ///
  /// Asked only when there are ``recordedCalls``.
  func unopenedCalls(ofSessionsFrom number: UInt32, ofAccountAt place: UInt32) -> Int64
}

extension Workload {
  /// One operation, called after the workload.
  public var operations: [String] { [Self.typeName] }

  /// One.
  public var leastAccounts: Int64 { 1 }

  /// Does nothing: accounts need nothing in common.
  public mutating func prepare(accounts: Int, at key: SampleKey) {}

  /// All alike.
  public func demandMultiple(ofAccountAt place: UInt32) -> Double { 1 }

  /// Never.
  public var crowds: [Range<SimTime>] { [] }

  /// Demand has no end.
  public var recordedCalls: Int64? { nil }

  /// None.
  public func unopenedCalls(ofSessionsFrom number: UInt32, ofAccountAt place: UInt32) -> Int64 {
    0
  }

  /// No.
  public var hasOneCall: Bool { false }

  /// Does nothing: sessions have nothing of their own.
  public func open(_ script: inout Script) {}

  /// None.
  public var uniformDemand: Demand? { nil }

  /// No.
  public var samplesWorkLate: Bool { false }

  /// Does nothing: demands come with their work.
  public func sampleWork(of demand: inout Demand, at address: CallAddress) {}

  /// The session is over: it has one call.
  public func advance(_ script: inout Script, at address: CallAddress) -> SimDuration? { nil }
}

/// What a workload may know of an account.
@frozen
public struct AccountView: Sendable {
  /// The node of the account in the tree of samples.
  public var key: SampleKey
  /// How much more often than another it opens sessions; 1 is average.
  public var weight: Double
  /// Its place in its population, from 0.
  public var place: UInt32

  /// Creates a view.
  @inlinable
  public init(key: SampleKey, weight: Double, place: UInt32) {
    self.key = key
    self.weight = weight
    self.place = place
  }
}

/// Where a session stands in what it wants to do.
@frozen
public struct Script: Sendable {
  /// The node of the session in the tree of samples; of its account, where sessions have one call.
  public var key: SampleKey
  /// The session's number among those of its account, from 0.
  public var session: UInt32
  /// The place of the account in its population, from 0.
  public var place: UInt32
  /// The present turn, from 0.
  public var turn: UInt32 = 0
  /// The present call within the turn, from 0.
  public var call: UInt32 = 0
  /// Turns still to come after this one.
  public var turnsLeft: UInt32 = 0
  /// Calls still to come in this turn.
  public var callsLeft: UInt32 = 0
  /// Tokens of context that the session carries, or another workload's running number.
  public var context: Int64 = 0

  /// Creates the script of a session that has not begun.
  @inlinable
  public init(key: SampleKey, session: UInt32, place: UInt32) {
    self.key = key
    self.session = session
    self.place = place
  }

  /// Where the samples of the present call are, in a session of more than one.
  ///
  /// Complexity: one block of Philox.
  @inlinable
  public var callAddress: CallAddress {
    CallAddress(key.child(UInt64(turn) << 32 | UInt64(call)))
  }
}

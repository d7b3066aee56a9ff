public import WeirAccess
import WeirKernel

/// Everything that happened in one run, event by event: kept only when it is asked for.
///
/// Each stream is in the order in which things happened. Memory grows with the run: about 200 bytes
/// an intent, 60 a decision and 8 more for each layer and payer, 60 a record of the ledger.
public struct EventLog: Sendable {
  /// The intents, in the order of their first attempts.
  public private(set) var intents: [IntentRecord] = []
  /// The decisions, in their order.
  public private(set) var decisions: [DecisionRecord] = []
  /// The records of usage, money and balances, the initial balances first.
  public private(set) var ledger: [LedgerEvent] = []
  /// The layers that pay, as indices into the stack, in the order of the waterfall.
  public let payers: [Int]

  private let layers: Int
  /// The shares of all decisions: one for each payer.
  private var shares: [Units] = []
  /// What the layers had left after all decisions: one for each layer.
  private var remaining: [Units?] = []

  init(_ stack: Stack) {
    payers = stack.payers
    layers = stack.names.count
  }

  /// What each of the ``payers`` pays by decision number `index`.
  ///
  /// In a denial it is what allowances count all the same.
  public func shares(ofDecision index: Int) -> ArraySlice<Units> {
    shares[(index * payers.count)..<((index + 1) * payers.count)]
  }

  /// What each layer of the stack had left for the account after decision number `index`.
  ///
  /// It is `nil` for layers that show nothing, have no bound or are not there for the product.
  public func remaining(afterDecision index: Int) -> ArraySlice<Units?> {
    remaining[(index * layers)..<((index + 1) * layers)]
  }

  // MARK: Writing
  // Not inlined: nothing of this is to weigh on a run that keeps no events.

  /// Begins the intent of a session and tells the session its place.
  @inline(never)
  mutating func begin(_ session: SessionPointer) {
    session.pointee.place = intents.count
    intents.append(IntentRecord(session))
  }

  /// Writes the decision on a session's present attempt down, with what the layers have left.
  @inline(never)
  mutating func decided(_ session: SessionPointer, _ request: Request, _ stack: borrowing Stack) {
    decisions.append(DecisionRecord(session))
    for payer in payers.indices { shares.append(session.pointee.decision.shares[payer]) }
    for layer in 0..<layers {
      let meter =
        stack.applies(layer, to: request.product)
        ? stack.meter(ofLayer: layer, for: request, at: session.pointee.attemptedAt) : nil
      remaining.append(meter?.remaining)
    }
  }

  /// The service of a session's intent has started.
  @inline(never)
  mutating func started(_ session: SessionPointer) {
    intents[session.pointee.place].startedAt = session.pointee.startedAt
  }

  /// The intent of a session has ended.
  @inline(never)
  mutating func end(_ session: SessionPointer, _ ending: IntentRecord.Ending, at now: SimTime) {
    intents[session.pointee.place].ending = ending
    intents[session.pointee.place].endedAt = now
  }

  /// Writes a record of the ledger down.
  @inline(never)
  mutating func record(_ event: LedgerEvent) { ledger.append(event) }
}

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
  /// What happened to one account; `nil` unless it was asked for.
  public private(set) var story: AccountStory?

  private let keeping: EventKeeping
  private let layers: Int
  /// The shares of all decisions: one for each payer.
  private var shares: [Units] = []
  /// What the layers had left after all decisions: one for each layer.
  private var remaining: [Units?] = []
  /// What the layers said to the request of the story that is being decided.
  private var answers: [LayerAnswer] = []

  init(_ stack: Stack, _ keeping: EventKeeping) {
    self.keeping = keeping
    story = keeping.storyOf.map { AccountStory(of: $0) }
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
    guard keeping.keepsIntents else { return }
    session.pointee.place = intents.count
    intents.append(IntentRecord(session))
  }

  /// Asks the layers what they say to a request of the story, which is about to be decided.
  @inline(never)
  mutating func asked(
    _ request: Request, _ stack: borrowing Stack, _ signals: Signals, at now: SimTime
  ) {
    guard request.account == story?.account else { return }
    answers = stack.answers(to: request, at: now, signals)
  }

  /// Writes the decision on a session's present attempt down, with what the layers have left.
  @inline(never)
  mutating func decided(_ session: SessionPointer, _ request: Request, _ stack: borrowing Stack) {
    if isInStory(session) {
      let decision = StoryDecision(
        intent: IntentRecord(session), attempt: request.attempt, answers: answers,
        decision: session.pointee.decision)
      story?.tell(.decision(decision), session, at: session.pointee.attemptedAt)
      answers.removeAll()
    }
    guard keeping.keepsEvents else { return }
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
    let start = session.pointee.startedAt
    if isInStory(session) {
      story?.tell(.start(waited: start - session.pointee.admittedAt), session, at: start)
    }
    guard keeping.keepsIntents else { return }
    intents[session.pointee.place].startedAt = start
  }

  /// The intent of a session has ended.
  @inline(never)
  mutating func end(
    _ session: SessionPointer, _ ending: IntentRecord.Ending, _ settled: Settled? = nil,
    at now: SimTime
  ) {
    if isInStory(session) {
      let kind: StoryEvent.Kind =
        if let settled {
          .completion(
            actual: session.pointee.actual, settled,
            latency: now - session.pointee.firstAttemptAt)
        } else {
          .ending(ending)
        }
      story?.tell(kind, session, at: now)
    }
    guard keeping.keepsIntents else { return }
    intents[session.pointee.place].ending = ending
    intents[session.pointee.place].endedAt = now
  }

  /// Writes a record of the ledger down.
  @inline(never)
  mutating func record(_ event: LedgerEvent) {
    story?.record(event)
    if keeping.keepsEvents { ledger.append(event) }
  }

  /// Tells what happened to a session, if it is one of the story.
  @inline(never)
  mutating func tell(_ kind: StoryEvent.Kind, _ session: SessionPointer, at now: SimTime) {
    if isInStory(session) { story?.tell(kind, session, at: now) }
  }

  /// Tells that an account went over to another plan, if it is that of the story.
  @inline(never)
  mutating func tellPlan(_ plan: PlanIndex, of account: AccountIndex, at now: SimTime) {
    if story?.account == account { story?.tell(.plan(plan), request: 0, at: now) }
  }

  private func isInStory(_ session: SessionPointer) -> Bool {
    story?.account == session.pointee.account
  }
}

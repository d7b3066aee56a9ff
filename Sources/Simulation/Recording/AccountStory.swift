public import WeirAccess
public import WeirKernel

/// What happened to one account in one run, in the order of time: kept only when it is asked for.
public struct AccountStory: Sendable {
  /// The account, as a dense index.
  public let account: AccountIndex
  /// What happened.
  public private(set) var events: [StoryEvent] = []

  init(of account: AccountIndex) { self.account = account }

  mutating func tell(_ kind: StoryEvent.Kind, request: UInt32, at now: SimTime) {
    events.append(StoryEvent(at: now, request: request, kind: kind))
  }

  mutating func tell(_ kind: StoryEvent.Kind, _ session: SessionPointer, at now: SimTime) {
    tell(kind, request: session.pointee.ordinal, at: now)
  }

  /// Writes a record of the ledger down when it is about the account.
  mutating func record(_ event: LedgerEvent) {
    switch event {
    case .balanceUpdate(let update) where update.account == account:
      tell(.balance(update), request: update.ordinal, at: update.at)
    case .monetization(let charge) where charge.account == account:
      tell(.charge(charge), request: charge.ordinal, at: charge.at)
    default: break
    }
  }
}

/// One thing that happened to an account.
public struct StoryEvent: Sendable {
  /// When it happened.
  public let at: SimTime
  /// The number of the request among those of the account, from 1; 0 where there is none.
  public let request: UInt32
  /// What happened.
  public let kind: Kind

  /// What can happen.
  public enum Kind: Sendable {
    /// The account asked, each layer answered, and that is what was decided.
    case decision(StoryDecision)
    /// It was refused and tries again at this time.
    case retry(at: SimTime)
    /// It was refused and buys credits, which are there at this time.
    case checkout(until: SimTime)
    /// It waits for a server, after as many others.
    case queue(ahead: Int64)
    /// Its service started after this time in the queue.
    case start(waited: SimDuration)
    /// It was served: what it cost, and who paid that.
    case completion(actual: Units, Settled, latency: SimDuration)
    /// It ended without being served.
    case ending(IntentRecord.Ending)
    /// A use was charged to a fund.
    case charge(MonetizationEvent)
    /// A balance changed.
    case balance(BalanceUpdate)
    /// The account went over to another plan.
    case plan(PlanIndex)
  }
}

/// A decision on a request of an account, with what led to it.
public struct StoryDecision: Sendable {
  /// The intent that it is an attempt at.
  public let intent: IntentRecord
  /// Which try at the intent it is, from 0.
  public let attempt: UInt32
  /// What each layer said, in the order of asking; none when the queue was full.
  public let answers: [LayerAnswer]
  /// What was decided.
  public let decision: Decision
}

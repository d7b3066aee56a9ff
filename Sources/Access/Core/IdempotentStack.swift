public import WeirKernel

/// A stack that answers the same key of the same account the same way, however often it is asked.
///
/// For gateways and for `weir decide`: clients and workers repeat what they have sent. A repeated
/// request is answered from memory, refusals included; it writes no usage and charges nothing. A
/// repeated settlement or release gives the first account again.
///
/// What was admitted is authorised: its shares are reserved until they are captured by a
/// settlement, in part or beyond, or released. With a time to hold, what has not been captured by
/// then is released by itself, and a later settlement finds it released.
///
/// Complexity: a look-up in a hash table a call. It remembers every key.
public struct IdempotentStack: Sendable {
  /// The stack.
  public var stack: Stack
  /// How long what was admitted is held to be settled; `nil` for as long as it takes.
  public let holdsFor: SimDuration?
  private var records: [Key: Record] = [:]
  /// What is held, in the order of its admission, from ``firstHeld`` on.
  private var held: [(key: Key, until: SimTime)] = []
  private var firstHeld = 0

  private struct Key: Hashable {
    var account: AccountIndex
    var key: String
  }

  private struct Record {
    var request: Request
    var decision: Decision
    var decidedAt: SimTime
    var settled: Settled?
  }

  /// An answer, and whether it was given before.
  public struct Answer: Sendable {
    /// The decision.
    public var decision: Decision
    /// Whether it comes from memory.
    public var isReplay: Bool
  }

  /// Creates a stack that remembers; nothing has been asked yet.
  public init(_ stack: Stack, holdsFor: SimDuration? = nil) {
    self.stack = stack
    self.holdsFor = holdsFor
  }

  /// Releases what has been held too long at `now`; every other call does so first.
  public mutating func expire(at now: SimTime) {
    while firstHeld < held.count, held[firstHeld].until <= now {
      _ = settle(held[firstHeld].key, actual: .zero, at: held[firstHeld].until, .none)
      firstHeld += 1
    }
    if firstHeld > 64, firstHeld * 2 > held.count {
      held.removeFirst(firstHeld)
      firstHeld = 0
    }
  }

  private mutating func hold(_ key: Key, _ decision: Decision, at now: SimTime) {
    if let holdsFor, decision.outcome != .deny { held.append((key, now + holdsFor)) }
  }

  /// Decides on a request, or repeats what was decided under `key`.
  public mutating func decide(
    _ request: Request, key: String, at now: SimTime, _ signals: Signals = .none
  ) -> Answer {
    answer(
      to: request, orElse: nil, for: [], Key(account: request.account, key: key), at: now, signals
    )
    .answer
  }

  /// Decides on a request or on another in its place, or repeats what was decided under `key`.
  ///
  /// - Returns: The answer, and whether it is on the other request.
  public mutating func decide(
    _ request: Request, orElse other: Request, for reasons: [Reason], key: String, at now: SimTime,
    _ signals: Signals = .none
  ) -> (answer: Answer, isOther: Bool) {
    answer(
      to: request, orElse: other, for: reasons, Key(account: request.account, key: key), at: now,
      signals)
  }

  private mutating func answer(
    to request: Request, orElse other: Request?, for reasons: [Reason], _ key: Key, at now: SimTime,
    _ signals: Signals
  ) -> (answer: Answer, isOther: Bool) {
    expire(at: now)
    if let record = records[key] {
      let answer = Answer(decision: record.decision, isReplay: true)
      return (answer, record.request.product == other?.product)
    }
    var decided = request
    var decision = Decision(outcome: .deny, granted: .zero, shares: Shares())
    var isOther = false
    if let other {
      isOther = stack.decide(
        request, orElse: other, for: reasons, at: now, signals, into: &decision)
      if isOther { decided = other }
    } else {
      stack.decide(request, at: now, signals, into: &decision)
    }
    records[key] = Record(request: decided, decision: decision, decidedAt: now)
    hold(key, decision, at: now)
    return (Answer(decision: decision, isReplay: false), isOther)
  }

  /// Settles the request decided under `key` at its `actual` units, once.
  ///
  /// - Returns: `nil` when no request was admitted under `key`.
  public mutating func settle(
    account: AccountIndex, key: String, actual: Units, at now: SimTime, _ signals: Signals = .none
  ) -> Settled? {
    expire(at: now)
    return settle(Key(account: account, key: key), actual: actual, at: now, signals)
  }

  private mutating func settle(
    _ key: Key, actual: Units, at now: SimTime, _ signals: Signals
  ) -> Settled? {
    guard var record = records[key], record.decision.outcome != .deny else { return nil }
    if let settled = record.settled { return settled }
    // Its account may have changed its plan meanwhile.
    record.request.plan = stack.plan(of: key.account)
    let settled = stack.settle(
      record.decision, of: record.request, actual: actual, decidedAt: record.decidedAt, at: now,
      signals)
    record.settled = settled
    records[key] = record
    return settled
  }

  /// Releases the request decided under `key`, which never started.
  ///
  /// - Returns: `nil` when no request was admitted under `key`.
  public mutating func release(
    account: AccountIndex, key: String, at now: SimTime
  ) -> Settled? {
    settle(account: account, key: key, actual: .zero, at: now)
  }

  /// What was decided under `key`; `nil` when it has not been asked.
  public func decision(account: AccountIndex, key: String) -> Decision? {
    records[Key(account: account, key: key)]?.decision
  }
}

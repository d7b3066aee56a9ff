public import WeirKernel

/// A stack that answers the same key of the same account the same way, however often it is asked.
///
/// For gateways and for `weir decide`: clients and workers repeat what they have sent. A repeated
/// request is answered from memory, refusals included; it writes no usage and charges nothing. A
/// repeated settlement or release gives the first account again.
///
/// Complexity: a look-up in a hash table a call. It remembers every key.
public struct IdempotentStack: Sendable {
  /// The stack.
  public var stack: Stack
  private var records: [Key: Record] = [:]

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
  public init(_ stack: Stack) { self.stack = stack }

  /// Decides on a request, or repeats what was decided under `key`.
  public mutating func decide(
    _ request: Request, key: String, at now: SimTime, _ signals: Signals = .none
  ) -> Answer {
    let key = Key(account: request.account, key: key)
    if let record = records[key] { return Answer(decision: record.decision, isReplay: true) }
    let decision = stack.decide(request, at: now, signals)
    records[key] = Record(request: request, decision: decision, decidedAt: now)
    return Answer(decision: decision, isReplay: false)
  }

  /// Decides on a request or on another in its place, or repeats what was decided under `key`.
  ///
  /// - Returns: The answer, and whether it is on the other request.
  public mutating func decide(
    _ request: Request, orElse other: Request, for reasons: [Reason], key: String, at now: SimTime,
    _ signals: Signals = .none
  ) -> (answer: Answer, isOther: Bool) {
    let key = Key(account: request.account, key: key)
    if let record = records[key] {
      let answer = Answer(decision: record.decision, isReplay: true)
      return (answer, record.request.product == other.product)
    }
    var decision = Decision(outcome: .deny, granted: .zero, shares: Shares())
    let isOther = stack.decide(
      request, orElse: other, for: reasons, at: now, signals, into: &decision)
    records[key] = Record(
      request: isOther ? other : request, decision: decision, decidedAt: now)
    return (Answer(decision: decision, isReplay: false), isOther)
  }

  /// Settles the request decided under `key` at its `actual` units, once.
  ///
  /// - Returns: `nil` when no request was admitted under `key`.
  public mutating func settle(
    account: AccountIndex, key: String, actual: Units, at now: SimTime, _ signals: Signals = .none
  ) -> Settled? {
    let key = Key(account: account, key: key)
    guard var record = records[key], record.decision.outcome != .deny else { return nil }
    if let settled = record.settled { return settled }
    // Its account may have changed its plan meanwhile.
    record.request.plan = stack.plan(of: account)
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

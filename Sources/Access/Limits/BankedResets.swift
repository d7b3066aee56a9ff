public import WeirFormats
public import WeirKernel

/// A limit that is full again at once when it is used up, as often as the account has resets
/// banked.
///
/// An account starts with some resets, more of them may come in even times, and each is kept for so
/// long. A request that the limit would not pay in full, and would pay more of when nothing had
/// been used, uses the oldest reset: all that was used is forgotten.
///
/// ## Edges
/// - A reset is used by itself; an account cannot save it for later.
/// - A cost above the whole limit is as before: reason `never`, and no reset is used.
/// - With no reset left, the wait of a refusal ends with the next reset if that comes sooner.
/// - What was taken before a reset gives nothing back when it is settled at less: its window is
///   gone.
/// - The limit is one that counts by account: plan windows, windows, logs, counters, token buckets,
///   cell rates, or several of them; resets of what accounts share are not offered.
///
/// ## Complexity
/// That of the limit, twice where it refuses; 16 bytes an account more.
///
/// ## Source
/// "Banked rate-limit resets", kept for 30 days: learn.chatgpt.com/docs/pricing, July 2026.
public struct BankedResets: WrappingLayer {
  /// The name in scenarios.
  public static let typeName = "bankedResets"
  /// One sentence for the catalogue.
  public static let summary =
    "A limit that is full again at once when used up, as often as the account has resets banked."

  /// The limit.
  public var limit: any Layer
  /// The resets that an account starts with.
  public let initial: Int64
  /// The time between two more of them; `nil` when no more come.
  public let every: SimDuration?
  /// How long each is kept; `nil` for ever.
  public let keeps: SimDuration?

  /// The limit of an account that has used nothing.
  private var unused: any Layer
  private var states: [State] = []

  private struct State: Sendable {
    /// The number of the oldest reset that has not been used, from 0.
    var next: Int64 = 0
    /// When the last one was used.
    var resetAt = SimTime(nanoseconds: .min)
  }

  /// Creates the limit.
  ///
  /// - Precondition: `limit` counts by account; `every` is positive.
  public init(
    _ limit: any Layer, initial: Int64 = 1, every: SimDuration? = nil,
    keeps: SimDuration? = .days(30)
  ) {
    self.limit = limit
    unused = limit
    self.initial = initial
    self.every = every
    self.keeps = keeps
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    let limit = fields.required(
      "limit", .variant(fields.registry(Catalogue.resettable)), "The limit that is reset.")
    let initial = fields.value(
      "initial", .integer(in: 0...1000), default: 1, "The resets that an account starts with.")
    let every = fields.optional(
      "every", .span(from: SimDuration(nanoseconds: 1)),
      "The time between two more of them, counted from the start of the run; no more come.")
    let keeps = fields.value(
      "keeps", .span(from: SimDuration(nanoseconds: 1)), default: .days(30),
      "How long each is kept.")
    fields.check(
      Self.isByAccount(limit.layer), at: "limit",
      expected: "a limit whose use each account has for itself, and which can be reset")
    self.init(limit.layer, initial: initial, every: every, keeps: keeps)
  }

  /// Whether every account has a use of its own, which a reset can forget.
  private static func isByAccount(_ limit: any Layer) -> Bool {
    switch limit {
    case let all as AllOf: all.members.allSatisfy(isByAccount)
    case is PlanAllowance: true
    case let limit as any AccountScoped: limit.scope == .account
    default: false
    }
  }

  /// No: a reset lets more pass than the limit shows.
  public var isStrict: Bool { false }

  /// No: what was used before a reset does not come back.
  public var givesBack: Bool { false }

  // MARK: Accounts

  /// Prepares the limit, and the resets of all accounts.
  public mutating func prepare(for directory: Directory) {
    limit.prepare(for: directory)
    unused.prepare(for: directory)
    states = Array(repeating: State(), count: directory.accounts)
  }

  /// Opens the account with the limit.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    limit.open(account, plan: plan, with: start)
    var newcomer = start
    newcomer.stationary = nil
    unused.open(account, plan: plan, with: newcomer)
  }

  /// Tells the limit.
  public mutating func follow(_ change: PlanChange) {
    limit.follow(change)
    unused.follow(change)
  }

  /// Has the limit take the place of the earlier one; resets stay used.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    states = Array(repeating: State(), count: succession.directory.accounts)
    unused.start(in: succession)
    guard let earlier = earlier as? Self else { return limit.succeed(earlier, in: succession) }
    states = earlier.states
    return limit.succeed(earlier.limit, in: succession)
  }

  // MARK: Requests

  /// What the limit pays, or would pay after a reset that the account has banked.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    var quote = limit.quote(cost, of: request, at: now, signals)
    guard quote.refusal != nil else { return quote }
    let anew = unused.quote(cost, of: request, at: now, signals)
    guard anew.refusal == nil || (role != .gate && anew.payable > quote.payable) else {
      return quote
    }
    if banked(by: request.account, at: now) > 0 { return anew }
    // The next reset may come before the limit pays by itself.
    if anew.refusal == nil, let wait = quote.refusal?.retryAfter, let next = nextReset(after: now) {
      quote.refusal?.retryAfter = min(wait, next - now)
    }
    return quote
  }

  /// Takes the share, after a reset where the limit needs one for it.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    resetIfShort(of: share, request, at: now)
    limit.commit(share, of: request, at: now)
  }

  /// Corrects the share with the limit; one from before a reset gives nothing back.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    let more = actual - hold.share
    if more > .zero { resetIfShort(of: more, request, at: now) }
    if hold.committedAt >= states[Int(request.account)].resetAt {
      limit.settle(hold, to: actual, of: request, at: now)
    } else if more > .zero {
      limit.commit(more, of: request, at: now)
    }
  }

  /// What the limit shows, or would after a reset that the account has banked.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    guard var meter = limit.meter(for: request, at: now) else { return nil }
    guard banked(by: request.account, at: now) > 0,
      let anew = unused.meter(for: request, at: now)
    else { return meter }
    meter.remaining = meter.remaining.flatMap { left in anew.remaining.map { max(left, $0) } }
    return meter
  }

  // MARK: Resets

  /// The resets that an account could use at `now`.
  public func banked(by account: AccountIndex, at now: SimTime) -> Int64 {
    let come = initial + (every.map { (now - SimTime.zero).nanoseconds / $0.nanoseconds } ?? 0)
    return max(0, come - max(states[Int(account)].next, expired(at: now)))
  }

  /// The number of resets whose time was over by `now`, used or not.
  private func expired(at now: SimTime) -> Int64 {
    guard let keeps, now - SimTime.zero >= keeps else { return 0 }
    return initial + (every.map { (now - SimTime.zero - keeps).nanoseconds / $0.nanoseconds } ?? 0)
  }

  /// When the next reset comes for everyone; `nil` when none does.
  private func nextReset(after now: SimTime) -> SimTime? {
    guard let every else { return nil }
    let since = SimDuration(nanoseconds: (now - SimTime.zero).nanoseconds % every.nanoseconds)
    let next = now.advanced(by: every - since)
    return next == .distantFuture ? nil : next
  }

  private mutating func resetIfShort(of share: Units, _ request: Request, at now: SimTime) {
    guard share > .zero, banked(by: request.account, at: now) > 0,
      limit.quote(share, of: request, at: now, .none).refusal != nil
    else { return }
    let index = Int(request.account)
    states[index].next = max(states[index].next, expired(at: now)) + 1
    states[index].resetAt = now
    limit.follow(
      PlanChange(
        account: request.account,
        start: AccountStart(organisation: request.organisation, team: request.team),
        from: request.plan, to: request.plan, inheritance: .reset, at: now))
  }
}

/// A limit that says whose use it counts, and follows a change of plan when that is each account's.
protocol AccountScoped: Layer {
  /// Whose use one count is of.
  var scope: Scope { get }
}

extension FixedWindow: AccountScoped {}
extension SlidingLog: AccountScoped {}
extension SlidingCounter: AccountScoped {}
extension TokenBucket: AccountScoped {}
extension GenericCellRate: AccountScoped {}

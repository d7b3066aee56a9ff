public import WeirFormats
public import WeirKernel

/// One part of an access stack: a gate, an allowance or a fund.
///
/// A layer is a plain struct with value semantics: its fields, and dense arrays of small states by
/// account, organisation or for everyone. A copy is a snapshot. It knows no simulator: time comes
/// in as an argument, load as ``Signals``, randomness in the request.
///
/// ## Implementation requirements
///
/// A stack calls, in this order:
/// 1. ``prepare(for:)`` once, then ``open(_:plan:with:)`` once for each account.
/// 2. ``quote(_:of:at:_:)`` at each decision. It is pure and deterministic: explain, peek and
///    shadow decisions call it too. Times never decrease from call to call.
/// 3. ``commit(_:of:at:)`` only for a request that is admitted or held, at the time of the quote,
///    with a share of at most ``Quote/payable`` (gates: the whole cost). A refused request reaches
///    no `commit`. A layer that keeps a request (``Quote/delay``) is not told when it goes on.
/// 4. ``settle(_:to:of:at:)`` exactly once for each commit, when the request has ended. A share
///    that was too large goes back as far as it still counts; a request that never started
///    settles to zero.
/// 5. ``observe(_:of:at:)`` for everything that happens, refusals included, when ``observes``.
///
/// Every requirement but `quote` and `commit` has a default that does nothing.
///
/// ## What some layers can do besides
/// Each of these is a protocol of its own, which a layer conforms to where it applies:
/// ``CreditFund`` (its shares become money), ``UnitFund`` (it keeps balances in units),
/// ``AdaptiveLimit`` (it sets itself a limit by the load), ``BehaviourJudge`` (it holds accounts
/// for suspicious) and ``AlarmSource`` (it watches all traffic). A layer around another one is a
/// ``WrappingLayer``.
public protocol Layer: Declared, Sendable {
  /// The name of the layer's type in a scenario, such as `tokenBucket`.
  static var typeName: String { get }

  /// What the layer is, in one sentence, for the catalogue.
  static var summary: String { get }

  /// What the layer's fields name, to be checked against the scenario.
  var fieldNames: FieldNames { get }

  /// Whether the layer lets pass, counts, or pays.
  var role: Role { get }

  /// Tells the layer how many others of its type stand before it in the stack, unless none does.
  ///
  /// For samples: two layers of one type that are to refuse by chance must not share theirs. Called
  /// before ``prepare(for:)``.
  mutating func stand(behind others: Int)

  /// Sizes the layer's state for the accounts, teams and organisations of `directory`.
  mutating func prepare(for directory: Directory)

  /// Gives `account` the state that it starts with: its balance, and that of a long life if asked.
  mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart)

  /// Carries what an account has used over to another plan.
  ///
  /// Called when its plan changes, before anything is asked for it on the new plan.
  mutating func follow(_ change: PlanChange)

  /// Takes the place of `earlier`, for all accounts and in the middle of its windows.
  ///
  /// Called instead of ``prepare(for:)`` and ``open(_:plan:with:)``.
  ///
  /// - Returns: Whether it has taken over what `earlier` counted, so that the holds of `earlier`
  ///   are to be settled with it.
  mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool

  /// How much of `cost` the layer would pay for `request` at `now`, without any effect.
  func quote(_ cost: Units, of request: Request, at now: SimTime, _ signals: Signals) -> Quote

  /// Takes `share` for `request`, which has just been admitted.
  mutating func commit(_ share: Units, of request: Request, at now: SimTime)

  /// Corrects a committed share to the `actual` one, now that `request` has ended.
  mutating func settle(_ hold: Hold, to actual: Units, of request: Request, at now: SimTime)

  /// Whether ``observe(_:of:at:)`` is to be called.
  var observes: Bool { get }

  /// Learns what became of `request`.
  mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime)

  /// Learns the load of the fleet, whenever a new sample is delivered.
  mutating func receive(_ signals: Signals, at now: SimTime)

  /// What the account of `request` sees of this layer; `nil` when it shows nothing.
  func meter(for request: Request, at now: SimTime) -> Meter?

  /// Whether the layer never takes more than its meter shows: no for one that lets a request pass
  /// while anything is left, whatever it costs.
  var isStrict: Bool { get }

  /// Whether what is settled at less than its share is there again: no where it took a place in a
  /// queue, which stays empty then.
  var givesBack: Bool { get }

  /// Whether a `retryAfter` is exact when nothing else happens: a nanosecond earlier is refused.
  var waitsAreExact: Bool { get }
}

/// What a layer does for a request.
@frozen
public enum Role: String, CaseIterable, Hashable, Sendable {
  /// Answers yes, or not yet; pays nothing.
  case gate
  /// Pays from a window or bucket that fills up again by itself.
  case allowance
  /// Pays what allowances leave, from a balance.
  case fund
}

/// A committed share: what a layer took for a request, and when.
@frozen
public struct Hold: Hashable, Sendable {
  /// The units taken.
  public var share: Units
  /// When they were taken.
  public var committedAt: SimTime

  /// Creates a hold.
  @inlinable
  public init(share: Units, committedAt: SimTime) {
    self.share = share
    self.committedAt = committedAt
  }
}

/// What became of a request, as trackers and load control learn it.
@frozen
public enum Feedback: Sendable {
  /// The stack admitted it, to go on at once or after a hold.
  case admitted
  /// The stack refused it.
  case denied(Reason)
  /// It started after waiting in the queue.
  case started(waited: SimDuration)
  /// It ended well, having cost `actual`, `latency` after it went on to the fleet.
  case completed(actual: Units, latency: SimDuration)
  /// It ended badly, `latency` after it went on to the fleet.
  case failed(latency: SimDuration)
  /// It left before it started, having `waited` in the queue; no time when it was still held.
  case abandoned(waited: SimDuration)
}

/// What an account comes with when the world begins.
@frozen
public struct AccountStart: Sendable {
  /// The organisation of the account.
  public var organisation: OrganisationIndex
  /// The team of the account within its organisation.
  public var team: TeamIndex
  /// The credits that its population gives it; `nil` when the population says nothing.
  public var balance: Credits?
  /// How it looks in the middle of a long life; `nil` for a newcomer.
  public var stationary: Stationary?

  /// The middle of a long life.
  @frozen
  public struct Stationary: Sendable {
    /// A uniform sample in [0, 2³²): how far the account's period has come, as a part of 2³².
    public var phase: UInt32
    /// The demand that the account is expected to make, in units a day.
    public var demandPerDay: Units

    /// Creates the description.
    @inlinable
    public init(phase: UInt32, demandPerDay: Units) {
      self.phase = phase
      self.demandPerDay = demandPerDay
    }
  }

  /// Creates a start.
  @inlinable
  public init(
    organisation: OrganisationIndex, team: TeamIndex? = nil, balance: Credits? = nil,
    stationary: Stationary? = nil
  ) {
    self.organisation = organisation
    self.team = team ?? organisation
    self.balance = balance
    self.stationary = stationary
  }
}

extension Layer {
  /// None.
  public var fieldNames: FieldNames { FieldNames() }

  /// Yes.
  public var isStrict: Bool { true }

  /// Yes.
  public var givesBack: Bool { true }

  /// Yes.
  public var waitsAreExact: Bool { true }

  /// Does nothing: the layer takes no samples.
  public mutating func stand(behind others: Int) {}

  /// Does nothing: the layer keeps no state by account.
  public mutating func prepare(for directory: Directory) {}

  /// Does nothing: all accounts start alike.
  public mutating func open(
    _ account: AccountIndex, plan: PlanIndex, with start: AccountStart
  ) {}

  /// Does nothing: what was used counts under the new plan as it did under the old one.
  public mutating func follow(_ change: PlanChange) {}

  /// Starts anew, with newcomers: nothing of `earlier` is understood.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    return false
  }

  /// Prepares the layer for the accounts of a succession, all newcomers.
  mutating func start(in succession: Succession) {
    prepare(for: succession.directory)
    for account in succession.directory.planOfAccount.indices {
      open(
        AccountIndex(account), plan: succession.directory.planOfAccount[account],
        with: succession.directory.start(of: AccountIndex(account)))
    }
  }

  /// Does nothing: what was taken stays taken.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {}

  /// No: the layer learns from its own commits alone.
  @inlinable
  public var observes: Bool { false }

  /// Does nothing.
  public mutating func observe(
    _ feedback: Feedback, of request: Request, at now: SimTime
  ) {}

  /// Does nothing: the layer does not follow the load.
  public mutating func receive(_ signals: Signals, at now: SimTime) {}

  /// Nothing to see.
  public func meter(for request: Request, at now: SimTime) -> Meter? { nil }
}

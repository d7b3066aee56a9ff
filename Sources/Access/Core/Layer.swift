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
public protocol Layer: Declared, Sendable {
  /// The name of the layer's type in a scenario, such as `tokenBucket`.
  static var typeName: String { get }

  /// What the layer is, in one sentence, for the catalogue.
  static var summary: String { get }

  /// The plans that the layer's fields name, to be checked against those of the scenario.
  var planNames: [Located<String>] { get }

  /// The products that the layer's fields name, to be checked against those of the scenario.
  var productNames: [Located<String>] { get }

  /// The operations that the layer's fields name, to be checked against those of the scenario.
  var operationNames: [Located<String>] { get }

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

  /// The limit that a layer which follows the load has in force now; `nil` for all others.
  var limitInForce: Units? { get }

  /// What a layer whose price follows the load multiplies it by for decisions at `now`, for the
  /// product for which that is most; `nil` for all others.
  func priceInForce(at now: SimTime) -> Ratio?

  /// Whether the layer holds the behaviour of `account` for suspicious at `now`.
  func isFlagged(_ account: AccountIndex, at now: SimTime) -> Bool

  /// When the layer first held the behaviour of `account` for suspicious; `nil` when it never did.
  func firstFlagged(_ account: AccountIndex) -> SimTime?

  /// When the layer first acted against the behaviour of `account`; `nil` when it never did.
  ///
  /// A layer acts when it begins to refuse what it would have let pass before. In shadow this is
  /// when it would have begun. An account that is flagged and left alone is not acted against.
  func firstActedAgainst(_ account: AccountIndex) -> SimTime?

  /// Whether the layer judges the behaviour of accounts, and may act against them.
  var judgesBehaviour: Bool { get }

  /// Whether the layer watches all traffic and raises alarms.
  var raisesAlarms: Bool { get }

  /// The alarms that the layer raised over all traffic, in their order; most layers raise none.
  var alarms: [Alarm] { get }

  /// How the layer's shares become money; `nil` when they do not.
  var charging: Charging? { get }

  /// The charge for `units` of `request`, rounded once, half up. Called only when ``charging``.
  func charge(for units: Units, of request: Request) -> Credits

  /// The charge for `units` of a request that was decided at `time`, where the price has changed
  /// since. Called only when ``charging``.
  func charge(for units: Units, of request: Request, decidedAt time: SimTime) -> Credits

  /// The owner of the balance that pays for `request`. Called only when ``charging``.
  func owner(of request: Request) -> OwnerIndex

  /// The settled balance of `owner`. Called only when ``charging``.
  func balance(of owner: OwnerIndex) -> Credits

  /// Changes a balance by a settled update; ``BalanceUpdate/kind`` says why.
  ///
  /// Called only when ``charging``, at most once for each update.
  mutating func apply(_ update: BalanceUpdate)

  /// What may be advanced to `owner` when a debit takes more than its balance.
  func advance(to owner: OwnerIndex, at now: SimTime) -> Credits

  /// What was advanced to `owner`, and neither repaid nor forgiven.
  func debt(of owner: OwnerIndex, at now: SimTime) -> Credits

  /// What `owner` owed when a period ended by `now`, that the house paid then and that no update
  /// of the balance has told yet; `nil` when nothing. Called only when
  /// ``Charging/forgivesDebts``.
  func forgiven(to owner: OwnerIndex, by now: SimTime) -> Forgiveness?

  /// Begins to write down every change of the balances that the layer keeps in units.
  ///
  /// Called after ``prepare(for:)`` and before ``open(_:plan:with:)``, where events are written
  /// down at all. It changes nothing of what the layer decides.
  ///
  /// - Returns: Whether the layer keeps balances in units.
  mutating func keepBooks() -> Bool

  /// Writes down what has come by itself to the account of `request` until `now`. Called only when
  /// ``keepBooks()``.
  mutating func book(_ request: Request, to now: SimTime)

  /// Hands over what has been written down since the last time, in order; the changes of each
  /// account in the order of their times.
  mutating func takeBookings() -> [UnitBooking]

  /// What `owner` buys by itself; `nil` when nothing. What is returned is applied.
  ///
  /// Called when ``Charging/topsUp``: after a debit, when the account has been opened, and when
  /// ``nextPurchase(for:at:)`` says.
  mutating func automaticPurchase(for owner: OwnerIndex, at now: SimTime) -> Credits?

  /// When `owner` would buy by itself, if it would now but has bought too often; `nil` otherwise.
  func nextPurchase(for owner: OwnerIndex, at now: SimTime) -> SimTime?
}

/// The dense index of who owns a balance: an account or an organisation, as the fund says.
public typealias OwnerIndex = UInt32

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
  public var planNames: [Located<String>] { [] }

  /// None.
  public var productNames: [Located<String>] { [] }

  /// None.
  public var operationNames: [Located<String>] { [] }

  /// Yes.
  public var isStrict: Bool { true }

  /// Yes.
  public var givesBack: Bool { true }

  /// Yes.
  public var waitsAreExact: Bool { true }

  /// None: the layer does not follow the load.
  public var limitInForce: Units? { nil }

  /// None: there is no price, or it does not follow the load.
  public func priceInForce(at now: SimTime) -> Ratio? { nil }

  /// No: the layer judges nobody.
  public func isFlagged(_ account: AccountIndex, at now: SimTime) -> Bool { false }

  /// Never.
  public func firstFlagged(_ account: AccountIndex) -> SimTime? { nil }

  /// As soon as it was flagged: the layer acts against everyone whom it holds for suspicious.
  public func firstActedAgainst(_ account: AccountIndex) -> SimTime? { firstFlagged(account) }

  /// No.
  public var judgesBehaviour: Bool { false }

  /// No.
  public var raisesAlarms: Bool { false }

  /// None.
  public var alarms: [Alarm] { [] }

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

  /// Shares are not charged.
  @inlinable
  public var charging: Charging? { nil }

  /// Nothing.
  public func charge(for units: Units, of request: Request) -> Credits { .zero }

  /// The account of the request.
  public func owner(of request: Request) -> OwnerIndex { request.account }

  /// Nothing.
  public func balance(of owner: OwnerIndex) -> Credits { .zero }

  /// The charge now: the price does not change.
  public func charge(
    for units: Units, of request: Request, decidedAt time: SimTime
  ) -> Credits { charge(for: units, of: request) }

  /// Does nothing.
  public mutating func apply(_ update: BalanceUpdate) {}

  /// Nothing: what is overshot is refunded.
  public func advance(to owner: OwnerIndex, at now: SimTime) -> Credits { .zero }

  /// Nothing.
  public func debt(of owner: OwnerIndex, at now: SimTime) -> Credits { .zero }

  /// Nothing.
  public func forgiven(to owner: OwnerIndex, by now: SimTime) -> Forgiveness? { nil }

  /// Never.
  public func nextPurchase(for owner: OwnerIndex, at now: SimTime) -> SimTime? { nil }

  /// No: the layer keeps no balances in units.
  public mutating func keepBooks() -> Bool { false }

  /// Does nothing.
  public mutating func book(_ request: Request, to now: SimTime) {}

  /// Nothing.
  public mutating func takeBookings() -> [UnitBooking] { [] }

  /// Nothing.
  public mutating func automaticPurchase(
    for owner: OwnerIndex, at now: SimTime
  ) -> Credits? { nil }
}

public import WeirKernel

/// How the shares of a fund become money.
@frozen
public struct Charging: Hashable, Sendable {
  /// The time from the monetization event to the balance update.
  public var settlementLag: SimDuration
  /// Whether accounts may buy more of this balance.
  public var acceptsPurchases: Bool
  /// Whether debts are forgiven at times.
  public var forgivesDebts: Bool
  /// Whether owners buy by themselves.
  public var topsUp: Bool

  /// Creates the terms.
  @inlinable
  public init(
    settlementLag: SimDuration, acceptsPurchases: Bool, forgivesDebts: Bool = false,
    topsUp: Bool = false
  ) {
    self.settlementLag = settlementLag
    self.acceptsPurchases = acceptsPurchases
    self.forgivesDebts = forgivesDebts
    self.topsUp = topsUp
  }
}

/// What the amounts of a charge and of a balance count.
@frozen
public enum Measure: String, CaseIterable, Hashable, Sendable {
  /// Micro-credits.
  case microCredits = "micro-credits"
  /// Units of the product, one for each micro-credit that the amount says: of what is given in
  /// units and has no price, such as grants.
  case units
}

/// What was used: written for every request, whoever pays, the refused ones with no units.
@frozen
public struct UsageEvent: Hashable, Sendable {
  /// The account that used it; with ``ordinal`` the event's idempotency key.
  public var account: AccountIndex
  /// The number of the request among those of its account.
  public var ordinal: UInt32
  /// When it was settled or refused.
  public var at: SimTime
  /// The product used.
  public var product: ProductIndex
  /// The model used.
  public var model: ModelIndex
  /// The operation used.
  public var operation: OperationIndex
  /// The units used.
  public var units: Units

  /// Creates an event.
  @inlinable
  public init(
    account: AccountIndex, ordinal: UInt32, at: SimTime, product: ProductIndex, model: ModelIndex,
    operation: OperationIndex, units: Units
  ) {
    self.account = account
    self.ordinal = ordinal
    self.at = at
    self.product = product
    self.model = model
    self.operation = operation
    self.units = units
  }
}

/// What of a use is charged to one fund.
@frozen
public struct MonetizationEvent: Hashable, Sendable {
  /// The account that used it; with ``ordinal`` and ``layer`` the event's idempotency key.
  public var account: AccountIndex
  /// The number of the request among those of its account.
  public var ordinal: UInt32
  /// The fund, as an index into the stack.
  public var layer: UInt8
  /// The owner of the balance that pays.
  public var owner: OwnerIndex
  /// The number of this event among those of its owner and fund, from 1.
  public var sequence: UInt32
  /// When the use was settled.
  public var at: SimTime
  /// When the balance update falls due; distant when that is up to its delivery.
  public var due: SimTime
  /// The units charged.
  public var units: Units
  /// The charge.
  public var amount: Credits
  /// What the charge counts.
  public var measure: Measure

  /// Creates an event.
  @inlinable
  public init(
    account: AccountIndex, ordinal: UInt32, layer: UInt8, owner: OwnerIndex, sequence: UInt32,
    at: SimTime, due: SimTime, units: Units, amount: Credits, measure: Measure = .microCredits
  ) {
    self.account = account
    self.ordinal = ordinal
    self.layer = layer
    self.owner = owner
    self.sequence = sequence
    self.at = at
    self.due = due
    self.units = units
    self.amount = amount
    self.measure = measure
  }
}

/// One change of a balance.
@frozen
public struct BalanceUpdate: Hashable, Sendable {
  /// Why the balance changed.
  public var kind: Kind
  /// The fund, as an index into the stack.
  public var layer: UInt8
  /// The owner of the balance.
  public var owner: OwnerIndex
  /// When it changed.
  public var at: SimTime
  /// By how much: debits and expiries are negative.
  public var amount: Credits
  /// The account whose request caused it, or that bought.
  public var account: AccountIndex
  /// The number of that request among those of its account; 0 where there is none.
  public var ordinal: UInt32
  /// The balance after it, as the fund that decides has it; `nil` when nobody has said.
  public var balance: Credits?
  /// What the amount and the balance count.
  public var measure: Measure

  /// Why a balance changes.
  @frozen
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The balance that the account came with.
    case initial
    /// The account bought credits.
    case purchase
    /// Credits were given.
    case grant
    /// A use was charged.
    case debit
    /// A debit overshot the balance, and the excess went back.
    case overshootRefund
    /// A debit overshot the balance, and the excess was advanced.
    case advance
    /// The house paid what was owed; a repayment follows.
    case forgiveness
    /// Credits that had been advanced were taken back from new ones.
    case repayment
    /// Credits ran out of time.
    case expiry
  }

  /// Creates an update.
  @inlinable
  public init(
    kind: Kind, layer: UInt8, owner: OwnerIndex, at: SimTime, amount: Credits,
    account: AccountIndex, ordinal: UInt32, balance: Credits? = nil,
    measure: Measure = .microCredits
  ) {
    self.kind = kind
    self.layer = layer
    self.owner = owner
    self.at = at
    self.amount = amount
    self.account = account
    self.ordinal = ordinal
    self.balance = balance
    self.measure = measure
  }
}

/// One record of the three chained streams.
@frozen
public enum LedgerEvent: Hashable, Sendable {
  /// What was used.
  case usage(UsageEvent)
  /// What of it is charged.
  case monetization(MonetizationEvent)
  /// What that changed.
  case balanceUpdate(BalanceUpdate)
}

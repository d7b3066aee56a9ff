public import WeirKernel

/// How the shares of a fund become money.
@frozen
public struct Charging: Hashable, Sendable {
  /// The time from the monetization event to the balance update.
  public var settlementLag: SimDuration
  /// Whether accounts may buy more of this balance.
  public var acceptsPurchases: Bool

  /// Creates the terms.
  @inlinable
  public init(settlementLag: SimDuration, acceptsPurchases: Bool) {
    self.settlementLag = settlementLag
    self.acceptsPurchases = acceptsPurchases
  }
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

  /// Creates an event.
  @inlinable
  public init(
    account: AccountIndex, ordinal: UInt32, layer: UInt8, owner: OwnerIndex, sequence: UInt32,
    at: SimTime, due: SimTime, units: Units, amount: Credits
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
    /// Credits ran out of time.
    case expiry
  }

  /// Creates an update.
  @inlinable
  public init(
    kind: Kind, layer: UInt8, owner: OwnerIndex, at: SimTime, amount: Credits,
    account: AccountIndex, ordinal: UInt32, balance: Credits? = nil
  ) {
    self.kind = kind
    self.layer = layer
    self.owner = owner
    self.at = at
    self.amount = amount
    self.account = account
    self.ordinal = ordinal
    self.balance = balance
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

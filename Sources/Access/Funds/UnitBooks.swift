public import WeirKernel

/// A change of a balance that a fund keeps in units, as the fund itself writes it down.
@frozen
public struct UnitBooking: Hashable, Sendable {
  /// Why the balance changed.
  public var kind: BalanceUpdate.Kind
  /// The account that owns the balance.
  public var account: AccountIndex
  /// The number of the request that caused it among those of its account; 0 where there is none.
  public var ordinal: UInt32
  /// When it changed.
  public var at: SimTime
  /// By how many units: debits and expiries are negative.
  public var units: Units
  /// The balance after it, as the fund has it.
  public var balance: Units
}

/// The books of a fund that keeps its balances in units: what it tells the ledger.
///
/// A balance in the books is what the account has left, with what it was promised and has not
/// settled. It is never below zero: what a use takes beyond it is advanced, is owed from then on,
/// and is repaid by the next units that come, as with credits.
struct UnitBooks: Sendable {
  private(set) var bookings: [UnitBooking] = []
  private var accounts: [Account]

  private struct Account: Sendable {
    var balance = Units.zero
    var owed = Units.zero
    var promised = Units.zero
    var asOf = SimTime.zero
  }

  /// Creates the books of so many accounts, with nothing in them.
  init(accounts: Int) { self.accounts = Array(repeating: Account(), count: accounts) }

  /// Until when what came by itself has been booked for `account`.
  func asOf(_ account: AccountIndex) -> SimTime { accounts[Int(account)].asOf }

  /// Says that what came by itself has been booked until `now`.
  mutating func follow(_ account: AccountIndex, to now: SimTime) {
    accounts[Int(account)].asOf = max(accounts[Int(account)].asOf, now)
  }

  /// Books what an account begins with, and what it owes from before.
  mutating func begin(
    _ account: AccountIndex, with units: Units, owing owed: Units = .zero, at now: SimTime
  ) {
    let owner = Request(account: account, cost: .zero)
    accounts[Int(account)].owed = owed
    book(.initial, units, owner, at: now)
    follow(account, to: now)
  }

  /// Promises units to a request that has been admitted.
  mutating func promise(_ units: Units, to account: AccountIndex) {
    accounts[Int(account)].promised += units
  }

  /// Books what a request used of the units that it was promised.
  ///
  /// `standing` is what the fund has left for the account afterwards, less what is overdrawn. Of
  /// what was given back, that lacks what has expired meanwhile.
  mutating func settle(
    _ promised: Units, to actual: Units, of request: Request, at now: SimTime, standing: Units
  ) {
    let index = Int(request.account)
    accounts[index].promised -= promised
    let expected = accounts[index].balance - accounts[index].owed - actual
    let lost = expected - standing - accounts[index].promised
    book(.debit, -actual, request, at: now)
    book(.expiry, -max(.zero, lost), request, at: now)
    state(standing, of: request.account)
  }

  /// Books what came by itself, or with another plan: what was lost, forgiven and given.
  mutating func change(
    lost: Units, forgiven: Units = .zero, given: Units, _ account: AccountIndex,
    at now: SimTime, standing: Units
  ) {
    let owner = Request(account: account, cost: .zero)
    book(.expiry, -lost, owner, at: now)
    book(.forgiveness, forgiven, owner, at: now)
    book(.grant, given, owner, at: now)
    state(standing, of: account)
  }

  /// Hands over the bookings since the last time.
  mutating func take() -> [UnitBooking] {
    defer { bookings.removeAll(keepingCapacity: true) }
    return bookings
  }

  /// Books a change, and what it advances or repays.
  private mutating func book(
    _ kind: BalanceUpdate.Kind, _ units: Units, _ request: Request, at now: SimTime
  ) {
    guard units != .zero else { return }
    append(kind, units, request, at: now)
    let index = Int(request.account)
    let owed = accounts[index].owed
    if accounts[index].balance < .zero {
      accounts[index].owed = owed - accounts[index].balance
      append(.advance, -accounts[index].balance, request, at: now)
    } else if owed > .zero, accounts[index].balance > .zero {
      let repaid = min(owed, accounts[index].balance)
      accounts[index].owed = owed - repaid
      append(.repayment, -repaid, request, at: now)
    }
  }

  private mutating func append(
    _ kind: BalanceUpdate.Kind, _ units: Units, _ request: Request, at now: SimTime
  ) {
    let index = Int(request.account)
    accounts[index].balance += units
    bookings.append(
      UnitBooking(
        kind: kind, account: request.account, ordinal: request.ordinal, at: now, units: units,
        balance: accounts[index].balance))
  }

  /// Has the last booking state the balance as the fund itself has it, which an audit compares with
  /// the sum of the bookings.
  private mutating func state(_ standing: Units, of account: AccountIndex) {
    guard let last = bookings.indices.last, bookings[last].account == account else { return }
    bookings[last].balance = max(.zero, standing + accounts[Int(account)].promised)
  }
}

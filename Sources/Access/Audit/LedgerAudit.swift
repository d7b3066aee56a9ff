public import WeirKernel

/// Recomputes balances from the streams of usage, money and balance updates, and nothing else.
///
/// Events come in their order, or stream by stream: a charge after its usage, the debits of one
/// balance in the order of their charges. A charge that does not say when its debit is due was
/// delivered, and its debit may come at any time after it. The audit stops at the first
/// discrepancy.
///
/// Complexity: O(1) an event, with a look-up in a hash table; it remembers every request.
public struct LedgerAudit: Sendable {
  /// The first thing that is wrong; `nil` as long as nothing is.
  public private(set) var discrepancy: LedgerDiscrepancy?

  private var uses: [RequestKey: Use] = [:]
  private var places: [BalanceKey: Int] = [:]
  private var accounts: [Account] = []

  private struct RequestKey: Hashable {
    var account: AccountIndex
    var ordinal: UInt32
  }

  private struct BalanceKey: Hashable {
    var layer: UInt8
    var owner: OwnerIndex
  }

  private struct Use {
    var used: Units
    var at: SimTime
    var charged = Units.zero
  }

  /// What is known of one balance.
  private struct Account {
    var key: BalanceKey
    var balance = Credits.zero
    var charges: [MonetizationEvent] = []
    /// The number of charges that have been debited.
    var debited = 0
    /// What was advanced and not repaid.
    var owed = Credits.zero
    /// What the amounts count; `nil` before the first.
    var measure: Measure?
  }

  /// Creates an audit that has seen nothing.
  public init() {}

  /// The first discrepancy in whole streams, up to `end`; `nil` when there is none.
  public static func firstDiscrepancy(
    in events: some Sequence<LedgerEvent>, until end: SimTime = .distantFuture
  ) -> LedgerDiscrepancy? {
    var audit = LedgerAudit()
    for event in events { audit.record(event) }
    audit.finish(at: end)
    return audit.discrepancy
  }

  /// The balance that the updates come to.
  public func balance(layer: Int, owner: OwnerIndex) -> Credits {
    places[BalanceKey(layer: UInt8(layer), owner: owner)].map { accounts[$0].balance } ?? .zero
  }

  /// Checks the next event; after a discrepancy nothing more is checked.
  public mutating func record(_ event: LedgerEvent) {
    guard discrepancy == nil else { return }
    switch event {
    case .usage(let event): record(event)
    case .monetization(let event): record(event)
    case .balanceUpdate(let update): record(update)
    }
  }

  /// Checks what must hold when all events up to `end` have been seen.
  public mutating func finish(at end: SimTime) {
    for account in accounts where discrepancy == nil {
      checkOvershoot(account)
      if account.debited < account.charges.count, account.charges[account.debited].due <= end {
        discrepancy = discrepancy ?? .missingDebit(account.charges[account.debited])
      }
    }
  }

  /// Checks a balance that is stated elsewhere, such as that of a running stack.
  public mutating func check(balance stated: Credits, layer: Int, owner: OwnerIndex) {
    let computed = balance(layer: layer, owner: owner)
    guard discrepancy == nil, computed != stated else { return }
    discrepancy = .wrongBalance(
      layer: UInt8(layer), owner: owner, stated: stated, computed: computed)
  }

  private mutating func record(_ event: UsageEvent) {
    let key = RequestKey(account: event.account, ordinal: event.ordinal)
    if uses.updateValue(Use(used: event.units, at: event.at), forKey: key) != nil {
      discrepancy = .duplicateUsage(event)
    }
  }

  private mutating func record(_ event: MonetizationEvent) {
    let key = RequestKey(account: event.account, ordinal: event.ordinal)
    guard var use = uses[key] else {
      discrepancy = .chargeWithoutUsage(event)
      return
    }
    if event.at != use.at { discrepancy = .untimelyCharge(event, settled: use.at) }
    use.charged += event.units
    uses[key] = use
    if use.charged > use.used {
      discrepancy =
        discrepancy ?? .chargedAboveUsage(event, charged: use.charged, used: use.used)
    }
    let place = place(of: BalanceKey(layer: event.layer, owner: event.owner))
    check(event.measure, at: place)
    if event.measure == .units, event.amount.micro != event.units.count {
      discrepancy = discrepancy ?? .wrongUnits(event)
    }
    let expected = UInt32(accounts[place].charges.count) + 1
    if event.sequence != expected {
      discrepancy = discrepancy ?? .chargeOutOfSequence(event, expected: expected)
    }
    accounts[place].charges.append(event)
  }

  private mutating func record(_ update: BalanceUpdate) {
    let place = place(of: BalanceKey(layer: update.layer, owner: update.owner))
    check(update.measure, at: place)
    let overshoot = -min(.zero, accounts[place].balance)
    switch update.kind {
    case .overshootRefund where update.amount != overshoot || overshoot == .zero,
      .advance where update.amount > overshoot:
      discrepancy = discrepancy ?? .wrongRefund(update, overshoot: overshoot)
    case .overshootRefund, .advance: break
    default: checkOvershoot(accounts[place])
    }
    if update.kind == .advance { accounts[place].owed += update.amount }
    if update.kind == .repayment {
      accounts[place].owed += update.amount
      if accounts[place].owed < .zero {
        discrepancy = discrepancy ?? .wrongRepayment(update, above: -accounts[place].owed)
      }
    }
    let takes = [.debit, .expiry, .repayment].contains(update.kind)
    if takes ? update.amount > .zero : update.amount < .zero {
      discrepancy = discrepancy ?? .wrongSign(update)
    }
    if update.kind == .debit { debit(update, at: place) }
    accounts[place].balance += update.amount
    if let stated = update.balance {
      check(balance: stated, layer: Int(update.layer), owner: update.owner)
    }
  }

  private mutating func debit(_ update: BalanceUpdate, at place: Int) {
    let account = accounts[place]
    guard account.debited < account.charges.count,
      account.charges[account.debited].account == update.account,
      account.charges[account.debited].ordinal == update.ordinal
    else {
      discrepancy = discrepancy ?? .debitWithoutCharge(update)
      return
    }
    let charge = account.charges[account.debited]
    accounts[place].debited += 1
    if update.amount != -charge.amount {
      discrepancy = discrepancy ?? .wrongDebit(update, charged: charge.amount)
    } else if charge.due != .distantFuture, update.at != charge.due {
      discrepancy = discrepancy ?? .untimelyDebit(update, due: charge.due)
    } else if update.at < charge.at {
      discrepancy = discrepancy ?? .untimelyDebit(update, due: charge.at)
    }
  }

  /// Checks that all amounts of a balance count the same.
  private mutating func check(_ measure: Measure, at place: Int) {
    let account = accounts[place]
    accounts[place].measure = measure
    guard let first = account.measure, first != measure else { return }
    discrepancy =
      discrepancy
      ?? .mixedMeasures(layer: account.key.layer, owner: account.key.owner, first, measure)
  }

  private mutating func checkOvershoot(_ account: Account) {
    guard account.balance < .zero else { return }
    discrepancy =
      discrepancy
      ?? .unrefundedOvershoot(
        layer: account.key.layer, owner: account.key.owner, balance: account.balance)
  }

  private mutating func place(of key: BalanceKey) -> Int {
    if let place = places[key] { return place }
    places[key] = accounts.count
    accounts.append(Account(key: key))
    return accounts.count - 1
  }
}

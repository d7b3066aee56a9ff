import WeirAccess
import WeirKernel

extension World {
  /// Keeps one pending settlement event, at the time at which the next debit falls due.
  mutating func scheduleSettlement() {
    takeJournal()
    let due = stack.nextDue
    guard due < settlementAt else { return }
    settlementAt = due
    queue.push(Event(time: max(due, now), kind: EventKind.settlement, entity: 0))
  }

  /// Applies the balance updates that fall due now.
  mutating func settleBalances() {
    guard settlementAt <= now else { return }
    stack.advance(to: now)
    settlementAt = .distantFuture
    scheduleSettlement()
  }

  /// Hands the records of the ledger to the recorder.
  mutating func takeJournal() {
    stack.takeJournal { recorder.ledger($0) }
  }

  /// Whether a balance of the account could pay the whole request by itself.
  func isFunded(_ request: Request) -> Bool {
    for payer in stack.payers where stack.layers[payer].charging != nil {
      let owner = stack.layers[payer].owner(of: request)
      let balance = stack.layers[payer].balance(of: owner)
      guard balance > .zero else { continue }
      if balance >= stack.layers[payer].charge(for: request.cost, of: request) { return true }
    }
    return false
  }

  /// Starts buying credits, if the account does such a thing and credits would help.
  mutating func startsPurchase(_ slot: UInt32, _ request: Request) -> Bool {
    let index = Int(slot)
    guard sessions[index].decision.refusal?.reason == .insufficient, stack.acceptsPurchases,
      let purchasing = behaviours[Int(sessions[index].population)].purchasing
    else { return false }
    let account = Int(sessions[index].account)
    let spent = accounts[account].spent + purchasing.pack
    guard purchasing.budget.map({ spent <= $0 }) ?? true else { return false }
    var samples = sessions[index].callKey.samples(.purchase, index: sessions[index].attempts)
    guard samples.uniform() < purchasing.propensity else { return false }
    let checkout = SimDuration(rounding: max(0, purchasing.checkout.sample(&samples)))
    accounts[account].spent = spent
    sessions[index].wakesAt = now + checkout
    queue.push(
      Event(
        time: now + checkout, kind: EventKind.timer, entity: AccountIndex(account), ordinal: slot))
    return true
  }

  /// The credits are there: the refused intent is attempted again at once.
  mutating func finishPurchase(_ slot: UInt32) {
    let index = Int(slot)
    let population = Int(sessions[index].population)
    if let pack = behaviours[population].purchasing?.pack {
      _ = stack.purchase(pack, for: request(index), at: now)
    }
    scheduleSettlement()
    attempt(slot)
  }
}

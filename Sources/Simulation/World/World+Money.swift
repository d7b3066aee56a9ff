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
      let layer = stack.layers[payer]
      let balance = layer.balance(of: layer.owner(of: request))
      if balance > .zero, balance >= layer.charge(for: request.cost, of: request) { return true }
    }
    return false
  }

  /// Starts buying credits, if the account does such a thing and credits would help.
  mutating func startsPurchase(_ slot: UInt32, _ request: Request) -> Bool {
    let index = Int(slot)
    let session = sessions[index]
    let population = populations[Int(session.population)]
    guard let purchasing = population.behaviour.purchasing,
      session.decision.refusal?.reason == .insufficient,
      stack.acceptsPurchases
    else { return false }
    let spent = accounts[Int(session.account)].spent + purchasing.pack
    guard purchasing.budget.map({ spent <= $0 }) ?? true else { return false }
    var samples = session.callKey.samples(.purchase, index: session.attempts)
    guard samples.uniform() < purchasing.propensity else { return false }
    let checkout = SimDuration(rounding: max(0, purchasing.checkout.sample(&samples)))
    accounts[Int(session.account)].spent = spent
    sessions[index].wakesAt = now + checkout
    queue.push(
      Event(time: now + checkout, kind: EventKind.timer, entity: session.account, ordinal: slot))
    return true
  }

  /// The credits are there: the refused intent is attempted again at once.
  mutating func finishPurchase(_ slot: UInt32) {
    let session = sessions[Int(slot)]
    let population = populations[Int(session.population)]
    if let pack = population.behaviour.purchasing?.pack {
      _ = stack.purchase(pack, for: request(of: session), at: now)
    }
    scheduleSettlement()
    attempt(slot)
  }
}

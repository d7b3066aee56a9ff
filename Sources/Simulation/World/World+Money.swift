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

  /// Applies the balance updates that fall due now, or moves the delivery of a charge on.
  mutating func settleBalances(_ event: Event) {
    if event.ordinal > 0 {
      transit?.move(event, with: &stack, &queue)
      return scheduleSettlement()
    }
    guard settlementAt <= now else { return }
    stack.advance(to: now)
    settlementAt = .distantFuture
    scheduleSettlement()
  }

  /// Puts the charges of a use that was just settled on their way to the balances.
  mutating func publishCharges(of session: SessionPointer) {
    takeJournal()
    let address = session.pointee.address
    stack.takeCharges { charge in
      recorder.conservation.issue(charge)
      transit?.publish(charge, key: address.key, at: now, &queue)
    }
  }

  /// Follows the settlement to its end, beyond that of the run.
  mutating func finishSettlement() {
    stack.applyDebits(until: .distantFuture)
    takeJournal()
    if transit != nil {
      var events = EventQueue()
      transit?.resume(at: now, &events)
      while let event = events.popFirst() {
        transit?.move(event, with: &stack, &events)
        takeJournal()
      }
    }
    stack.closeBooks(at: now)
    takeJournal()
  }

  /// Hands the records of the ledger to the recorder; the run ends when they cannot be added up.
  mutating func takeJournal() {
    stack.takeJournal { event in
      recorder.ledger(event)
      if recorder.conservation.isOverpaid { last = min(last, now) }
    }
  }

  /// Starts buying credits, if the account does such a thing and credits would help.
  mutating func startsPurchase(_ session: SessionPointer, _ request: Request) -> Bool {
    guard session.pointee.decision.refusal?.reason == .insufficient, stack.acceptsPurchases,
      let purchasing = behaviours[Int(session.pointee.population)].purchasing
    else { return false }
    let account = Int(session.pointee.account)
    let spent = accounts[account].spent + purchasing.pack
    guard purchasing.budget.map({ spent <= $0 }) ?? true else { return false }
    var samples = session.pointee.address.key.samples(.purchase, index: session.pointee.attempts)
    guard samples.uniform() < purchasing.propensity else { return false }
    let checkout = SimDuration(rounding: max(0, purchasing.checkout.sample(&samples)))
    accounts[account].spent = spent
    session.pointee.wakesAt = now + checkout
    queue.push(
      Event(
        time: now + checkout, kind: EventKind.timer, entity: AccountIndex(account),
        ordinal: session.pointee.slot))
    return true
  }

  /// The credits are there: the refused intent is attempted again at once.
  mutating func finishPurchase(_ session: SessionPointer) {
    let population = Int(session.pointee.population)
    if let pack = behaviours[population].purchasing?.pack {
      _ = stack.purchase(pack, for: request(of: session), at: now)
    }
    scheduleSettlement()
    attempt(session)
  }
}

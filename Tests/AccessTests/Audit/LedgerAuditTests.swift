import Testing
import WeirAccess
import WeirKernel

@Suite struct LedgerAuditTests {
  /// The events of a random run with two funds, one shared, and the stack at its end.
  private func run(seed: UInt64) -> (events: [LedgerEvent], stack: Stack) {
    var samples = TestSamples(seed: seed)
    let directory = Directory(
      planOfAccount: [0, 0, 0], organisationOfAccount: [0, 0, 1], plans: [Plan(name: "default")])
    var test = TestStack(
      FixedWindow(limit: UnitsByPlan(5), per: .seconds(10)),
      PrepaidCredits(
        price: PriceList(Price(microPerUnit: Ratio(1_000_001, over: 3))),
        settlementLag: .seconds(4), wholeRemainder: false, owner: .organisation),
      PrepaidCredits(
        price: PriceList(Price(credits: 1)), mode: .reserve, settlementLag: .seconds(2)),
      for: directory, balance: Credits(micro: 6_000_000))
    var now = SimTime.zero
    var events: [LedgerEvent] = []
    for step in 0..<100 {
      now = now + SimDuration(nanoseconds: samples.next(below: 2_000_000_000))
      test.stack.advance(to: now)
      let request = test.request(samples.next(below: 12), account: UInt32(samples.next(below: 3)))
      if step % 9 == 8 {
        let hasBought = test.stack.purchase(Credits(micro: 3_000_000), for: request, at: now)
        #expect(hasBought)
      }
      let decision = test.stack.decide(request, at: now, .none)
      if decision.outcome == .admit {
        let actual = Units(samples.next(below: 2 * decision.granted.count + 1))
        _ = test.stack.settle(
          decision, of: request, actual: actual, decidedAt: now, at: now, .none)
      }
      test.stack.takeJournal { events.append($0) }
    }
    test.stack.advance(to: .distantFuture)
    test.stack.takeJournal { events.append($0) }
    return (events, test.stack)
  }

  @Test(
    "balances recomputed from the streams alone are those of the stack", arguments: UInt64(1)...8)
  func agrees(_ seed: UInt64) {
    let (events, stack) = run(seed: seed)
    var audit = LedgerAudit()
    for event in events { audit.record(event) }
    audit.finish(at: .distantFuture)
    for owner in UInt32(0)..<2 {
      audit.check(balance: stack.fund(1).balance(of: owner), layer: 1, owner: owner)
    }
    for owner in UInt32(0)..<3 {
      audit.check(balance: stack.fund(2).balance(of: owner), layer: 2, owner: owner)
    }
    #expect(audit.discrepancy == nil, "\(audit.discrepancy?.description ?? "")")
    let refunds = events.count {
      if case .balanceUpdate(let update) = $0 { update.kind == .overshootRefund } else { false }
    }
    #expect(refunds > 0, "a run without an overshoot shows little")
  }

  @Test("delivering every charge again changes nothing")
  func duplicates() {
    var (events, stack) = run(seed: 3)
    let before = (0..<3).map { stack.fund(2).balance(of: $0) }
    for event in events {
      if case .monetization(let charge) = event { stack.deliver(charge) }
    }
    #expect((0..<3).map { stack.fund(2).balance(of: $0) } == before)
    var more: [LedgerEvent] = []
    stack.takeJournal { more.append($0) }
    #expect(more.isEmpty)
  }

  @Test("the streams may come one after the other")
  func separateStreams() {
    let events = run(seed: 5).events
    let usage = events.filter { if case .usage = $0 { true } else { false } }
    let charges = events.filter { if case .monetization = $0 { true } else { false } }
    let updates = events.filter { if case .balanceUpdate = $0 { true } else { false } }
    #expect(LedgerAudit.firstDiscrepancy(in: usage + charges + updates) == nil)
    #expect(LedgerAudit.firstDiscrepancy(in: charges + usage + updates) != nil)
  }

  enum Damage: String, CaseIterable, Sendable {
    case losesDebit, doublesDebit, roundsDebit, losesRefund, losesUsage, doublesUsage
    case chargesMore, skipsNumber, delaysDebit, takesAtPurchase, swapsDebits
    case delaysCharge, misstatesBalance
  }

  @Test("a broken ledger trips the audit", arguments: Damage.allCases)
  func broken(_ damage: Damage) {
    let events = damaged(run(seed: 2).events, damage)
    let found = LedgerAudit.firstDiscrepancy(in: events)
    #expect(found.map(name) == expected(damage), "\(found?.description ?? "nothing found")")
  }

  private func damaged(_ events: [LedgerEvent], _ damage: Damage) -> [LedgerEvent] {
    var events = events
    func index(_ test: (LedgerEvent) -> Bool) -> Int { events.firstIndex(where: test) ?? -1 }
    let debit = index { updates($0, .debit) }
    let refund = index { updates($0, .overshootRefund) }
    let charge = index { if case .monetization = $0 { true } else { false } }
    let used = index { if case .usage(let use) = $0 { use.units > 0 } else { false } }
    switch damage {
    case .losesDebit: events.removeSubrange((events.lastIndex { updates($0, .debit) } ?? -1)...)
    case .doublesDebit: events.insert(events[debit], at: debit)
    case .roundsDebit: change(&events[debit]) { $0.amount += Credits(micro: 1) }
    case .losesRefund: events.remove(at: refund)
    case .losesUsage: events.remove(at: charge - 1)
    case .doublesUsage: events.insert(events[used], at: used)
    case .chargesMore:
      if case .monetization(var event) = events[charge] {
        event.units += 100
        events[charge] = .monetization(event)
      }
    case .delaysCharge:
      if case .monetization(var event) = events[charge] {
        event.at = event.at + SimDuration(nanoseconds: 1)
        events[charge] = .monetization(event)
      }
    case .misstatesBalance:
      change(&events[refund]) { $0.balance = $0.balance.map { $0 + Credits(micro: 1) } }
    case .skipsNumber:
      events.remove(at: debit)
      events.remove(at: charge)
    case .delaysDebit: change(&events[debit]) { $0.at = $0.at + SimDuration(nanoseconds: 1) }
    case .takesAtPurchase:
      change(&events[index { updates($0, .purchase) }]) { $0.amount = -$0.amount }
    case .swapsDebits: change(&events[debit]) { $0.ordinal += 1 }
    }
    return events
  }

  private func change(_ event: inout LedgerEvent, _ body: (inout BalanceUpdate) -> Void) {
    guard case .balanceUpdate(var update) = event else { return }
    body(&update)
    event = .balanceUpdate(update)
  }

  private func updates(_ event: LedgerEvent, _ kind: BalanceUpdate.Kind) -> Bool {
    if case .balanceUpdate(let update) = event { update.kind == kind } else { false }
  }

  private func name(_ discrepancy: LedgerDiscrepancy) -> String {
    String(String(describing: Mirror(reflecting: discrepancy).children.first?.label ?? ""))
  }

  private func expected(_ damage: Damage) -> String {
    switch damage {
    case .losesDebit: "missingDebit"
    case .doublesDebit, .swapsDebits: "debitWithoutCharge"
    case .roundsDebit: "wrongDebit"
    case .losesRefund: "unrefundedOvershoot"
    case .losesUsage: "chargeWithoutUsage"
    case .doublesUsage: "duplicateUsage"
    case .chargesMore: "chargedAboveUsage"
    case .skipsNumber: "chargeOutOfSequence"
    case .delaysDebit: "untimelyDebit"
    case .takesAtPurchase: "wrongSign"
    case .delaysCharge: "untimelyCharge"
    case .misstatesBalance: "wrongBalance"
    }
  }
}

import Testing
import WeirAccess
import WeirKernel

/// What a balance of credits can be agreed on: top-ups, caps, overdrafts and prices.
@Suite struct CreditTermsTests {
  private static func credits(_ whole: Int64) -> Credits { Credits(micro: whole * 1_000_000) }

  private func credits(_ whole: Int64) -> Credits { Self.credits(whole) }

  /// One credit a unit.
  private let price = PriceList(Price(credits: 1))

  /// Uses so many units, which are debited at once, and says what the ledger wrote.
  private func use(_ units: Int64, at second: Int64, _ test: inout TestStack) -> [String] {
    let request = test.request(units)
    let decision = test.stack.decide(request, at: .second(second), .none)
    test.stack.takeJournal { _ in }
    if decision.outcome == .admit {
      _ = test.stack.settle(
        decision, of: request, actual: decision.granted, decidedAt: .second(second),
        at: .second(second), .none)
    }
    test.stack.advance(to: .second(second))
    var updates: [String] = []
    test.stack.takeJournal {
      guard case .balanceUpdate(let update) = $0 else { return }
      updates.append("\(update.kind) \(update.amount.micro / 1_000_000)")
    }
    return decision.outcome == .admit ? updates : ["refused"]
  }

  @Test("credits are bought by themselves when a debit leaves too little, and no more often")
  func topUp() {
    let limit = TopUp.Limit(purchases: 2, per: .hours(1))
    var test = TestStack(
      PrepaidCredits(
        price: price, initial: credits(100),
        topUp: TopUp(below: credits(20), .amount(credits(100)), limit: limit)))
    #expect(use(80, at: 0, &test) == ["debit -80"])
    #expect(use(5, at: 1, &test) == ["debit -5", "purchase 100"])
    #expect(use(110, at: 2, &test) == ["debit -110", "purchase 100"])
    #expect(use(100, at: 3, &test) == ["debit -100"])
    // The next period begins; the balance is still below the threshold.
    #expect(use(1, at: 3600, &test) == ["debit -1", "purchase 100"])
    #expect(test.stack.fund(0).balance(of: 0) == credits(104))
  }

  @Test("an account that begins below the threshold buys at once, and not twice")
  func topUpAtStart() {
    var test = TestStack(
      PrepaidCredits(
        price: price, initial: credits(5), topUp: TopUp(below: credits(20), .upTo(credits(50)))),
      for: .alike(accounts: 1))
    #expect(test.stack.nextDue == .zero)
    #expect(use(0, at: 0, &test) == ["purchase 45"])
    #expect(use(0, at: 1, &test).isEmpty)
    #expect(test.stack.nextDue == .distantFuture)
    #expect(use(40, at: 2, &test) == ["debit -40", "purchase 40"])
  }

  @Test("a balance that is below when its period has seen its purchases buys when the next begins")
  func topUpNextPeriod() {
    var test = TestStack(
      PrepaidCredits(
        price: price, initial: credits(100),
        topUp: TopUp(
          below: credits(20), .amount(credits(50)), limit: TopUp.Limit(purchases: 1, per: .hours(1))
        )
      ), for: .alike(accounts: 1))
    #expect(use(90, at: 0, &test) == ["debit -90", "purchase 50"])
    #expect(use(60, at: 1, &test) == ["debit -60"])
    #expect(test.stack.nextDue == .second(3600))
    // Nobody can debit an empty balance: nothing but the clock brings the purchase.
    #expect(use(1, at: 3599, &test) == ["refused"])
    #expect(test.stack.fund(0).balance(of: 0) == .zero)
    test.stack.advance(to: .second(3600))
    #expect(test.stack.fund(0).balance(of: 0) == credits(50))
    #expect(test.stack.nextDue == .distantFuture)
    #expect(use(1, at: 3601, &test) == ["debit -1"])
  }

  @Test("a top-up to a target buys exactly what is missing")
  func topUpToTarget() {
    var test = TestStack(
      PrepaidCredits(
        price: price, initial: credits(30), topUp: TopUp(below: credits(10), .upTo(credits(50)))))
    #expect(use(20, at: 0, &test) == ["debit -20"])
    #expect(use(7, at: 1, &test) == ["debit -7", "purchase 47"])
    #expect(test.stack.fund(0).balance(of: 0) == credits(50))
  }

  @Test("a spend cap refuses until its period ends, whatever the balance")
  func spendCap() {
    var test = TestStack(
      PrepaidCredits(
        price: price, initial: credits(1000), spendCap: SpendCap(credits(10), per: .hours(1))))
    #expect(use(7, at: 0, &test) == ["debit -7"])
    let refused = test.decide(4, at: 600)
    #expect(refused.refusal == Refusal(reason: .limit, retryAfter: .seconds(3000)))
    #expect(use(3, at: 600, &test) == ["debit -3"])
    #expect(test.decide(11, at: 600).refusal == Refusal(reason: .never, retryAfter: nil))
    #expect(use(10, at: 3600, &test) == ["debit -10"])
    #expect(test.stack.fund(0).balance(of: 0) == credits(980))
  }

  @Test("what a settlement gives back can be spent again in the same period, and not in the next")
  func spendCapSettles() {
    var test = TestStack(
      PrepaidCredits(
        price: price, initial: credits(1000), spendCap: SpendCap(credits(10), per: .hours(1))))
    let first = test.request(8)
    let decided = test.stack.decide(first, at: .zero, .none)
    _ = test.stack.settle(
      decided, of: first, actual: 3, decidedAt: .zero, at: .second(60), .none)
    #expect(test.stack.layers[0].meter(for: first, at: .second(61))?.remaining == 7)
    let second = test.request(6)
    let late = test.stack.decide(second, at: .second(3599), .none)
    _ = test.stack.settle(
      late, of: second, actual: 1, decidedAt: .second(3599), at: .second(3601), .none)
    #expect(test.stack.layers[0].meter(for: second, at: .second(3602))?.remaining == 10)
  }

  @Test("an overdraft is advanced, repaid by the next credits, and refunded beyond its limit")
  func overdraft() {
    var test = TestStack(
      PrepaidCredits(
        price: price, initial: credits(5), settlementLag: .seconds(10),
        overdraft: Overdraft(credits(8))))
    // Both are checked against the settled balance of 5 and the line of 8, and 20 are debited.
    var events: [LedgerEvent] = []
    test.stack.takeJournal { events.append($0) }
    for units: Int64 in [10, 10] {
      let request = test.request(units)
      let decision = test.stack.decide(request, at: .zero, .none)
      #expect(decision.outcome == .admit)
      _ = test.stack.settle(
        decision, of: request, actual: request.cost, decidedAt: .zero, at: .zero, .none)
    }
    test.stack.advance(to: .second(10))
    #expect(test.stack.fund(0).debt(of: 0, at: .second(10)) == credits(8))
    #expect(test.decide(1, at: 11).refusal?.reason == .insufficient)
    let hasBought = test.stack.purchase(credits(20), for: test.request(0), at: .second(12))
    #expect(hasBought)
    #expect(test.stack.fund(0).balance(of: 0) == credits(12))
    #expect(test.stack.fund(0).debt(of: 0, at: .second(12)) == .zero)
    test.stack.takeJournal { events.append($0) }
    let updates = events.compactMap { event -> String? in
      guard case .balanceUpdate(let update) = event, update.owner == 0 else { return nil }
      return "\(update.kind) \(update.amount.micro / 1_000_000)"
    }
    #expect(
      updates == [
        "initial 5", "debit -10", "advance 5", "debit -10", "advance 3", "overshootRefund 7",
        "purchase 20", "repayment -8",
      ])
    #expect(LedgerAudit.firstDiscrepancy(in: events) == nil)
  }

  @Test("a debt that is not repaid is forgiven when its period ends")
  func forgiveness() {
    var test = TestStack(
      PrepaidCredits(
        price: price, initial: credits(2),
        overdraft: Overdraft(credits(8), forgiveEvery: .hours(1))))
    #expect(use(10, at: 0, &test) == ["debit -10", "advance 8"])
    #expect(test.stack.fund(0).debt(of: 0, at: .second(3599)) == credits(8))
    #expect(test.stack.fund(0).debt(of: 0, at: .second(3600)) == .zero)
    #expect(
      use(8, at: 3600, &test) == ["forgiveness 8", "repayment -8", "debit -8", "advance 8"])
    let hasBought = test.stack.purchase(credits(9), for: test.request(0), at: .second(3601))
    #expect(hasBought)
    #expect(test.stack.fund(0).balance(of: 0) == credits(1))
  }

  @Test("what is forgiven is told once, at the end of its period, at the latest when books close")
  func forgivenWithoutUse() {
    var test = TestStack(
      PrepaidCredits(
        price: price, initial: credits(2),
        overdraft: Overdraft(credits(8), forgiveEvery: .hours(1))), for: .alike(accounts: 1))
    var events: [LedgerEvent] = []
    test.stack.takeJournal { events.append($0) }
    let request = test.request(10)
    let decision = test.stack.decide(request, at: .second(4000), .none)
    _ = test.stack.settle(
      decision, of: request, actual: 10, decidedAt: .second(4000), at: .second(4000), .none)
    test.stack.advance(to: .second(5000))
    test.stack.closeBooks(at: .second(7199))
    test.stack.takeJournal { events.append($0) }
    let before = events.count
    test.stack.closeBooks(at: .second(20_000))
    test.stack.closeBooks(at: .second(30_000))
    test.stack.takeJournal { events.append($0) }
    let updates = events[before...].compactMap { event -> String? in
      guard case .balanceUpdate(let update) = event else { return nil }
      return "\(update.kind) \(update.amount.micro / 1_000_000)"
        + " @ \(update.at.nanoseconds / 1_000_000_000)"
    }
    #expect(updates == ["forgiveness 8 @ 7200", "repayment -8 @ 7200"])
    #expect(LedgerAudit.firstDiscrepancy(in: events) == nil)
  }

  enum Damage: CaseIterable { case advancesMore, takesBackMore }

  @Test("an audit finds what is advanced or taken back too much", arguments: Damage.allCases)
  func broken(_ damage: Damage) {
    func update(_ kind: BalanceUpdate.Kind, _ whole: Int64) -> LedgerEvent {
      .balanceUpdate(
        BalanceUpdate(
          kind: kind, layer: 0, owner: 0, at: .zero, amount: credits(whole), account: 0,
          ordinal: kind == .debit ? 1 : 0))
    }
    let usage = UsageEvent(
      account: 0, ordinal: 1, at: .zero, product: 0, model: 0, operation: 0, units: 9)
    let charge = MonetizationEvent(
      account: 0, ordinal: 1, layer: 0, owner: 0, sequence: 1, at: .zero, due: .zero, units: 9,
      amount: credits(9))
    let isMore = damage == .advancesMore
    let found = LedgerAudit.firstDiscrepancy(in: [
      .usage(usage), .monetization(charge), update(.initial, 5), update(.debit, -9),
      update(.advance, isMore ? 5 : 4), update(.purchase, 20),
      update(.repayment, isMore ? -4 : -5),
    ])
    switch found {
    case .wrongRefund: #expect(isMore)
    case .wrongRepayment: #expect(!isMore)
    default: Issue.record("\(String(describing: found))")
    }
  }

  @Test("a fast mode costs its multiple, exactly")
  func operations() {
    let directory = Directory(
      planOfAccount: [0], plans: [Plan(name: "default")], operations: ["plain", "fast"])
    var test = TestStack(
      PrepaidCredits(
        price: PriceList(Price(microPerUnit: Ratio(1, over: 3))),
        operations: ["fast": Ratio(5, over: 2)]),
      for: directory, balance: credits(1))
    var request = test.request(1000)
    #expect(test.stack.fund(0).charge(for: 1000, of: request).micro == 333)
    request.operation = 1
    #expect(test.stack.fund(0).charge(for: 1000, of: request).micro == 833)
  }

  @Test("the price follows the load up at once, and down only past the margin")
  func congestion() {
    var price = CongestionTest()
    for (second, load, factor) in [
      (1, 40, 1), (2, 80, 2), (3, 76, 2), (4, 75, 2), (5, 74, 1), (6, 79, 1), (7, 96, 4),
      (8, 91, 4), (9, 89, 2), (10, 10, 1),
    ] as [(Int64, Int64, Int64)] {
      #expect(price.charge(afterLoad: load, at: second) == factor, "at \(second)")
    }
  }

  @Test("the price in force is the greatest over products, and that of the last decision")
  func priceInForce() {
    var price = CongestionTest()
    #expect(price.test.stack.priceInForce(at: .zero) == .one)
    _ = price.charge(afterLoad: 96, at: 1)
    #expect(price.test.stack.priceInForce(at: .second(1)) == .one)
    #expect(price.test.stack.priceInForce(at: .second(2)) == Ratio(4))
    let plain = TestStack(PrepaidCredits(price: self.price))
    #expect(plain.stack.priceInForce(at: .zero) == nil)
  }

  @Test("a request is charged at the price of its decision, whenever it ends")
  func chargedAtDecision() {
    var price = CongestionTest()
    _ = price.charge(afterLoad: 90, at: 1)
    let request = price.test.request(3)
    let decision = price.test.stack.decide(request, at: .second(2), .none)
    _ = price.charge(afterLoad: 10, at: 3)
    let settled = price.test.stack.settle(
      decision, of: request, actual: 5, decidedAt: .second(2), at: .second(4), .none)
    #expect(settled.charged == credits(10))
    #expect(price.charge(afterLoad: 10, at: 5) == 1)
  }

  /// A fund of which the price doubles at a load of 80 % and doubles again at 95 %.
  private struct CongestionTest {
    var test = TestStack(
      PrepaidCredits(
        price: PriceList(Price(credits: 1)), initial: CreditTermsTests.credits(1000),
        mode: .reserve,
        congestion: CongestionPrice([
          CongestionPrice.Step(from: Ratio(4, over: 5), factor: Ratio(2)),
          CongestionPrice.Step(from: Ratio(95, over: 100), factor: Ratio(4)),
        ])))

    /// The charge for a unit, in credits, a moment after that load in per cent was reported.
    mutating func charge(afterLoad load: Int64, at second: Int64) -> Int64 {
      let sample = LoadSample(
        sampledAt: .second(second), utilisationMillionths: load * 10_000, queueDelay: .zero,
        queued: 0, inService: 0, completions: 0)
      test.stack.receive(
        Signals(pools: [sample], poolOfProduct: [0]), at: .second(second))
      let time = SimTime.second(second) + .milliseconds(1)
      let request = test.request(1)
      return test.stack.fund(0).charge(for: 1, of: request, decidedAt: time).micro / 1_000_000
    }
  }
}

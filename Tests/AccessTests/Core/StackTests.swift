import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@Suite struct StackTests {
  private func window(_ limit: Int64) -> FixedWindow {
    FixedWindow(limit: UnitsByPlan(Units(limit)), per: .seconds(10))
  }

  private func credits(
    _ mode: PrepaidCredits.Mode = .checkOnly, lag: Int64 = 0, wholeRemainder: Bool = true
  ) -> PrepaidCredits {
    PrepaidCredits(
      price: PriceList(Price(credits: 1)), mode: mode, settlementLag: .seconds(lag),
      wholeRemainder: wholeRemainder)
  }

  @Test("one request is paid by a window, a grant and credits, and the shares are what is granted")
  func split() {
    var test = TestStack(
      window(5), Grants([Grant(id: "g", units: 3)]), credits(),
      balance: Credits(micro: 4_000_000))
    let decision = test.decide(10, at: 0)
    #expect(decision.outcome == .admit)
    #expect(decision.shares(3) == [5, 3, 2])
    #expect(decision.shares.total == decision.granted)
  }

  @Test("a denial names the last payer and the soonest wait, and nobody pays")
  func denial() {
    var test = TestStack(window(5), credits(), balance: .zero)
    let before = test.view(at: .zero)
    let decision = test.decide(6, at: 0)
    #expect(decision.outcome == .deny)
    #expect(decision.refusedBy == 1)
    #expect(decision.refusal == Refusal(reason: .insufficient, retryAfter: nil))
    #expect(test.view(at: .zero) == before)
    _ = test.decide(5, at: 0)
    let later = test.decide(5, at: 4)
    #expect(later.refusal?.retryAfter == .seconds(6))
  }

  @Test("every gate passes or none counts")
  func gates() {
    var test = TestStack(
      Concurrency(limit: UnitsByPlan(1)),
      FixedWindow(limit: UnitsByPlan(3), per: .seconds(10), as: .gate))
    let first = test.decide(2, at: 0)
    #expect(first.outcome == .admit)
    let before = test.view(at: .zero)
    let second = test.decide(2, at: 0)
    #expect(second.outcome == .deny)
    #expect(second.refusedBy == 0)
    #expect(test.view(at: .zero) == before)
  }

  @Test("what happens to a shortfall is a choice", arguments: Shortfall.allCases)
  func shortfall(_ choice: Shortfall) {
    var test = TestStack(window(5), onShortfall: choice)
    let decision = test.decide(8, at: 0)
    #expect(decision.outcome == (choice == .partial ? .admit : .deny))
    #expect(decision.granted == (choice == .partial ? 5 : 0))
    let left = test.stack.layers[0].meter(for: test.request(1), at: .zero)?.remaining
    #expect(left == (choice == .rollback ? 5 : 0))
  }

  @Test("counting first counts in allowances alone, and the denial shows what was counted")
  func countFirst() {
    var test = TestStack(
      window(5), Grants([Grant(id: "g", units: 2)]), credits(), onShortfall: .countFirst,
      balance: .zero)
    let decision = test.decide(9, at: 0)
    #expect(decision.outcome == .deny)
    #expect(decision.shares(3) == [5, 0, 0])
    let left = test.stack.layers.map { $0.meter(for: Request(account: 0, cost: 0), at: .zero) }
    #expect(left.map { $0?.remaining?.count } == [0, 2, 0])
  }

  @Test("a settlement below the estimate is unwound from the last payer to the first")
  func settleDown() {
    var test = TestStack(window(5), credits(.reserve), balance: Credits(micro: 10_000_000))
    let request = test.request(9)
    let decision = test.stack.decide(request, at: .zero, .none)
    #expect(decision.shares(2) == [5, 4])
    let settled = test.stack.settle(
      decision, of: request, actual: 3, decidedAt: .zero, at: .second(1), .none)
    #expect(settled.shares[0] == 3)
    #expect(settled.shares[1] == 0)
    #expect(settled.charged == .zero)
    #expect(test.stack.layers[0].meter(for: request, at: .second(1))?.remaining == 2)
    #expect(test.stack.layers[1].meter(for: request, at: .second(1))?.remaining == 10)
  }

  @Test("a settlement above the estimate runs through the payers again")
  func settleUp() {
    var test = TestStack(window(5), credits(), balance: Credits(micro: 3_000_000))
    let request = test.request(2)
    let decision = test.stack.decide(request, at: .zero, .none)
    let settled = test.stack.settle(
      decision, of: request, actual: 7, decidedAt: .zero, at: .second(1), .none)
    #expect((0..<2).map { settled.shares[$0].count } == [5, 2])
    #expect(settled.overrun == .zero)
    #expect(settled.charged == Credits(micro: 2_000_000))
  }

  @Test("what nobody pays at settlement is overrun without a fund, and refunded with one")
  func overrun() {
    var bare = TestStack(window(5))
    let request = bare.request(2)
    let decision = bare.stack.decide(request, at: .zero, .none)
    let settled = bare.stack.settle(
      decision, of: request, actual: 9, decidedAt: .zero, at: .zero, .none)
    #expect(settled.overrun == 4)

    var funded = TestStack(window(5), credits(), balance: Credits(micro: 3_000_000))
    let same = funded.request(2)
    let paid = funded.stack.decide(same, at: .zero, .none)
    let account = funded.stack.settle(
      paid, of: same, actual: 9, decidedAt: .zero, at: .zero, .none)
    #expect(account.overrun == .zero)
    #expect(account.charged == Credits(micro: 4_000_000))
    funded.stack.advance(to: .zero)
    #expect(funded.stack.fund(1).balance(of: 0) == .zero)
  }

  @Test("a released request pays nothing and leaves everything as it was")
  func release() {
    var test = TestStack(
      Concurrency(limit: UnitsByPlan(2)), window(5), credits(.reserve),
      balance: Credits(micro: 9_000_000))
    _ = test.decide(1, at: 0)
    let before = test.view(at: .zero)
    let request = test.request(8)
    let decision = test.stack.decide(request, at: .zero, .none)
    #expect(test.view(at: .zero) != before)
    test.stack.release(decision, of: request, decidedAt: .zero, at: .zero)
    #expect(test.view(at: .zero) == before)
  }

  @Test(
    "checking alone overshoots and refunds; reserving never overshoots",
    arguments: [
      PrepaidCredits.Mode.checkOnly, .reserve,
    ])
  func overshoot(_ mode: PrepaidCredits.Mode) {
    var refunds = 0
    for seed in UInt64(1)...20 {
      var samples = TestSamples(seed: seed)
      var test = TestStack(credits(mode, lag: 5), balance: Credits(micro: 30_000_000))
      var now = SimTime.zero
      for _ in 0..<60 {
        now = now + SimDuration(nanoseconds: samples.next(below: 3_000_000_000))
        test.stack.advance(to: now)
        let request = test.request(samples.next(below: 9), account: UInt32(samples.next(below: 2)))
        let decision = test.stack.decide(request, at: now, .none)
        if decision.outcome == .admit {
          _ = test.stack.settle(
            decision, of: request, actual: request.cost, decidedAt: now, at: now, .none)
        }
      }
      test.stack.advance(to: .distantFuture)
      test.stack.takeJournal { event in
        if case .balanceUpdate(let update) = event, update.kind == .overshootRefund { refunds += 1 }
      }
    }
    #expect(mode == .reserve ? refunds == 0 : refunds > 0)
  }

  @Test("a request is held until the last of the layers that keep it lets it go")
  func holds() {
    var test = TestStack(
      Pacer(rate: UnitsByPlan(1), per: .seconds(2)),
      TokenBucket(
        capacity: UnitsByPlan(5), refill: UnitsByPlan(1), per: .seconds(1),
        holdUpTo: .seconds(9)))
    let first = test.decide(4, at: 0)
    #expect(first.outcome == .admit && first.delay == .zero && first.heldBy == nil)
    let second = test.decide(3, at: 0)
    #expect(second.outcome == .hold && second.granted == 3 && second.shares(1) == [3])
    #expect(second.delay == .seconds(8))
    #expect(second.heldBy == 0)
    let third = test.decide(7, at: 13)
    #expect(third.delay == .seconds(2))
    #expect(third.heldBy == 1)
  }

  @Test("one gate that refuses keeps the others from keeping a place")
  func refusedHold() {
    var test = TestStack(
      Pacer(rate: UnitsByPlan(1), per: .seconds(1)), Concurrency(limit: UnitsByPlan(1)))
    #expect(test.decide(1, at: 0).outcome == .admit)
    #expect(test.decide(1, at: 0).outcome == .deny)
    #expect(
      test.stack.layers[0].quote(1, of: test.request(1), at: .zero, .none).delay == .seconds(1))
  }

  @Test("what pays nothing keeps nothing: credits let a request go at once")
  func payersThatPayNothing() {
    var test = TestStack(
      TokenBucket(
        capacity: UnitsByPlan(2), refill: UnitsByPlan(1), per: .seconds(1),
        holdUpTo: .seconds(1)), credits(), balance: Credits(micro: 9_000_000))
    _ = test.decide(3, at: 0)
    let decision = test.decide(4, at: 0)
    #expect(decision.outcome == .admit)
    #expect(decision.shares(2) == [0, 4])
  }

  @Test("a layer for one product is not there for another")
  func products() {
    let directory = Directory(
      planOfAccount: [0], plans: [Plan(name: "default")], products: ["codex", "sora"])
    var test = TestStack(
      named: [
        NamedLayer(name: "messages", layer: window(5), products: [Located("codex")]),
        NamedLayer(name: "clips", layer: window(2), products: [Located("sora")]),
      ], for: directory)
    let codex = test.stack.decide(test.request(4), at: .zero, .none)
    #expect(codex.shares(2) == [4, 0])
    let sora = test.stack.decide(test.request(3, product: 1), at: .zero, .none)
    #expect(sora.outcome == .deny)
    #expect(sora.refusedBy == 1)
    let less = test.stack.decide(test.request(2, product: 1), at: .zero, .none)
    #expect(less.shares(2) == [0, 2])
  }

  @Test("shares add up to what is granted, and refusals change nothing", arguments: UInt64(1)...12)
  func invariants(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    let choice = Shortfall.allCases[Int(seed % 3)]
    var test = TestStack(
      Concurrency(limit: UnitsByPlan(3)), window(9),
      TokenBucket(capacity: UnitsByPlan(6), refill: UnitsByPlan(1), per: .seconds(1)),
      Grants([Grant(id: "a", units: 40, expires: .second(20)), Grant(id: "b", units: 10)]),
      credits(.reserve, lag: 2, wholeRemainder: seed % 2 == 0), onShortfall: choice,
      balance: Credits(micro: 50_000_000))
    var open: [(Decision, Request, SimTime)] = []
    var now = SimTime.zero
    for step in 0..<150 {
      now = now + SimDuration(nanoseconds: samples.next(below: 900_000_000))
      test.stack.advance(to: now)
      let request = test.request(samples.next(below: 14), account: UInt32(samples.next(below: 2)))
      let before = test.view(at: now)
      let asked = test.stack.quote(request, at: now, .none)
      let decision = test.stack.decide(request, at: now, .none)
      #expect(asked.granted == decision.granted && asked.outcome == decision.outcome)
      if decision.outcome == .admit {
        #expect(decision.shares.total == decision.granted, "seed \(seed), step \(step)")
        open.append((decision, request, now))
      } else {
        #expect(decision.refusedBy != nil && decision.refusal != nil)
        if choice != .countFirst { #expect(test.view(at: now) == before, "seed \(seed), \(step)") }
      }
      if !open.isEmpty, samples.next(below: 3) > 0 {
        let (decision, request, at) = open.remove(at: 0)
        let actual = Units(samples.next(below: 2 * decision.granted.count + 1))
        let settled = test.stack.settle(
          decision, of: request, actual: actual, decidedAt: at, at: now, .none)
        #expect(settled.shares.total + settled.overrun == actual, "seed \(seed), step \(step)")
      }
    }
  }
}

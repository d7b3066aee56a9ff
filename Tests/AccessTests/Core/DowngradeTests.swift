import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@Suite struct DowngradeTests {
  private let downgrade = Downgrade(from: "big", to: "small", cost: Ratio(1, over: 4))

  /// Windows of 10 units for the big model and of 3 for the small one.
  private func test(onShortfall: Shortfall = .rollback) -> TestStack {
    var directory = Directory.alike(accounts: 2)
    directory.products = ["big", "small"]
    return TestStack(
      named: [
        NamedLayer(
          name: "big", layer: FixedWindow(limit: UnitsByPlan(10), per: .hours(1)),
          products: [.init("big")]),
        NamedLayer(
          name: "small", layer: FixedWindow(limit: UnitsByPlan(3), per: .hours(1)),
          products: [.init("small")]),
      ], onShortfall: onShortfall, for: directory)
  }

  private func decide(
    _ test: inout TestStack, _ cost: Int64, _ terms: Downgrade? = nil
  ) -> (decision: Decision, isOther: Bool) {
    let terms = terms ?? downgrade
    let request = test.request(cost)
    var other = request
    other.product = 1
    other.cost = terms.cost(of: request.cost)
    var decision = Decision(outcome: .deny, granted: .zero, shares: Shares())
    let isOther = test.stack.decide(
      request, orElse: other, for: terms.reasons, at: .zero, .none, into: &decision)
    return (decision, isOther)
  }

  @Test("what is used up is answered by the other model, at its cost, until that is used up too")
  func answers() {
    var test = test()
    let first = decide(&test, 8)
    #expect(first.decision.outcome == .admit && !first.isOther)
    // 2 of 10 are left: 5 units of the big model are 2 of the small one, rounded up.
    let second = decide(&test, 5)
    #expect(second.isOther)
    #expect(second.decision.outcome == .downgrade)
    #expect(second.decision.granted == 2)
    #expect(second.decision.shares(2) == [0, 2])
    #expect(second.decision.refusedBy == 0 && second.decision.refusal?.reason == .limit)
    // 1 of 3 is left of the small one, 2 of the big one.
    let third = decide(&test, 5)
    #expect(third.decision.outcome == .deny && !third.isOther)
    #expect(third.decision.refusedBy == 0)
    let fourth = decide(&test, 4)
    #expect(fourth.decision.outcome == .downgrade && fourth.decision.granted == 1)
    let fifth = decide(&test, 2)
    #expect(fifth.decision.outcome == .admit && fifth.decision.shares(2) == [2, 0])
  }

  @Test("only the reasons that are named give another model")
  func reasons() {
    var test = test()
    let never = Downgrade(from: "big", to: "small", cost: Ratio(1, over: 20), for: [.never])
    #expect(decide(&test, 11).decision.refusal?.reason == .never)
    #expect(decide(&test, 11, never).decision.outcome == .downgrade)
    #expect(decide(&test, 10).decision.outcome == .admit)
    #expect(decide(&test, 10, never).decision.outcome == .deny)
  }

  @Test("the other model is settled and given back as what it is")
  func settlement() {
    var test = test()
    _ = decide(&test, 10)
    let (decision, _) = decide(&test, 9)
    #expect(decision.granted == 3)
    var other = test.request(3, product: 1)
    other.cost = 3
    let settled = test.stack.settle(
      decision, of: other, actual: 1, decidedAt: .zero, at: .zero, .none)
    #expect(settled.shares.total == 1 && settled.overrun == .zero)
    let meter = test.stack.layers[1].meter(for: other, at: .zero)
    #expect(meter?.remaining == 2)
  }

  @Test(
    "in random sequences a downgrade is what a quote of it said, and two refusals change nothing",
    arguments: UInt64(1)...20)
  func properties(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    var test = test(onShortfall: Shortfall.allCases[Int(seed % 2)])
    var now = SimTime.zero
    for step in 0..<200 {
      now = now + .minutes(samples.next(below: 6))
      let request = test.request(samples.next(below: 14))
      var other = request
      other.product = 1
      other.cost = downgrade.cost(of: request.cost)
      let first = test.stack.quote(request, at: now, .none)
      let second = test.stack.quote(other, at: now, .none)
      let before = test.view(at: now)
      var decision = Decision(outcome: .deny, granted: .zero, shares: Shares())
      let isOther = test.stack.decide(
        request, orElse: other, for: downgrade.reasons, at: now, .none, into: &decision)
      let place = "seed \(seed), step \(step)"
      let isWanted = first.refusal.map { downgrade.reasons.contains($0.reason) } ?? false
      #expect(
        isOther == (first.outcome == .deny && isWanted && second.outcome != .deny), "\(place)")
      let quoted = isOther ? second : first
      #expect(decision.granted == quoted.granted, "\(place)")
      #expect(decision.shares(2) == quoted.shares(2), "\(place)")
      #expect((decision.outcome == .downgrade) == isOther, "\(place)")
      if decision.outcome == .deny, decision.shares.total == .zero {
        #expect(test.view(at: now) == before, "\(place)")
      }
    }
  }

  @Test("a repeated key is answered alike, and settles what was decided")
  func repeated() {
    var stack = IdempotentStack(test().stack)
    var request = Request(account: 0, cost: 12, ordinal: 1)
    var other = request
    other.product = 1
    other.cost = 3
    request.cost = 12
    for number in 0..<2 {
      let (answer, isOther) = stack.decide(
        request, orElse: other, for: [.never], key: "a", at: .zero)
      #expect(answer.decision.outcome == .downgrade && isOther)
      #expect(answer.isReplay == (number > 0))
    }
    let settled = stack.settle(account: 0, key: "a", actual: 2, at: .zero)
    #expect(settled?.shares[1] == 2)
  }
}

import Testing
import WeirAccess
import WeirKernel

@Suite struct TurnGraceTests {
  private func test(_ grace: TurnGrace) -> TestStack {
    TestStack(FixedWindow(limit: UnitsByPlan(10), per: .hours(1)), grace)
  }

  private func decide(_ test: inout TestStack, _ cost: Int64, call: UInt32) -> Decision {
    var request = test.request(cost)
    request.call = call
    return test.stack.decide(request, at: .zero, .none)
  }

  @Test("a turn that has begun goes on when the limit is reached, and no other begins")
  func turn() {
    var test = test(TurnGrace())
    #expect(decide(&test, 8, call: 0).shares(2) == [8, 0])
    #expect(decide(&test, 5, call: 1).shares(2) == [2, 3])
    #expect(decide(&test, 50, call: 2).shares(2) == [0, 50])
    let next = decide(&test, 1, call: 0)
    #expect(next.outcome == .deny)
    // The wait is that of the window.
    #expect(next.refusal?.retryAfter == .hours(1))
  }

  @Test("what a turn gets is bounded, and each turn has its own bound")
  func bound() {
    var test = test(TurnGrace(atMost: UnitsByPlan(4)))
    #expect(decide(&test, 8, call: 0).outcome == .admit)
    #expect(decide(&test, 5, call: 1).shares(2) == [2, 3])
    #expect(decide(&test, 2, call: 2).outcome == .deny)
    #expect(decide(&test, 1, call: 2).shares(2) == [0, 1])
    #expect(decide(&test, 0, call: 0).outcome == .admit, "another turn begins, for nothing")
    #expect(decide(&test, 4, call: 1).shares(2) == [0, 4])
  }

  @Test("what was granted too much is there again for the turn")
  func settlement() {
    var test = test(TurnGrace(atMost: UnitsByPlan(6)))
    _ = decide(&test, 10, call: 0)
    let decision = decide(&test, 6, call: 1)
    var request = test.request(6)
    request.call = 1
    _ = test.stack.settle(decision, of: request, actual: 2, decidedAt: .zero, at: .zero, .none)
    #expect(test.stack.layers[1].meter(for: request, at: .zero)?.remaining == 4)
  }

  @Test("only the plans that have it")
  func plans() {
    let directory = Directory(
      planOfAccount: [0, 1], plans: [Plan(name: "free"), Plan(name: "plus")])
    var test = TestStack(TurnGrace(plans: ["plus"]), for: directory)
    for (account, outcome) in [(UInt32(0), Outcome.deny), (1, .admit)] {
      var request = test.request(3, account: account)
      request.call = 1
      #expect(test.stack.decide(request, at: .zero, .none).outcome == outcome)
    }
  }
}

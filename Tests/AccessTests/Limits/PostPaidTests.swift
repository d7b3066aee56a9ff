import Testing
import WeirAccess
import WeirKernel

@Suite struct PostPaidTests {
  private let window = FixedWindow(limit: UnitsByPlan(100), per: .seconds(10))

  @Test("without reserving, all that come at once pass; with it, only what fits")
  func concurrent() {
    // litellm issue 18730: five requests of 50 tokens against a limit of 100.
    var postPaid = TestStack(PostPaid(window))
    var reserving = TestStack(window)
    let passed = (0..<5).map { _ in postPaid.decide(50, at: 0).outcome == .admit }
    let fitted = (0..<5).map { _ in reserving.decide(50, at: 0).outcome == .admit }
    #expect(passed == [true, true, true, true, true])
    #expect(fitted == [true, true, false, false, false])
  }

  @Test("what a request cost counts when it ends, beyond the limit too")
  func settlement() {
    var test = TestStack(PostPaid(window))
    let request = test.request(1)
    let decision = test.stack.decide(request, at: .zero, .none)
    let settled = test.stack.settle(
      decision, of: request, actual: 250, decidedAt: .zero, at: .second(3), .none)
    #expect(settled.shares[0] == 250)
    #expect(settled.overrun == .zero)
    let refused = test.decide(1, at: 4)
    #expect(refused.refusal == Refusal(reason: .limit, retryAfter: .seconds(9)))
    #expect(test.decide(900, at: 13).outcome == .admit)
  }

  @Test("a request that never started costs nothing")
  func release() {
    var test = TestStack(PostPaid(window))
    let request = test.request(70)
    let decision = test.stack.decide(request, at: .zero, .none)
    test.stack.release(decision, of: request, decidedAt: .zero, at: .second(1))
    #expect(test.stack.layers[0].meter(for: request, at: .second(1))?.remaining == 100)
  }

  @Test("as a gate it counts the same, and others pay")
  func gate() {
    var test = TestStack(
      PostPaid(window, as: .gate), FixedWindow(limit: UnitsByPlan(900), per: .seconds(10)))
    let request = test.request(60)
    let decision = test.stack.decide(request, at: .zero, .none)
    #expect(decision.shares(1) == [60])
    _ = test.stack.settle(
      decision, of: request, actual: 101, decidedAt: .zero, at: .zero, .none)
    #expect(test.decide(1, at: 1).refusedBy == 0)
  }
}

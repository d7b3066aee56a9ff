import Testing
import WeirAccess
import WeirKernel

@Suite struct LoadSharesTests {
  private let directory = Directory(
    planOfAccount: [0, 1, 2],
    plans: [Plan(name: "batch"), Plan(name: "live"), Plan(name: "other")])

  private func stack(_ borrowing: LoadShares.Borrowing) -> TestStack {
    TestStack(
      LoadShares(limit: 10, weights: ["batch": 3, "live": 7], borrowing: borrowing),
      for: directory)
  }

  /// Asks so many times for the plan of that number, and says how often it was let in.
  private func take(_ count: Int, plan: UInt32, _ test: inout TestStack) -> Int {
    (0..<count).count { _ in test.decide(1, at: 0, account: plan).outcome == .admit }
  }

  @Test("strict shares are all that a plan gets, and what others leave stays idle")
  func never() {
    var test = stack(.never)
    #expect(take(20, plan: 0, &test) == 3 && take(20, plan: 1, &test) == 7)
    #expect(take(20, plan: 2, &test) == 1, "plans without a name have one request together")
  }

  @Test("what is idle may be borrowed, and a share is there all the same: beyond the limit")
  func idle() {
    var test = stack(.idle)
    #expect(take(20, plan: 0, &test) == 10 && take(20, plan: 1, &test) == 7)
  }

  @Test("while the pool is not saturated all may be borrowed; early arrivals keep it")
  func unsaturated() {
    var test = stack(.unsaturated)
    #expect(take(6, plan: 0, &test) == 6)
    test.stack.receive(.load(utilisation: 80, at: 1), at: .second(1))
    // Six of ten are gone. The pool is saturated: batch gets no more, live what is left.
    #expect(take(20, plan: 0, &test) == 0 && take(20, plan: 1, &test) == 4)
    test.stack.receive(.load(utilisation: 79, at: 2), at: .second(2))
    #expect(take(20, plan: 1, &test) == 0, "the limit holds")
  }

  @Test("what ends can be taken again")
  func ends() {
    var test = stack(.never)
    let request = test.request(1, account: 0)
    let decision = test.stack.decide(request, at: .zero, .none)
    #expect(take(5, plan: 0, &test) == 2)
    test.stack.release(decision, of: request, decidedAt: .zero, at: .second(1))
    #expect(take(5, plan: 0, &test) == 1)
  }
}

import Testing
import WeirAccess
import WeirKernel

@Suite struct IdempotentStackTests {
  private var stack: IdempotentStack {
    IdempotentStack(
      TestStack(
        FixedWindow(limit: UnitsByPlan(5), per: .seconds(10)),
        PrepaidCredits(price: PriceList(Price(credits: 1))), balance: Credits(micro: 9_000_000)
      ).stack)
  }

  @Test("a repeated key gets the first answer, and pays and settles once")
  func repeats() {
    var stack = stack
    let request = Request(account: 0, cost: 8, ordinal: 1)
    let first = stack.decide(request, key: "a", at: .zero)
    let again = stack.decide(request, key: "a", at: .second(1))
    #expect(!first.isReplay && again.isReplay)
    #expect(again.decision.shares.total == 8)
    for _ in 0..<3 {
      let settled = stack.settle(account: 0, key: "a", actual: 8, at: .second(2))
      #expect(settled?.charged == Credits(micro: 3_000_000))
    }
    stack.stack.advance(to: .second(2))
    #expect(stack.stack.fund(1).balance(of: 0) == Credits(micro: 6_000_000))
    #expect(stack.stack.ledger.journal.count { if case .usage = $0 { true } else { false } } == 1)
  }

  @Test("a refusal sticks to its key, and the same key of another account is another request")
  func refusals() {
    var stack = stack
    let big = Request(account: 0, cost: 100, ordinal: 1)
    #expect(stack.decide(big, key: "a", at: .zero).decision.outcome == .deny)
    let smaller = Request(account: 0, cost: 1, ordinal: 2)
    #expect(stack.decide(smaller, key: "a", at: .zero).decision.outcome == .deny)
    let other = Request(account: 1, cost: 1, ordinal: 1)
    #expect(stack.decide(other, key: "a", at: .zero).decision.outcome == .admit)
  }

  @Test("what was never admitted cannot be settled")
  func unknown() {
    var stack = stack
    _ = stack.decide(Request(account: 0, cost: 100, ordinal: 1), key: "a", at: .zero)
    #expect(stack.settle(account: 0, key: "a", actual: 1, at: .zero) == nil)
    #expect(stack.release(account: 0, key: "b", at: .zero) == nil)
  }
}

import Testing
import WeirAccess
import WeirKernel

@Suite struct ConcurrencyTests {
  @Test("a slot is free again when a request ends, and only then")
  func slots() {
    var gate = OneAccount(Concurrency(limit: UnitsByPlan(2)))
    #expect(gate.take(5, at: 0) == nil)
    #expect(gate.take(9, at: 1) == nil)
    #expect(gate.take(1, at: 2) == Refusal(reason: .concurrency, retryAfter: nil))
    #expect(gate.take(0, at: 2) == nil, "a request of no units takes no slot")
    gate.settle(5, takenAt: 0, to: 7, at: 3)
    #expect(gate.meter(at: 3).remaining == 1)
    #expect(gate.take(1, at: 3) == nil)
  }

  @Test("a lease runs out at exactly its age, and the wait says when")
  func leases() {
    var gate = OneAccount(Concurrency(limit: UnitsByPlan(2), lease: .seconds(10)))
    _ = gate.take(1, at: 0)
    _ = gate.take(1, at: 3_000_000_000)
    #expect(gate.take(1, at: 4_000_000_000)?.wait == 6_000_000_000)
    #expect(gate.quote(1, at: 9_999_999_999).refusal != nil)
    #expect(gate.take(1, at: 10_000_000_000) == nil)
    gate.settle(1, takenAt: 0, to: 1, at: 10_500_000_000)
    #expect(gate.meter(at: 10_500_000_000).remaining == 0, "a lease that ran out frees no second")
  }
}

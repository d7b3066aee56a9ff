import Testing
import WeirKernel

@testable import WeirAccess

@Suite struct SlidingCounterTests {
  private typealias Estimate = SlidingCounter.Estimate

  private func counter(
    _ limit: Int64, estimate: SlidingCounter.Estimate = .exact, overshoots: Bool = false,
    countsRefused: Bool = false
  ) -> SlidingCounter {
    SlidingCounter(
      limit: UnitsByPlan(Units(limit)), per: SimDuration(nanoseconds: 100), estimate: estimate,
      overshoots: overshoots, countsRefused: countsRefused)
  }

  @Test(
    "what passes is what fractions say, whatever the variant",
    arguments: [
      (Estimate.exact, false), (.floored, false), (.exact, true), (.floored, true),
    ])
  func equalsFractions(_ estimate: SlidingCounter.Estimate, _ overshoots: Bool) {
    for seed in UInt64(1)...10 {
      var samples = TestSamples(seed: seed)
      var test = OneAccount(counter(20, estimate: estimate, overshoots: overshoots))
      var uses: [Int64: Int64] = [:]
      var now: Int64 = 0
      for _ in 0..<300 {
        now += samples.next(below: 30)
        let cost = 1 + samples.next(below: 8)
        let weighted = uses[now / 100 - 1, default: 0] * (100 - now % 100)
        let previous = estimate == .floored ? weighted / 100 * 100 : weighted
        let used = previous + uses[now / 100, default: 0] * 100
        let passes = overshoots ? used < 2000 : used + cost * 100 <= 2000
        #expect((test.take(cost, at: now) == nil) == passes, "seed \(seed) at \(now)")
        if passes { uses[now / 100, default: 0] += cost }
      }
    }
  }

  @Test("a burnt window takes up to two lengths to fade")
  func fading() {
    var test = OneAccount(counter(10))
    #expect(test.take(10, at: 0) == nil)
    #expect(test.take(1, at: 0)?.wait == 110)
    #expect(test.take(10, at: 0)?.wait == 200)
    #expect(test.meter(at: 0).reset == 200)
    #expect(test.meter(at: 150).remaining == 5)
    #expect(test.meter(at: 200).remaining == 10)
  }

  @Test("rounding down lets a request pass before a whole unit has faded")
  func floored() {
    var exact = OneAccount(counter(10))
    var floored = OneAccount(counter(10, estimate: .floored))
    _ = exact.take(10, at: 0)
    _ = floored.take(10, at: 0)
    #expect(exact.quote(1, at: 100).refusal?.wait == 10)
    #expect(floored.quote(1, at: 100).refusal?.wait == 1)
    #expect(floored.meter(at: 101).remaining == 1)
    #expect(floored.meter(at: 191).remaining == 10, "less than one unit counts as nothing")
  }

  @Test("one request overshoots when anything is left, and only one")
  func overshoot() {
    var test = OneAccount(counter(10, overshoots: true))
    #expect(test.take(9, at: 0) == nil)
    #expect(test.take(7, at: 0) == nil)
    #expect(test.take(1, at: 0)?.reason == .limit)
    #expect(test.meter(at: 0).remaining == 0)
    #expect(test.quote(500, at: 0).refusal?.retryAfter != nil, "no cost is too much for good")
    var none = OneAccount(counter(0, overshoots: true))
    #expect(none.take(1, at: 0)?.reason == .never)
  }

  @Test("refusals count up to one unit above the limit, whichever layer refused")
  func refusals() {
    var test = TestStack(
      counter(2, countsRefused: true), Concurrency(limit: UnitsByPlan(0)),
      for: .alike(accounts: 1))
    let request = test.request(1)
    for _ in 0..<9 { _ = test.stack.decide(request, at: .zero, .none) }
    #expect(test.stack.layers[0].meter(for: request, at: .zero)?.remaining == 0)
    // Three units fade to one after a window and two thirds of the next.
    let wait = test.stack.layers[0].quote(1, of: request, at: .zero, .none).refusal?.wait
    #expect(wait == 167)
  }

  @Test("a settlement gives back to the window it took from, as long as that counts")
  func settlements() {
    var test = OneAccount(counter(10))
    _ = test.take(8, at: 0)
    test.settle(8, takenAt: 0, to: 4, at: 150)
    #expect(test.meter(at: 150).remaining == 8)
    test.settle(4, takenAt: 0, to: 0, at: 210)
    #expect(test.meter(at: 210).remaining == 10)
    test.settle(0, takenAt: 210, to: 15, at: 220)
    #expect(test.meter(at: 220).remaining == 0)
  }

  @Test("an account in the middle of a long life has both windows counted, up to the limit")
  func stationary() {
    var counter = SlidingCounter(
      limit: UnitsByPlan(60), per: .hours(12), origin: .zero + .hours(6))
    counter.prepare(for: .alike(accounts: 2))
    for (account, demand) in [Units(48), 400].enumerated() {
      counter.open(
        UInt32(account), plan: 0,
        with: AccountStart(organisation: 0, stationary: .init(phase: 0, demandPerDay: demand)))
    }
    let estimates = (0..<2).map { counter.estimate(for: Request(account: $0, cost: 0), at: .zero) }
    // Half of the last 24 and all of the present 12; the other may not ask for more than 60.
    #expect(estimates.map(\.units) == [24, 60])
  }

  @Test("a state takes 24 bytes")
  func size() {
    #expect(MemoryLayout<SlidingCount>.stride == 24)
  }
}

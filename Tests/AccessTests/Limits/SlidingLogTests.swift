import Testing
import WeirAccess
import WeirKernel

@Suite struct SlidingLogTests {
  @Test("no span of the length ever holds more than the limit", arguments: UInt64(1)...10)
  func strict(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    var log = OneAccount(SlidingLog(limit: UnitsByPlan(20), per: SimDuration(nanoseconds: 100)))
    var taken: [(at: Int64, units: Int64)] = []
    var now: Int64 = 0
    for _ in 0..<400 {
      now += samples.next(below: 12)
      let cost = samples.next(below: 9)
      let inSpan = taken.filter { $0.at > now - 100 }.reduce(0) { $0 + $1.units }
      let refusal = log.take(cost, at: now)
      #expect((refusal == nil) == (inSpan + cost <= 20), "seed \(seed) at \(now)")
      if refusal == nil { taken.append((now, cost)) }
    }
  }

  @Test("the wait is for the oldest uses, not the newest, and fits mixed costs")
  func wait() {
    // limits issues 200 (wait from the newest entry), 151 (cost above the limit), 112 (mixed
    // costs).
    var log = OneAccount(SlidingLog(limit: UnitsByPlan(10), per: .seconds(60)))
    for second in [Int64(0), 10, 20] { _ = log.take(3, at: second * 1_000_000_000) }
    #expect(log.quote(3, at: 30_000_000_000).refusal?.wait == 30_000_000_000)
    #expect(log.quote(5, at: 30_000_000_000).refusal?.wait == 40_000_000_000)
    #expect(log.quote(1, at: 30_000_000_000).refusal == nil)
    #expect(log.quote(11, at: 30_000_000_000).refusal?.reason == .never)
  }

  @Test(
    "a use exactly as old as the span has left, or still counts when inclusive",
    arguments: [
      false, true,
    ])
  func boundary(_ inclusive: Bool) {
    var log = OneAccount(
      SlidingLog(limit: UnitsByPlan(1), per: .seconds(1), inclusive: inclusive))
    _ = log.take(1, at: 0)
    let wait: Int64 = inclusive ? 1_000_000_001 : 1_000_000_000
    #expect(log.quote(1, at: 0).refusal?.wait == wait)
    #expect((log.quote(1, at: 1_000_000_000).refusal == nil) == !inclusive)
  }

  @Test("room that uses have left is used again, so a log does not grow with time")
  func settlements() {
    var log = OneAccount(SlidingLog(limit: UnitsByPlan(10), per: .seconds(1)))
    _ = log.take(8, at: 0)
    log.settle(8, takenAt: 0, to: 3, at: 500_000_000)
    #expect(log.meter(at: 500_000_000).remaining == 7)
    log.settle(0, takenAt: 0, to: 9, at: 600_000_000)
    #expect(log.meter(at: 600_000_000).remaining == 0)
    #expect(log.meter(at: 1_000_000_000).remaining == 1, "the rest counts from its settlement")
    #expect(log.meter(at: 1_600_000_000).remaining == 10)
  }

  @Test("an account in the middle of a long life has its uses spread over the span")
  func stationary() {
    var log = SlidingLog(limit: UnitsByPlan(1000), per: .hours(8))
    log.prepare(for: .alike(accounts: 1))
    log.open(
      0, plan: 0,
      with: AccountStart(organisation: 0, stationary: .init(phase: 1 << 31, demandPerDay: 240)))
    let request = Request(account: 0, cost: 0)
    let remaining = (0..<9).map { hour in
      log.meter(for: request, at: .zero + .hours(hour))?.remaining?.count ?? -1
    }
    #expect(remaining == [920, 930, 940, 950, 960, 970, 980, 990, 1000])
  }
}

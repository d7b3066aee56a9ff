import Testing
import WeirAccess
import WeirKernel

@Suite struct TokenBucketTests {
  @Test("a bucket and the cell rate decide alike, whatever the rate", arguments: UInt64(1)...20)
  func equalsCellRate(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    // Rates that do not divide their period, and times that are no multiples of anything.
    let rate = UnitsByPlan(Units(1 + samples.next(below: 97)))
    let burst = UnitsByPlan(Units(1 + samples.next(below: 40)))
    let period = SimDuration(nanoseconds: 1 + samples.next(below: 10_007))
    let holdUpTo = SimDuration(
      nanoseconds: seed % 2 == 0 ? 0 : samples.next(below: 2 * period.nanoseconds))
    var bucket = OneAccount(
      TokenBucket(capacity: burst, refill: rate, per: period, holdUpTo: holdUpTo))
    var cells = OneAccount(
      GenericCellRate(rate: rate, per: period, burst: burst, holdUpTo: holdUpTo))
    var now: Int64 = 0
    var holds: [(units: Int64, at: Int64)] = []
    for step in 0..<500 {
      now += samples.next(below: period.nanoseconds / 3 + 2)
      let cost = samples.next(below: 12)
      let first = bucket.quote(cost, at: now)
      let second = cells.quote(cost, at: now)
      #expect(first.payable == second.payable, "seed \(seed), step \(step)")
      #expect(first.refusal == second.refusal, "seed \(seed), step \(step)")
      #expect(first.delay == second.delay, "seed \(seed), step \(step)")
      #expect(bucket.meter(at: now) == cells.meter(at: now), "seed \(seed), step \(step)")
      if first.refusal == nil {
        bucket.force(cost, at: now)
        cells.force(cost, at: now)
        holds.append((cost, now))
      }
      if !holds.isEmpty, samples.next(below: 4) == 0 {
        let hold = holds.removeFirst()
        let actual = samples.next(below: 2 * hold.units + 1)
        bucket.settle(hold.units, takenAt: hold.at, to: actual, at: now)
        cells.settle(hold.units, takenAt: hold.at, to: actual, at: now)
      }
    }
  }

  @Test("a bucket is not at most its refill in each period: capacity and refill pass together")
  func burstAndRefill() {
    // bucket4j issue 401.
    var bucket = OneAccount(
      TokenBucket(capacity: UnitsByPlan(10), refill: UnitsByPlan(10), per: .seconds(1)))
    let passed = (0...999).count { bucket.take(1, at: $0 * 1_000_000) == nil }
    #expect(passed == 19)
  }

  @Test("no refill makes a refusal final; no rate for a plan makes it unlimited")
  func extremes() {
    var dry = OneAccount(
      TokenBucket(capacity: UnitsByPlan(2), refill: UnitsByPlan(0), per: .seconds(1)))
    #expect(dry.take(2, at: 0) == nil)
    #expect(dry.take(1, at: .max) == Refusal(reason: .never, retryAfter: nil))
    let free = OneAccount(
      TokenBucket(
        capacity: UnitsByPlan(2), refill: UnitsByPlan(plans: ["other": 1]), per: .seconds(1)))
    #expect(free.quote(1000, at: 0).refusal == nil)
  }

  @Test("a request is kept until its tokens have come, and the next one behind it")
  func holding() {
    var bucket = OneAccount(
      TokenBucket(
        capacity: UnitsByPlan(3), refill: UnitsByPlan(1), per: .seconds(1),
        holdUpTo: .seconds(5)))
    #expect(bucket.meter(at: 0).remaining == 8)
    #expect(bucket.quote(3, at: 0).delay == .zero)
    #expect(bucket.quote(7, at: 0).delay == .seconds(4))
    _ = bucket.take(7, at: 0)
    #expect(bucket.quote(1, at: 0).delay == .seconds(5))
    #expect(bucket.take(2, at: 0) == Refusal(reason: .limit, retryAfter: .seconds(1)))
    #expect(bucket.quote(9, at: 60_000_000_000).refusal?.reason == .never)
  }

  @Test("one request overshoots while a token is there, and the debt is waited for")
  func overshoot() {
    var bucket = OneAccount(
      TokenBucket(
        capacity: UnitsByPlan(3), refill: UnitsByPlan(1), per: .seconds(1), overshoots: true))
    #expect(bucket.take(9, at: 0) == nil)
    #expect(bucket.take(1, at: 0) == Refusal(reason: .limit, retryAfter: .seconds(7)))
    #expect(bucket.quote(50, at: 6_999_999_999).refusal != nil)
    #expect(bucket.quote(50, at: 7_000_000_000).payable == 50)
  }

  @Test("stationary accounts that ask for more than the rate start empty, the others full")
  func stationary() {
    var bucket = TokenBucket(
      capacity: UnitsByPlan(12), refill: UnitsByPlan(1), per: .hours(1))
    bucket.prepare(for: .alike(accounts: 2))
    for (account, demand) in [Units(20), 30].enumerated() {
      bucket.open(
        UInt32(account), plan: 0,
        with: AccountStart(organisation: 0, stationary: .init(phase: 0, demandPerDay: demand)))
    }
    let tokens = (0..<2).map { bucket.tokens(for: Request(account: $0, cost: 0), at: .zero).count }
    #expect(tokens == [12, 0])
  }
}

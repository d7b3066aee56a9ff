import Testing
import WeirAccess
import WeirKernel

@Suite struct LeakyBucketTests {
  private func bucket(_ capacity: Int64, _ mode: LeakyBucket.Mode) -> OneAccount<LeakyBucket> {
    OneAccount(
      LeakyBucket(
        capacity: UnitsByPlan(Units(capacity)), leak: UnitsByPlan(1), per: .seconds(1),
        mode: mode))
  }

  @Test("a meter and a cell rate of its leak and capacity decide alike", arguments: UInt64(1)...10)
  func equalsCellRate(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    let leak = UnitsByPlan(Units(1 + samples.next(below: 97)))
    let capacity = UnitsByPlan(Units(1 + samples.next(below: 40)))
    let period = SimDuration(nanoseconds: 1 + samples.next(below: 10_007))
    var bucket = OneAccount(LeakyBucket(capacity: capacity, leak: leak, per: period))
    var cells = OneAccount(GenericCellRate(rate: leak, per: period, burst: capacity))
    var now: Int64 = 0
    for step in 0..<400 {
      now += samples.next(below: period.nanoseconds / 3 + 2)
      let cost = samples.next(below: 12)
      let refusal = bucket.take(cost, at: now)
      #expect(refusal == cells.take(cost, at: now), "seed \(seed), step \(step)")
      #expect(bucket.meter(at: now) == cells.meter(at: now), "seed \(seed), step \(step)")
      if refusal == nil, samples.next(below: 3) == 0 {
        let actual = samples.next(below: 2 * cost + 1)
        bucket.settle(cost, takenAt: now, to: actual, at: now)
        cells.settle(cost, takenAt: now, to: actual, at: now)
      }
    }
  }

  @Test("a queue lets requests out at its rate, and refuses what does not fit")
  func queue() {
    var test = bucket(4, .queue)
    #expect(test.quote(3, at: 0).delay == .zero)
    _ = test.take(3, at: 0)
    #expect(test.quote(1, at: 0).delay == .seconds(3))
    #expect(test.meter(at: 0).remaining == 1)
    #expect(test.take(1, at: 0) == nil)
    #expect(
      test.quote(1, at: 0).refusal == Refusal(reason: .limit, retryAfter: .init(nanoseconds: 1)))
    #expect(test.take(1, at: 1) == nil, "what has begun to leak takes no room")
    #expect(test.quote(5, at: 9_000_000_000).refusal?.reason == .never)
  }

  @Test("a place in a queue passes, whether it was used or not")
  func places() {
    var test = bucket(9, .queue)
    _ = test.take(5, at: 0)
    test.settle(5, takenAt: 0, to: 0, at: 0)
    #expect(test.quote(1, at: 0).delay == .seconds(5))
    test.settle(5, takenAt: 0, to: 7, at: 1_000_000_000)
    #expect(test.quote(1, at: 1_000_000_000).delay == .seconds(6))
  }

  @Test("what never leaks lets one through a queue, and fills a meter for good")
  func noLeak() {
    var meter = OneAccount(
      LeakyBucket(capacity: UnitsByPlan(2), leak: UnitsByPlan(0), per: .seconds(1)))
    #expect(meter.take(2, at: 0) == nil)
    #expect(meter.take(1, at: .max) == Refusal(reason: .never, retryAfter: nil))
    var queue = OneAccount(
      LeakyBucket(
        capacity: UnitsByPlan(9), leak: UnitsByPlan(0), per: .seconds(1), mode: .queue))
    #expect(queue.take(2, at: 0) == nil)
    #expect(queue.take(1, at: .max) == Refusal(reason: .never, retryAfter: nil))
  }

  @Test("no capacity holds nothing, no capacity for a plan holds everything")
  func extremes() {
    #expect(bucket(0, .queue).quote(1, at: 0).refusal?.reason == .never)
    let free = OneAccount(
      LeakyBucket(
        capacity: UnitsByPlan(plans: ["other": 1]), leak: UnitsByPlan(1), per: .seconds(1),
        mode: .queue))
    #expect(free.quote(1_000_000, at: 0).delay == .zero)
  }

  @Test("stationary accounts that ask for more than leaks start full, the others empty")
  func stationary() {
    var bucket = LeakyBucket(capacity: UnitsByPlan(12), leak: UnitsByPlan(1), per: .hours(1))
    bucket.prepare(for: .alike(accounts: 2))
    for (account, demand) in [Units(20), 30].enumerated() {
      bucket.open(
        UInt32(account), plan: 0,
        with: AccountStart(organisation: 0, stationary: .init(phase: 0, demandPerDay: demand)))
    }
    let left = (UInt32(0)..<2).map { bucket.meter(for: Request(account: $0, cost: 0), at: .zero) }
    #expect(left.map { $0?.remaining?.count } == [12, 0])
  }
}

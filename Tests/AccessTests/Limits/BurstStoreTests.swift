import Testing
import WeirKernel

@testable import WeirAccess

@Suite struct BurstStoreTests {
  private func store(
    keeps: Int64, borrows: Int64 = 0, launch: Int64 = 0, initial: Int64 = 0
  ) -> OneAccount<BurstStore> {
    OneAccount(
      BurstStore(
        rate: UnitsByPlan(2), per: .seconds(1), keeps: .seconds(keeps), borrows: .seconds(borrows),
        launch: Units(launch), initial: Units(initial)))
  }

  @Test("what is not used is kept up to its time, and no longer")
  func keeping() {
    var test = store(keeps: 10)
    #expect(test.take(1, at: 0)?.wait == 500_000_000)
    #expect(test.meter(at: 4_000_000_000).remaining == 8)
    #expect(test.meter(at: 99_000_000_000).remaining == 20)
    #expect(test.take(21, at: 99_000_000_000)?.reason == .never)
    #expect(test.takeAtMost(21, at: 99_000_000_000) == 20)
  }

  @Test("what is borrowed is repaid before anything is kept again")
  func borrowing() {
    var test = store(keeps: 10, borrows: 5)
    #expect(test.take(10, at: 0) == nil)
    #expect(test.layer.borrowed(for: test.request, at: .zero) == 10)
    #expect(test.take(1, at: 0)?.wait == 500_000_000)
    #expect(test.layer.balance(for: test.request, at: .second(5)) == 0)
    #expect(test.layer.balance(for: test.request, at: .second(6)) == 2)
    #expect(test.meter(at: 0).limit == 30)
    #expect(test.meter(at: 0).reset == 15_000_000_000)
  }

  @Test("launch units are spent first, come once, and do not count against what is kept")
  func launching() {
    var test = store(keeps: 10, launch: 7)
    #expect(test.meter(at: 50_000_000_000).remaining == 27)
    _ = test.take(4, at: 50_000_000_000)
    #expect(test.layer.launchLeft(for: test.request) == 3)
    #expect(test.take(24, at: 50_000_000_000)?.wait == nil, "launch units never come back")
    test.settle(4, takenAt: 50_000_000_000, to: 2, at: 51_000_000_000)
    #expect(test.layer.launchLeft(for: test.request) == 5)
  }

  @Test("what the store does not pay, the next payer does: surplus is charged")
  func waterfall() {
    var test = TestStack(
      BurstStore(
        rate: UnitsByPlan(2), per: .seconds(1), keeps: .seconds(10), borrows: .seconds(3)),
      PrepaidCredits(price: PriceList(Price(credits: 1))),
      balance: Credits(micro: 9_000_000))
    #expect(test.decide(10, at: 0).shares(2) == [6, 4])
    #expect(test.decide(4, at: 1).shares(2) == [2, 2])
  }

  @Test("a store of what one bucket holds decides as the bucket does", arguments: UInt64(1)...10)
  func equalsBucket(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    let intervally = seed % 2 == 0
    var test = OneAccount(
      BurstStore(
        rate: UnitsByPlan(3), per: SimDuration(nanoseconds: 700),
        keeps: SimDuration(nanoseconds: 7000), intervally: intervally))
    var bucket = OneAccount(
      TokenBucket(
        capacity: UnitsByPlan(30), refill: UnitsByPlan(3), per: SimDuration(nanoseconds: 700),
        refills: intervally ? .intervally : .greedy, initial: 0))
    var now: Int64 = 0
    for step in 0..<300 {
      now += samples.next(below: 900)
      let cost = samples.next(below: 34)
      let refusal = test.take(cost, at: now)
      #expect(refusal == bucket.take(cost, at: now), "seed \(seed), step \(step)")
      #expect(test.meter(at: now) == bucket.meter(at: now), "seed \(seed), step \(step)")
      if refusal == nil, samples.next(below: 3) == 0 {
        test.settle(cost, takenAt: now, to: cost / 2, at: now)
        bucket.settle(cost, takenAt: now, to: cost / 2, at: now)
      }
    }
  }

  @Test("no rate for a plan is no limit, a rate of 0 keeps nothing")
  func extremes() {
    let free = OneAccount(
      BurstStore(rate: UnitsByPlan(plans: ["other": 1]), per: .seconds(1), keeps: .seconds(9)))
    #expect(free.quote(1_000_000, at: 0).refusal == nil)
    let none = OneAccount(
      BurstStore(rate: UnitsByPlan(0), per: .seconds(1), keeps: .seconds(9), borrows: .seconds(9)))
    #expect(none.quote(1, at: 0).refusal == Refusal(reason: .never, retryAfter: nil))
  }

  @Test("in the middle of a long life an account has all kept, or has borrowed all")
  func stationary() {
    var store = BurstStore(
      rate: UnitsByPlan(1), per: .hours(1), keeps: .hours(24), borrows: .hours(12))
    store.prepare(for: .alike(accounts: 2))
    for (account, demand) in [Units(20), 30].enumerated() {
      store.open(
        UInt32(account), plan: 0,
        with: AccountStart(organisation: 0, stationary: .init(phase: 0, demandPerDay: demand)))
    }
    let requests = (UInt32(0)..<2).map { Request(account: $0, cost: 0) }
    #expect(requests.map { store.balance(for: $0, at: .zero).count } == [24, 0])
    #expect(requests.map { store.borrowed(for: $0, at: .zero).count } == [0, 12])
  }

  @Test("a state takes 32 bytes")
  func size() {
    #expect(MemoryLayout<BurstLevel>.stride == 32)
  }
}

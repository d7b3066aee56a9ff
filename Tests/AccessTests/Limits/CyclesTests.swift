import Testing
import WeirAccess
import WeirKernel

@Suite struct CyclesTests {
  private func cycles(_ limit: Int64, holdUpTo: Int64 = 0) -> OneAccount<Cycles> {
    OneAccount(
      Cycles(
        limit: UnitsByPlan(Units(limit)), per: .seconds(10), holdUpTo: .seconds(holdUpTo)))
  }

  @Test("a cycle has its limit, and what it leaves is gone with it")
  func renewal() {
    var test = cycles(5)
    #expect(test.take(3, at: 1_000_000_000) == nil)
    #expect(test.take(3, at: 1_000_000_000)?.wait == 9_000_000_000)
    #expect(test.meter(at: 50_000_000_000).remaining == 5)
    #expect(test.take(6, at: 50_000_000_000)?.reason == .never)
  }

  @Test("coming cycles are reserved, and repay before anything is available again")
  func reservations() {
    var test = cycles(5, holdUpTo: 25)
    #expect(test.meter(at: 0).remaining == 15)
    #expect(test.quote(12, at: 0).delay == .seconds(20))
    _ = test.take(12, at: 0)
    #expect(test.layer.available(for: test.request, at: .zero) == -7)
    #expect(test.take(4, at: 0)?.wait == 5_000_000_000)
    #expect(test.layer.available(for: test.request, at: .second(10)) == -2)
    #expect(test.layer.available(for: test.request, at: .second(20)) == 3)
    #expect(test.layer.available(for: test.request, at: .second(90)) == 5)
  }

  @Test("a cycle that has passed gets nothing back, what was reserved is repaid")
  func settlements() {
    var test = cycles(5, holdUpTo: 60)
    _ = test.take(4, at: 0)
    test.settle(4, takenAt: 0, to: 1, at: 1_000_000_000)
    #expect(test.meter(at: 1_000_000_000).remaining == 34)
    _ = test.take(2, at: 10_000_000_000)
    test.settle(1, takenAt: 0, to: 0, at: 11_000_000_000)
    #expect(test.layer.available(for: test.request, at: .second(11)) == 3)
    _ = test.take(20, at: 12_000_000_000)
    test.settle(20, takenAt: 12_000_000_000, to: 1, at: 21_000_000_000)
    #expect(test.layer.available(for: test.request, at: .second(21)) == 0)
  }

  @Test("cycles without reservations decide as aligned windows do", arguments: UInt64(1)...8)
  func equalsWindows(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    var test = OneAccount(
      Cycles(
        limit: UnitsByPlan(9), per: SimDuration(nanoseconds: 70),
        origin: SimTime(nanoseconds: 13)))
    var window = OneAccount(
      FixedWindow(
        limit: UnitsByPlan(9), per: SimDuration(nanoseconds: 70), alignment: .aligned,
        origin: SimTime(nanoseconds: 13)))
    var now: Int64 = 0
    for step in 0..<300 {
      now += samples.next(below: 60)
      let cost = samples.next(below: 11)
      #expect(
        test.take(cost, at: now) == window.take(cost, at: now), "seed \(seed), step \(step)")
      #expect(
        test.meter(at: now).remaining == window.meter(at: now).remaining,
        "seed \(seed), step \(step)")
    }
  }

  @Test("an account in the middle of a long life has used its part of the first cycle")
  func stationary() {
    var cycles = Cycles(limit: UnitsByPlan(100), per: .hours(24), origin: .zero + .hours(6))
    cycles.prepare(for: .alike(accounts: 2))
    for (account, demand) in [Units(40), 900].enumerated() {
      cycles.open(
        UInt32(account), plan: 0,
        with: AccountStart(organisation: 0, stationary: .init(phase: 0, demandPerDay: demand)))
    }
    let left = (UInt32(0)..<2).map {
      cycles.available(for: Request(account: $0, cost: 0), at: .zero)
    }
    #expect(left == [70, 0])
  }

  @Test("0 is none at all, and a plan that is not named has no limit")
  func extremes() {
    #expect(cycles(0, holdUpTo: 60).quote(1, at: 0).refusal?.reason == .never)
    let free = OneAccount(Cycles(limit: UnitsByPlan(plans: ["other": 1]), per: .seconds(1)))
    #expect(free.quote(1_000_000, at: 0).refusal == nil)
  }
}

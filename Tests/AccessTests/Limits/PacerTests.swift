import Testing
import WeirAccess
import WeirKernel

@Suite struct PacerTests {
  @Test("requests go on a pace apart, whatever rhythm they come in", arguments: UInt64(1)...10)
  func spacing(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    // Seven in a second: a pace that is no whole number of nanoseconds.
    var test = OneAccount(Pacer(rate: UnitsByPlan(7), per: .seconds(1)))
    var now: Int64 = 0
    var last: (time: Int64, units: Int64)?
    for step in 0..<300 {
      now += samples.next(below: 400_000_000)
      let cost = 1 + samples.next(below: 3)
      let goesOn = now + test.quote(cost, at: now).delay.nanoseconds
      test.force(cost, at: now)
      if let last {
        // The pace, rounded down: each time is rounded up by itself.
        let pace = last.units * 1_000_000_000 / 7
        #expect(goesOn - last.time >= pace, "seed \(seed), step \(step)")
        #expect(
          goesOn == now || goesOn - last.time <= pace + 1, "seed \(seed), step \(step)")
      }
      last = (goesOn, cost)
    }
  }

  @Test("a pace that does not divide its period loses nothing in a million requests")
  func exact() {
    var test = OneAccount(Pacer(rate: UnitsByPlan(7), per: .seconds(1)))
    test.force(7_000_000, at: 0)
    #expect(test.quote(1, at: 0).delay == .seconds(1_000_000))
  }

  @Test("what was saved lets so many follow at once, and nothing is saved before the first")
  func slack() {
    var test = OneAccount(Pacer(rate: UnitsByPlan(1), per: .seconds(1), slack: 3))
    let first = (0..<3).map { _ in
      let delay = test.quote(1, at: 0).delay.seconds
      test.force(1, at: 0)
      return delay
    }
    #expect(first == [0, 1, 2])
    let later = (0..<6).map { _ in
      let delay = test.quote(1, at: 60_000_000_000).delay.seconds
      test.force(1, at: 60_000_000_000)
      return delay
    }
    #expect(later == [0, 0, 0, 0, 1, 2])
  }

  @Test("a wait longer than a request is kept is refused until it is short enough")
  func longest() {
    var test = OneAccount(
      Pacer(rate: UnitsByPlan(1), per: .seconds(1), holdUpTo: .seconds(4)))
    test.force(10, at: 0)
    #expect(test.take(1, at: 0) == Refusal(reason: .limit, retryAfter: .seconds(6)))
    #expect(test.quote(1, at: 6_000_000_000).delay == .seconds(4))
  }

  @Test("a place that is left stays empty; more than the estimate delays the others")
  func settlements() {
    var test = OneAccount(Pacer(rate: UnitsByPlan(1), per: .seconds(1)))
    test.force(2, at: 0)
    test.settle(2, takenAt: 0, to: 0, at: 0)
    #expect(test.quote(1, at: 0).delay == .seconds(2))
    test.settle(2, takenAt: 0, to: 5, at: 0)
    #expect(test.quote(1, at: 0).delay == .seconds(5))
  }

  @Test("no rate for a plan paces nothing, a rate of 0 lets nothing go on")
  func extremes() {
    var free = OneAccount(Pacer(rate: UnitsByPlan(plans: ["other": 1]), per: .seconds(1)))
    free.force(1000, at: 0)
    #expect(free.quote(1, at: 0).delay == .zero)
    let none = OneAccount(Pacer(rate: UnitsByPlan(0), per: .seconds(1)))
    #expect(none.quote(1, at: 0).refusal == Refusal(reason: .never, retryAfter: nil))
  }
}

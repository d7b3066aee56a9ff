import Testing
import WeirAccess
import WeirKernel

@Suite struct PlanAllowanceTests {
  private let plus = Plan(
    name: "plus",
    allowances: [
      PlanWindow(limit: 45, per: .hours(5)), PlanWindow(limit: 150, per: .days(7)),
    ])

  @Test("the fullest window decides what is paid, and every window counts it")
  func windows() {
    var test = TestStack(
      PlanAllowance(), onShortfall: .partial,
      for: Directory(planOfAccount: [0], plans: [plus]))
    var paid: [Int64] = []
    for session in 0..<4 {
      paid.append(test.decide(60, at: Int64(session) * 5 * 3600).granted.count)
    }
    #expect(paid == [45, 45, 45, 15])
    let last = test.stack.quote(test.request(1), at: .zero + .hours(20), .none)
    #expect(last.refusal?.member == 1)
    #expect(last.refusal?.retryAfter == .days(7) - .hours(20))
  }

  @Test("a plan without allowances includes nothing")
  func excluded() {
    var test = TestStack(
      PlanAllowance(), for: Directory(planOfAccount: [1], plans: [plus, Plan(name: "bare")]))
    #expect(test.decide(1, at: 0).refusal == Refusal(reason: .excluded, retryAfter: nil))
    #expect(test.decide(0, at: 0).outcome == .admit)
  }

  @Test("it is the same as its windows together in an allOf", arguments: UInt64(1)...10)
  func equalsAllOf(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    var layer = OneAccountOnPlan(PlanAllowance(), plan: plus)
    var both = OneAccountOnPlan(
      AllOf([
        FixedWindow(limit: UnitsByPlan(45), per: .hours(5)),
        FixedWindow(limit: UnitsByPlan(150), per: .days(7)),
      ]), plan: plus)
    var now = SimTime.zero
    for step in 0..<300 {
      now = now + .seconds(samples.next(below: 20_000))
      let cost = Units(samples.next(below: 60))
      let first = layer.take(cost, at: now)
      let second = both.take(cost, at: now)
      #expect(first.payable == second.payable, "seed \(seed), step \(step)")
      #expect(first.refusal == second.refusal, "seed \(seed), step \(step)")
    }
  }

  private struct OneAccountOnPlan {
    var layer: any Layer

    init(_ layer: any Layer, plan: Plan) {
      self.layer = layer
      self.layer.prepare(for: Directory(planOfAccount: [0], plans: [plan]))
    }

    mutating func take(_ cost: Units, at now: SimTime) -> Quote {
      let request = Request(account: 0, cost: cost)
      let quote = layer.quote(cost, of: request, at: now, .none)
      layer.commit(quote.payable, of: request, at: now)
      return quote
    }
  }
}

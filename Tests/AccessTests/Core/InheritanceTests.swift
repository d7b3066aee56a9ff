import Testing
import WeirFormats
import WeirKernel

@testable import WeirAccess

@Suite struct InheritanceTests {
  /// 40 of 100 are left, and the limit becomes 200, 20 or 80: what bucket4j documents.
  static let expected: [(Inheritance, Int64, Int64)] = [
    (.reset, 200, 200), (.reset, 20, 20), (.reset, 80, 80),
    (.asIs, 200, 40), (.asIs, 20, 20), (.asIs, 80, 40),
    (.additive, 200, 140), (.additive, 20, 20), (.additive, 80, 40),
    (.proportional, 200, 80), (.proportional, 20, 8), (.proportional, 80, 32),
  ]

  @Test("what is left of the new limit is what bucket4j documents", arguments: expected)
  func documented(_ inheritance: Inheritance, _ limit: Int64, _ left: Int64) {
    #expect(inheritance.left(40, of: 100, under: Units(limit)) == Units(left))
    #expect(inheritance.left(100, of: 100, under: Units(limit)) == Units(limit), "all stays all")
  }

  @Test("what was used beyond the limit stays beyond it, but for a reset")
  func debt() {
    let left = Inheritance.allCases.map { $0.left(-50, of: 100, under: 200).count }
    #expect(left == [200, -50, 50, -100])
  }

  @Test("a product is exact in between, and rounds down on both sides of zero")
  func scaled() {
    #expect(Int128(-7).scaled(by: 3, over: 10) == -3)
    #expect(Int128(7).scaled(by: 3, over: 10) == 2)
    let large = Int128(1) << 100
    #expect(large.scaled(by: 1 << 80, over: 1 << 90) == 1 << 90)
    #expect((-large - 1).scaled(by: 1 << 80, over: 1 << 90) == -(Int128(1) << 90) - 1)
  }

  /// A limit of 100, before and after a change to another one.
  struct Change: Sendable, CustomTestStringConvertible {
    let name: String
    let limit: @Sendable (Int64) -> any Layer
    var testDescription: String { name }
  }

  static let changes: [Change] = [
    Change(name: "fixedWindow") { FixedWindow(limit: UnitsByPlan(Units($0)), per: .hours(1)) },
    Change(name: "slidingLog") { SlidingLog(limit: UnitsByPlan(Units($0)), per: .hours(1)) },
    Change(name: "slidingCounter") {
      SlidingCounter(limit: UnitsByPlan(Units($0)), per: .hours(1))
    },
    Change(name: "tokenBucket") {
      TokenBucket(capacity: UnitsByPlan(Units($0)), refill: UnitsByPlan(1), per: .hours(1))
    },
    Change(name: "tokenBucket of another period") {
      TokenBucket(
        capacity: UnitsByPlan(Units($0)), refill: UnitsByPlan(1), per: .seconds(36 * $0))
    },
    Change(name: "gcra") {
      GenericCellRate(rate: UnitsByPlan(1), per: .hours(1), burst: UnitsByPlan(Units($0)))
    },
    Change(name: "gcra of another rate") {
      GenericCellRate(
        rate: UnitsByPlan(Units($0)), per: .days($0), burst: UnitsByPlan(Units($0)))
    },
    Change(name: "leakyBucket") {
      LeakyBucket(capacity: UnitsByPlan(Units($0)), leak: UnitsByPlan(1), per: .hours(1))
    },
    Change(name: "cycles") { Cycles(limit: UnitsByPlan(Units($0)), per: .hours(1)) },
    Change(name: "burstStore") {
      BurstStore(
        rate: UnitsByPlan(1), per: .hours(1), keeps: .hours($0), initial: Units($0))
    },
    Change(name: "hierarchy") {
      Hierarchy(
        [
          Hierarchy.Level(by: .organisation, limit: UnitsByPlan(1000)),
          Hierarchy.Level(by: .account, limit: UnitsByPlan(Units($0))),
        ], per: .hours(1))
    },
    Change(name: "allOf") {
      AllOf([
        FixedWindow(limit: UnitsByPlan(1000), per: .days(1)),
        FixedWindow(limit: UnitsByPlan(Units($0)), per: .hours(1)),
      ])
    },
    Change(name: "postPaid") {
      PostPaid(FixedWindow(limit: UnitsByPlan(Units($0)), per: .hours(1)))
    },
  ]

  @Test("every limit that changes leaves what is documented", arguments: changes)
  func limits(_ change: Change) {
    for (inheritance, limit, left) in Self.expected {
      var test = TestStack(change.limit(100), for: .alike(accounts: 2))
      let request = test.request(60)
      let decision = test.stack.decide(request, at: .zero, .none)
      _ = test.stack.settle(
        decision, of: request, actual: 60, decidedAt: .zero, at: .zero, .none)
      test.stack.replace(0, by: change.limit(limit), inheritance, at: .second(1))
      let meters = (UInt32(0)..<2).map { account in
        test.stack.layers[0].meter(for: test.request(1, account: account), at: .second(1))
      }
      #expect(meters[0]?.remaining == Units(left), "\(inheritance) to \(limit)")
      #expect(meters[1]?.remaining == Units(limit), "\(inheritance) to \(limit)")
    }
  }

  @Test(
    "an account that changes its plan carries its use over, the others keep theirs",
    arguments: expected)
  func plans(_ inheritance: Inheritance, _ limit: Int64, _ left: Int64) {
    let units = UnitsByPlan(plans: ["old": 100, "new": Units(limit)])
    let window = PlanWindow(limit: 100, per: .days(1))
    let plans = [
      Plan(name: "old", allowances: [window]),
      Plan(
        name: "new",
        allowances: [
          PlanWindow(limit: 9000, per: .days(7)), PlanWindow(limit: Units(limit), per: .days(1)),
        ]),
    ]
    let rate = UnitsByPlan(plans: ["old": 1, "new": 2])
    let layers: [any Layer] = [
      FixedWindow(limit: units, per: .days(1)), SlidingLog(limit: units, per: .days(1)),
      SlidingCounter(limit: units, per: .days(1)),
      TokenBucket(capacity: units, refill: rate, per: .days(9)),
      GenericCellRate(rate: rate, per: .days(9), burst: units),
      LeakyBucket(capacity: units, leak: rate, per: .days(9)),
      Cycles(limit: units, per: .days(1)), PlanAllowance(),
    ]
    for layer in layers {
      var test = TestStack(
        layer, for: Directory(planOfAccount: [0, 0], plans: plans))
      for account in UInt32(0)..<2 { _ = test.decide(60, at: 0, account: account) }
      test.stack.move(0, to: 1, inheritance, at: .second(1))
      #expect(test.stack.plan(of: 0) == 1)
      var moved = test.request(1)
      moved.plan = 1
      let name = type(of: layer).typeName
      #expect(
        test.stack.layers[0].meter(for: moved, at: .second(1))?.remaining == Units(left), "\(name)")
      let other = test.stack.layers[0].meter(for: test.request(1, account: 1), at: .second(1))
      #expect(other?.remaining == 40, "\(name)")
    }
  }

  @Test("no limit and none become one another: all is there, or nothing is")
  func extremes() {
    for inheritance in Inheritance.allCases {
      var test = TestStack(FixedWindow(limit: UnitsByPlan(plans: [:]), per: .hours(1)))
      _ = test.decide(500, at: 0)
      test.stack.replace(
        0, by: FixedWindow(limit: UnitsByPlan(10), per: .hours(1)), inheritance, at: .second(1))
      #expect(test.decide(10, at: 2).outcome == .admit)
      test.stack.replace(
        0, by: FixedWindow(limit: UnitsByPlan(0), per: .hours(1)), inheritance, at: .second(3))
      #expect(test.decide(1, at: 4).refusal?.reason == .never)
    }
  }

  @Test("what was held and what is under way goes on under the layer that takes the place")
  func underWay() {
    var test = TestStack(
      Pacer(rate: UnitsByPlan(1), per: .seconds(10)), Concurrency(limit: UnitsByPlan(5)))
    let request = test.request(1)
    let first = test.stack.decide(request, at: .zero, .none)
    _ = test.decide(1, at: 0)
    test.stack.replace(
      0, by: Pacer(rate: UnitsByPlan(1), per: .seconds(2)), .additive, at: .second(1))
    test.stack.replace(1, by: Concurrency(limit: UnitsByPlan(2)), .additive, at: .second(1))
    #expect(test.decide(1, at: 1).refusedBy == 1)
    test.stack.release(first, of: request, decidedAt: .zero, at: .second(2))
    // The second goes on at 10 s and its pace was ten seconds; the next one follows it.
    #expect(test.decide(1, at: 2).delay == .seconds(18))
    #expect(test.decide(1, at: 2).refusedBy == 1)
  }

  @Test("what began under a layer of another kind is settled without the one in its place")
  func startsAnew() {
    var test = TestStack(
      Concurrency(limit: UnitsByPlan(2)), FixedWindow(limit: UnitsByPlan(100), per: .hours(1)))
    let request = test.request(30)
    let decision = test.stack.decide(request, at: .zero, .none)
    test.stack.replace(
      0, by: Concurrency(limit: UnitsByPlan(1), by: .everyone), .additive, at: .second(1))
    test.stack.replace(
      1, by: TokenBucket(capacity: UnitsByPlan(50), refill: UnitsByPlan(0), per: .hours(1)),
      .additive, at: .second(1))
    #expect(test.decide(20, at: 2).outcome == .admit)
    _ = test.stack.settle(
      decision, of: request, actual: 40, decidedAt: .zero, at: .second(3), .none)
    let left = test.stack.layers.map { $0.meter(for: request, at: .second(3))?.remaining }
    // The slot of the later request is still taken, and 20 + 10 of the tokens are.
    #expect(left == [0, 20])
  }

  @Test("changes of a stack happen in their order, at their time")
  func scheduled() {
    let window = { (limit: Int64) in
      FixedWindow(limit: UnitsByPlan(Units(limit)), per: .hours(1))
    }
    var stack = Stack(
      [NamedLayer(name: "window", layer: window(10))],
      changes: [
        LayerChange(at: .second(20), of: "window", to: window(50), .additive),
        LayerChange(at: .second(10), of: "window", to: window(30), .additive),
      ], for: .alike(accounts: 1))
    let request = Request(account: 0, cost: 10)
    _ = stack.decide(request, at: .zero, .none)
    #expect(stack.nextDue == .second(10))
    stack.advance(to: .second(15))
    #expect(stack.layers[0].meter(for: request, at: .second(15))?.remaining == 20)
    #expect(stack.nextDue == .second(20))
    stack.advance(to: .second(20))
    #expect(stack.layers[0].meter(for: request, at: .second(20))?.remaining == 40)
    #expect(stack.nextDue == .distantFuture)
  }
}

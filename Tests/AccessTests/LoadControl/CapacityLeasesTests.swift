import Testing
import WeirAccess
import WeirKernel

@Suite struct CapacityLeasesTests {
  private let directory = Directory(
    planOfAccount: [0, 1, 2], plans: [Plan(name: "free"), Plan(name: "plus"), Plan(name: "pro")])

  private func stack(_ leases: CapacityLeases) -> TestStack {
    TestStack(leases, onShortfall: .partial, for: directory)
  }

  /// What the plan of that number is granted of so many units.
  private func take(_ units: Int64, _ plan: UInt32, at second: Int64, _ test: inout TestStack)
    -> Int64
  {
    test.decide(units, at: second, account: plan).granted.count
  }

  @Test("what was wanted in one interval is leased in the next, in fair shares")
  func leases() {
    var test = stack(CapacityLeases(120, per: .seconds(10)))
    // Nothing is leased: first come, first served.
    #expect(take(100, 0, at: 0, &test) == 100 && take(60, 1, at: 1, &test) == 20)
    #expect(take(10, 2, at: 2, &test) == 0)
    // 100, 60 and 10 were wanted: 55, 55 and 10 are leased, whoever comes first.
    #expect(take(1000, 0, at: 10, &test) == 55 && take(1000, 1, at: 11, &test) == 55)
    #expect(take(1000, 2, at: 12, &test) == 10)
  }

  @Test("what nobody has leased is free, and after a silent interval everything is")
  func free() {
    var test = stack(CapacityLeases(120, per: .seconds(10)))
    #expect(take(30, 0, at: 0, &test) == 30)
    // Thirty are leased: another plan can have the ninety others, and no more.
    #expect(take(200, 1, at: 10, &test) == 90 && take(200, 0, at: 11, &test) == 30)
    #expect(take(200, 2, at: 30, &test) == 120)
  }

  @Test("shares in proportion to what is lacking reward who wants more, by weight")
  func proportional() {
    var test = stack(
      CapacityLeases(
        120, per: .seconds(10), by: .proportionalShare, weights: ["free": 1, "plus": 3]))
    for plan in UInt32(0)..<2 { _ = take(120, plan, at: 0, &test) }
    // Thirty and ninety are deserved, and all is wanted by both.
    #expect(take(120, 0, at: 10, &test) == 30 && take(120, 1, at: 10, &test) == 90)
  }

  @Test("a request above the capacity never passes, one above the lease may in the next interval")
  func refusals() {
    var test = TestStack(CapacityLeases(50, per: .seconds(10)), for: directory)
    #expect(test.decide(51, at: 3).refusal == Refusal(reason: .never, retryAfter: nil))
    _ = test.decide(40, at: 3)
    #expect(
      test.decide(11, at: 3).refusal == Refusal(reason: .overload, retryAfter: .seconds(7)))
  }
}

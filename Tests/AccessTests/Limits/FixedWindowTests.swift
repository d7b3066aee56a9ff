import Testing
import WeirAccess
import WeirFormats
import WeirKernel

@Suite struct FixedWindowTests {
  @Test("a window opens at the first use and closes exactly its length later, half-open")
  func anchored() {
    var window = OneAccount(FixedWindow(limit: UnitsByPlan(3), per: .seconds(10)))
    #expect(window.take(0, at: 1_000_000_000) == nil)
    #expect(window.meter(at: 1_000_000_000).reset == 0, "a use of nothing opens no window")
    #expect(window.take(3, at: 2_000_000_000) == nil)
    #expect(window.take(1, at: 11_999_999_999)?.wait == 1)
    #expect(window.take(3, at: 12_000_000_000) == nil)
    #expect(window.meter(at: 12_000_000_000).reset == 10_000_000_000)
  }

  @Test(
    "the next window of a fixed anchor closes in step with the first",
    arguments: [
      (WindowAlignment.fixedAnchor, Int64(7)), (.anchored, 10), (.aligned, 5),
    ])
  func nextClosing(_ alignment: WindowAlignment, _ seconds: Int64) {
    var window = OneAccount(
      FixedWindow(limit: UnitsByPlan(3), per: .seconds(10), alignment: alignment))
    _ = window.take(1, at: 2_000_000_000)
    _ = window.take(1, at: 35_000_000_000)
    #expect(window.meter(at: 35_000_000_000).reset == seconds * 1_000_000_000)
  }

  @Test("a cost above the limit is refused for good, and paid in part")
  func never() {
    let window = OneAccount(FixedWindow(limit: UnitsByPlan(3), per: .seconds(10)))
    let quote = window.quote(4, at: 0)
    #expect(quote.payable == 3)
    #expect(quote.refusal == Refusal(reason: .never, retryAfter: nil))
  }

  @Test("one request overshoots while a unit is left, and none where there are none")
  func overshoot() {
    var window = OneAccount(
      FixedWindow(limit: UnitsByPlan(3), per: .seconds(10), overshoots: true))
    _ = window.take(2, at: 0)
    #expect(window.take(9, at: 0) == nil)
    #expect(window.take(9, at: 1_000_000_000)?.wait == 9_000_000_000)
    let none = OneAccount(
      FixedWindow(limit: UnitsByPlan(0), per: .seconds(10), overshoots: true))
    #expect(none.quote(1, at: 0).refusal == Refusal(reason: .never, retryAfter: nil))
  }

  @Test("a settlement gives back to the window it took from, and to no later one")
  func settleDown() {
    var window = OneAccount(FixedWindow(limit: UnitsByPlan(9), per: .seconds(10)))
    _ = window.take(6, at: 0)
    window.settle(6, takenAt: 0, to: 2, at: 5_000_000_000)
    #expect(window.meter(at: 5_000_000_000).remaining == 7)
    _ = window.take(3, at: 12_000_000_000)
    window.settle(2, takenAt: 0, to: 0, at: 13_000_000_000)
    #expect(window.meter(at: 13_000_000_000).remaining == 6)
  }

  @Test("a settlement above the estimate counts beyond the limit, until the window closes")
  func settleUp() {
    var window = OneAccount(FixedWindow(limit: UnitsByPlan(9), per: .seconds(10)))
    _ = window.take(6, at: 0)
    window.settle(6, takenAt: 0, to: 20, at: 1_000_000_000)
    #expect(window.meter(at: 1_000_000_000).remaining == 0)
    #expect(window.quote(1, at: 1_000_000_000).refusal?.wait == 9_000_000_000)
    #expect(window.meter(at: 10_000_000_000).remaining == 9)
  }

  @Test("a plan that is not named has no limit, and 0 is none at all")
  func plans() {
    let directory = Directory(
      planOfAccount: [0, 1, 2], plans: ["free", "plus", "pro"].map { Plan(name: $0) })
    var window = FixedWindow(limit: UnitsByPlan(plans: ["free": 0, "plus": 5]), per: .seconds(1))
    window.prepare(for: directory)
    let payable = (UInt32(0)..<3).map { plan in
      let request = Request(account: plan, plan: UInt16(plan), cost: 1_000_000)
      return window.quote(request.cost, of: request, at: .zero, .none).payable.count
    }
    #expect(payable == [0, 5, 1_000_000])
    #expect(window.fieldNames.plans.map(\.value) == ["free", "plus"])
  }

  @Test("an organisation shares one window, others have their own")
  func scope() {
    let directory = Directory(
      planOfAccount: [0, 0, 0], organisationOfAccount: [0, 0, 1], plans: [Plan(name: "default")])
    var test = TestStack(
      FixedWindow(limit: UnitsByPlan(5), per: .seconds(1), by: .organisation), for: directory)
    #expect(test.decide(4, at: 0, account: 0).outcome == .admit)
    #expect(test.decide(2, at: 0, account: 1).outcome == .deny)
    #expect(test.decide(2, at: 0, account: 2).outcome == .admit)
  }

  @Test("an account in the middle of a long life has a window under way, used as it asks")
  func stationary() {
    var window = FixedWindow(limit: UnitsByPlan(30), per: .hours(10))
    window.prepare(for: .alike(accounts: 3))
    let phase = UInt32(1) << 31
    for (account, demand) in [Units(24), 24_000, 1].enumerated() {
      window.open(
        UInt32(account), plan: 0,
        with: AccountStart(
          organisation: 0, stationary: .init(phase: phase, demandPerDay: demand)))
    }
    let meters = (0..<3).map { window.meter(for: Request(account: $0, cost: 0), at: .zero) }
    #expect(meters.map { $0?.remaining?.count } == [25, 0, 30])
    #expect(meters.map { $0?.resetAfter } == [.hours(5), .hours(5), .zero])
  }

  @Test("the closing times of stationary accounts are spread evenly over the period")
  func phases() {
    var window = FixedWindow(limit: UnitsByPlan(1_000_000), per: .seconds(16))
    window.prepare(for: .alike(accounts: 16))
    for account in UInt32(0)..<16 {
      window.open(
        account, plan: 0,
        with: AccountStart(
          organisation: 0,
          stationary: .init(phase: account << 28 | 1 << 27, demandPerDay: 8_640_000)))
    }
    let resets = (0..<16).compactMap {
      window.meter(for: Request(account: $0, cost: 0), at: .zero)?.resetAfter?.nanoseconds
    }
    #expect(resets == (0..<16).map { 15_500_000_000 - $0 * 1_000_000_000 })
  }
}

import Testing
import WeirAccess
import WeirKernel

@Suite struct UsageTrackerTests {
  private let directory = Directory(
    planOfAccount: [0, 0], plans: [Plan(name: "default")], products: ["codex", "sora"],
    models: ["small", "large"], operations: ["call", "review"])

  private func tracker(_ horizons: UsageTracker.Horizon...) -> UsageTracker {
    var tracker = UsageTracker(horizons)
    tracker.prepare(for: directory)
    return tracker
  }

  private func request(_ account: UInt32 = 0, product: UInt16 = 0, model: UInt16 = 0) -> Request {
    Request(account: account, product: product, model: model, cost: 10)
  }

  private func use(
    _ tracker: inout UsageTracker, _ units: Int64, _ request: Request, at second: Int64
  ) {
    tracker.observe(
      .completed(actual: Units(units), latency: .zero), of: request, at: .second(second))
  }

  @Test("what was used is told apart by account, product and model, over each horizon")
  func routes() {
    var tracker = tracker(.init(over: .minutes(1)), .init(over: .hours(1)))
    use(&tracker, 7, request(), at: 0)
    use(&tracker, 5, request(product: 1), at: 70)
    use(&tracker, 3, request(model: 1), at: 130)
    use(&tracker, 100, request(1), at: 130)
    let now = SimTime.second(130)
    // Over an hour all; over a minute 3, and of the minute before five sixths, rounded up.
    #expect(tracker.used(by: 0, over: 1, at: now) == 15)
    #expect(tracker.used(by: 0, over: 0, at: now) == 8)
    #expect(tracker.used(by: 1, over: 0, at: now) == 100)
    #expect(tracker.usedOfRoute(request(product: 1), over: 1, at: now) == 5)
    #expect(tracker.usedOfRoute(request(model: 1), over: 0, at: now) == 3)
    #expect(tracker.usedOfRoute(request(), over: 0, at: now) == 0)
    #expect(tracker.used(by: 0, over: 0, at: .second(250)) == 0, "two windows on, all is gone")
  }

  @Test("refusals, failures and estimates are no use")
  func counts() {
    var tracker = tracker(.init(over: .hours(1)))
    for feedback in [
      Feedback.admitted, .denied(.limit), .failed(latency: .zero), .abandoned(waited: .zero),
    ] {
      tracker.observe(feedback, of: request(), at: .zero)
    }
    #expect(tracker.used(by: 0, over: 0, at: .zero) == 0)
  }

  @Test("a ceiling refuses what would pass it, until use leaves the window; without, none does")
  func ceilings() {
    var tracker = tracker(.init(over: .hours(1), most: 50, mostOfRoute: 30))
    use(&tracker, 21, request(), at: 0)
    func refusal(_ model: UInt16, at second: Int64) -> Refusal? {
      tracker.quote(10, of: request(model: model), at: .second(second), .none).refusal
    }
    #expect(refusal(0, at: 60) == Refusal(reason: .limit, retryAfter: .minutes(59)))
    #expect(refusal(1, at: 60) == nil, "the other model has a ceiling of its own")
    use(&tracker, 18, request(model: 1), at: 60)
    #expect(refusal(1, at: 60) == nil && refusal(0, at: 60) != nil)
    use(&tracker, 1, request(1), at: 60)
    use(&tracker, 2, request(product: 1), at: 60)
    #expect(refusal(1, at: 60) != nil, "41 and 10 are above 50")
    #expect(refusal(0, at: 5400) == nil)
  }
}

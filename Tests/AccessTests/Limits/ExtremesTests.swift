import Testing
import WeirFormats
import WeirKernel

@testable import WeirAccess

/// Zero and no limit are ordinary values of every limit: 0 means none, absent means unlimited.
@Suite struct ExtremesTests {
  /// Limits of which the plan `none` has 0, and the plan `all` is not named.
  static let limits = [
    #"{"type": "fixedWindow", "limit": {"none": 0}, "per": "1s"}"#,
    #"{"type": "fixedWindow", "limit": {"none": 0}, "per": "1s", "overshoots": true}"#,
    #"{"type": "slidingLog", "limit": {"none": 0}, "per": "1s"}"#,
    #"{"type": "slidingCounter", "limit": {"none": 0}, "per": "1s"}"#,
    #"{"type": "slidingCounter", "limit": {"none": 0}, "per": "1s", "countsRefused": true}"#,
    #"{"type": "tokenBucket", "capacity": {"none": 0}, "refill": 5, "per": "1s"}"#,
    #"{"type": "tokenBucket", "capacity": {"none": 0}, "refill": {"none": 0}, "per": "1s"}"#,
    #"""
    {"type": "tokenBucket", "capacity": {"none": 0}, "refill": {"none": 0}, "per": "1s",
      "holdUpTo": "9s"}
    """#,
    #"{"type": "burstStore", "rate": {"none": 0}, "per": "1s", "keeps": "9s", "borrows": "9s"}"#,
    #"{"type": "gcra", "rate": {"none": 0}, "per": "1s"}"#,
    #"{"type": "gcra", "rate": {"none": 0}, "per": "1s", "holdUpTo": "9s"}"#,
    #"{"type": "leakyBucket", "capacity": {"none": 0}, "leak": 5, "per": "1s"}"#,
    #"{"type": "leakyBucket", "capacity": {"none": 0}, "leak": 5, "per": "1s", "mode": "queue"}"#,
    #"{"type": "pacer", "rate": {"none": 0}, "per": "1s"}"#,
    #"{"type": "cycles", "limit": {"none": 0}, "per": "1s"}"#,
    #"{"type": "cycles", "limit": {"none": 0}, "per": "1s", "holdUpTo": "9s"}"#,
    #"{"type": "hierarchy", "per": "1s", "levels": [{"by": "account", "limit": {"none": 0}}]}"#,
    #"{"type": "concurrency", "limit": {"none": 0}}"#,
    #"{"type": "concurrency", "limit": {"none": 0}, "lease": "1s"}"#,
    #"""
    {"type": "allOf", "limits": [{"type": "gcra", "rate": {"none": 0}, "per": "1s"},
      {"type": "fixedWindow", "limit": {"none": 5}, "per": "1s"}]}
    """#,
    #"{"type": "postPaid", "limit": {"type": "fixedWindow", "limit": {"none": 0}, "per": "1s"}}"#,
  ]

  @Test(
    "0 is none, for good and without a wait; a plan that is not named has no limit",
    arguments: limits)
  func extremes(_ json: String) {
    let directory = Directory(
      planOfAccount: [0, 1], plans: [Plan(name: "none"), Plan(name: "all")])
    let layer = LayerConformanceTests.Setting(json).make()
    var test = TestStack(layer, for: directory)
    for second in [Int64(0), 100] {
      let refused = test.decide(1, at: second, account: 0)
      #expect(refused.outcome == .deny)
      #expect(refused.refusal?.reason == .never && refused.refusal?.retryAfter == nil)
      #expect(test.decide(0, at: second, account: 0).outcome == .admit)
      for _ in 0..<3 {
        let passed = test.decide(1_000_000_000_000, at: second, account: 1)
        #expect(passed.outcome == .admit && passed.granted == 1_000_000_000_000)
      }
    }
    let meter = test.stack.layers[0].meter(for: test.request(1, account: 1), at: .second(100))
    #expect(meter?.remaining == nil)
  }

  @Test("states are as small as the layers say")
  func sizes() {
    #expect(MemoryLayout<WindowCount>.stride == 16)
    #expect(MemoryLayout<SlidingCount>.stride == 24)
    #expect(MemoryLayout<Bucket>.stride == 32)
    #expect(MemoryLayout<BurstLevel>.stride == 32)
  }
}

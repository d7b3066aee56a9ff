import Testing
import WeirKernel

@testable import WeirAccess

@Suite struct BottleneckSheddingTests {
  @Test("a busy pool gets no more requests than ended at its best, times the least latency")
  func pipe() {
    var gate = OneAccount(BottleneckShedding(window: .seconds(10), buckets: 10))
    // Five requests a second, of two seconds each: the pipe holds ten.
    for second in Int64(0)..<5 {
      for _ in 0..<5 {
        gate.layer.observe(
          .completed(actual: 1, latency: .seconds(2)), of: Request(account: 0, cost: 1),
          at: .second(second))
      }
    }
    let now = SimTime.second(5).nanoseconds
    for _ in 0..<11 { gate.force(1, at: now) }
    #expect(gate.quote(1, at: now).refusal == nil, "the pool is not busy")
    gate.layer.receive(.load(utilisation: 90, at: 5), at: .second(5))
    #expect(gate.quote(1, at: now).refusal?.reason == .overload)
    gate.settle(1, takenAt: now, to: 1, at: now)
    #expect(gate.quote(1, at: now).refusal == nil)
  }

  @Test("it goes on shedding until a second after the first drop, however cool the pool")
  func coolDown() {
    var gate = OneAccount(BottleneckShedding())
    for _ in 0..<5 { gate.force(1, at: 0) }
    gate.layer.receive(.load(utilisation: 90, at: 0), at: .zero)
    #expect(gate.quote(1, at: 0).refusal != nil)
    gate.layer.observe(.denied(.overload), of: gate.request, at: .zero)
    gate.layer.receive(.load(utilisation: 10, at: 1), at: .zero)
    #expect(gate.quote(1, at: 1_000_000_000).refusal != nil)
    #expect(gate.quote(1, at: 1_000_000_001).refusal == nil)
  }
}

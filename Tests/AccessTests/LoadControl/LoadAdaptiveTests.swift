import Testing
import WeirAccess
import WeirKernel

@Suite struct LoadAdaptiveTests {
  private func signals(delay: Int64, at second: Int64) -> Signals {
    Signals(
      pools: [
        LoadSample(
          sampledAt: .second(second), utilisationMillionths: 0,
          queueDelay: .milliseconds(delay), queued: 0, inService: 0, completions: 0)
      ], poolOfProduct: [0])
  }

  @Test("it grows by steps while the queue is short and used, and is cut when it is long")
  func moves() {
    var gate = OneAccount(
      LoadAdaptive(initial: 10, in: 2...12, target: .milliseconds(100), step: 1))
    var limits: [Int64] = []
    func sample(_ delay: Int64, _ second: Int64) {
      gate.layer.receive(signals(delay: delay, at: second), at: .second(second))
      limits.append(gate.layer.limitInForce?.count ?? -1)
    }
    sample(0, 1)
    for _ in 0..<8 { gate.force(1, at: 0) }
    sample(100, 2)
    sample(100, 2)
    for second in Int64(3)...5 { sample(0, second) }
    for second in Int64(6)...30 { sample(101, second) }
    // Idle: no growth. In use: one step for each new sample, up to 12. Then cuts by a tenth, down.
    #expect(limits[0..<6] == [10, 11, 11, 12, 12, 12])
    #expect(limits[6..<10] == [10, 9, 8, 7])
    #expect(limits.last == 2)
  }

  @Test("as many requests as the limit are under way, and a refusal hints at a wait")
  func limits() {
    var gate = OneAccount(
      LoadAdaptive(initial: 2, in: 1...9, target: .zero, retryAfter: .seconds(3)))
    #expect(gate.take(1, at: 0) == nil && gate.take(1, at: 0) == nil)
    #expect(gate.take(1, at: 0) == Refusal(reason: .overload, retryAfter: .seconds(3)))
    gate.settle(1, takenAt: 0, to: 4, at: 5)
    #expect(gate.take(1, at: 5) == nil)
  }
}

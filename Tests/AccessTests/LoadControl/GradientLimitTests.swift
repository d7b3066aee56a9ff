import Testing
import WeirAccess
import WeirKernel

@Suite struct GradientLimitTests {
  private func gate(_ count: Int) -> OneAccount<GradientLimit> {
    var terms = GradientLimit.Terms()
    terms.initial = 100
    var gate = OneAccount(GradientLimit(terms))
    for _ in 0..<count { gate.force(1, at: 0) }
    return gate
  }

  @Test("even latencies let it grow by queue times smoothing: four fifths a sample")
  func grows() {
    var gate = gate(100)
    for _ in 0..<10 { gate.end(after: 10) }
    #expect(gate.layer.limitInForce == 108)
    for _ in 0..<1000 { gate.end(after: 10) }
    #expect(gate.layer.limitInForce == 200, "up to its maximum")
  }

  @Test("a latency far above the mean cuts it by a tenth: half, smoothed")
  func shrinks() {
    var gate = gate(100)
    for _ in 0..<10 { gate.end(after: 10) }
    gate.end(after: 1000)
    // 108 · 0.8 + (108 · 0.5 + 4) · 0.2 = 98.
    #expect(gate.layer.limitInForce == 98)
    for _ in 0..<30 { gate.end(after: 100_000) }
    #expect((gate.layer.limitInForce ?? 0) >= 20, "down to its minimum")
  }

  @Test("latencies within the tolerance do not count as a queue")
  func tolerates() {
    var gate = gate(100)
    for _ in 0..<10 { gate.end(after: 10) }
    gate.end(after: 14)
    #expect(gate.layer.limitInForce == 108, "108 · 1 + 0.8, below 109")
    gate.end(after: 14)
    #expect(gate.layer.limitInForce == 109)
  }

  @Test("a limit that is hardly used stays")
  func idle() {
    var gate = gate(40)
    for _ in 0..<10 { gate.end(after: 10) }
    #expect(gate.layer.limitInForce == 100)
  }
}

import Testing
import WeirAccess
import WeirKernel

@Suite struct VegasLimitTests {
  /// A gate with so many requests under way.
  private func gate(_ count: Int, _ body: (inout VegasLimit.Terms) -> Void = { _ in })
    -> OneAccount<VegasLimit>
  {
    var terms = VegasLimit.Terms()
    body(&terms)
    var gate = OneAccount(VegasLimit(terms))
    for _ in 0..<count { gate.force(1, at: 0) }
    return gate
  }

  private func limit(_ gate: OneAccount<VegasLimit>) -> Int64? { gate.layer.limitInForce?.count }

  @Test("it grows by six while nothing queues, and shrinks by one when the latency says so")
  func moves() {
    var gate = gate(20)
    gate.end(after: 10)
    #expect(limit(gate) == 20, "the first latency is the least so far")
    gate.end(after: 10)
    #expect(limit(gate) == 26)
    // 26 · (1 − 10/40) = 19.5: twenty queue, more than six.
    gate.end(after: 40)
    #expect(limit(gate) == 25)
  }

  @Test("a limit that is hardly used stays, and a request that fails by itself says nothing")
  func idle() {
    var gate = gate(20)
    gate.end(after: 10)
    gate.layer.observe(.failed(latency: .seconds(1)), of: Request(account: 0, cost: 1), at: .zero)
    for _ in 0..<12 { gate.settle(1, takenAt: 0, to: 1, at: 0) }
    gate.end(after: 10)
    #expect(limit(gate) == 20)
  }

  @Test("lost work shrinks it, whether it left the queue or found it full")
  func drops() {
    var gate = gate(20)
    gate.end(after: 10)
    let request = Request(account: 0, cost: 1)
    gate.layer.observe(.abandoned(waited: .seconds(1)), of: request, at: .zero)
    #expect(limit(gate) == 19)
    gate.layer.observe(.denied(.queueFull), of: request, at: .zero)
    #expect(limit(gate) == 18)
    gate.layer.observe(.denied(.limit), of: request, at: .zero)
    #expect(limit(gate) == 18, "a refusal by another layer says nothing of the load")
  }

  @Test("after so many requests the least latency is measured anew")
  func probes() {
    var gate = gate(20) {
      $0.probe = 2
      $0.maximum = 40
    }
    for _ in 0..<60 { gate.end(after: 10) }
    // All latencies are 30 from here on: a queue, until they are taken for the latency without
    // load.
    var grew = 0
    for _ in 0..<400 {
      let before = limit(gate) ?? 0
      gate.end(after: 30)
      if (limit(gate) ?? 0) > before { grew += 1 }
    }
    #expect(grew > 0)
  }

  @Test("as many requests as the limit are under way, and a refusal hints at a wait")
  func limits() {
    var gate = gate(19) { $0.retryAfter = .seconds(3) }
    #expect(gate.take(1, at: 0) == nil)
    #expect(gate.take(1, at: 0) == Refusal(reason: .overload, retryAfter: .seconds(3)))
    #expect(gate.take(0, at: 0) == nil, "no units are always welcome")
    gate.settle(1, takenAt: 0, to: 4, at: 5)
    #expect(gate.take(1, at: 5) == nil)
  }
}

extension OneAccount {
  /// Another request ends well at time 0, `milliseconds` after its admission.
  mutating func end(after milliseconds: Int64) {
    layer.observe(
      .completed(actual: 1, latency: .milliseconds(milliseconds)), of: Request(account: 0, cost: 1),
      at: .zero)
  }
}

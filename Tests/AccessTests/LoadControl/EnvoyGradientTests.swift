import Testing
import WeirKernel

@testable import WeirAccess

@Suite struct EnvoyGradientTests {
  private func gate(_ body: (inout EnvoyGradient.Terms) -> Void = { _ in })
    -> OneAccount<EnvoyGradient>
  {
    var terms = EnvoyGradient.Terms()
    terms.measureRequests = 5
    terms.jitter = .zero
    body(&terms)
    return OneAccount(EnvoyGradient(terms))
  }

  private func end(_ gate: inout OneAccount<EnvoyGradient>, after latency: Int64, at time: Int64) {
    gate.layer.observe(
      .completed(actual: 1, latency: .milliseconds(latency)), of: Request(account: 0, cost: 1),
      at: .zero + .milliseconds(time))
  }

  private func limit(_ gate: OneAccount<EnvoyGradient>, at time: Int64) -> Int64 {
    gate.meter(at: time * 1_000_000).limit
  }

  @Test("the limit is that of the formula, from the tenth of a second in which it is updated")
  func formula() {
    var gate = gate()
    for place in Int64(1)...5 { end(&gate, after: 10, at: 100 * place) }
    #expect(limit(gate, at: 599) == 3)
    end(&gate, after: 25, at: 599)
    // The least is 10 ms, the ideal 12.5 ms: g = ½, and 1.5 + √1.5 = 2.7 is below the minimum.
    #expect(limit(gate, at: 600) == 3)
    end(&gate, after: 10, at: 650)
    // g = 1.25: 3.75 + √3.75 = 5.69.
    #expect(limit(gate, at: 699) == 3 && limit(gate, at: 700) == 5)
    #expect(limit(gate, at: 60_000) == 5, "without requests nothing moves")
  }

  @Test("a measurement comes after its time, and holds the limit at the minimum")
  func measures() {
    var gate = gate()
    for place in Int64(1)...5 { end(&gate, after: 10, at: 100 * place) }
    end(&gate, after: 10, at: 550)
    #expect(limit(gate, at: 60_499) == 5 && limit(gate, at: 60_500) == 3)
    // A request that was admitted before the measurement began says nothing of an empty pool.
    end(&gate, after: 60_000, at: 60_501)
    for place in Int64(1)...4 { end(&gate, after: 20, at: 61_000 + place) }
    #expect(limit(gate, at: 61_100) == 3)
    end(&gate, after: 20, at: 61_200)
    #expect(limit(gate, at: 61_200) == 5)
    let least = gate.layer.controller(of: 0).leastLatency
    #expect(abs(least - 20_000_000) < 160_000)
  }

  @Test("five updates on end that leave the limit at its minimum are followed by a measurement")
  func remeasures() {
    var gate = gate()
    for place in Int64(1)...5 { end(&gate, after: 10, at: 100 * place) }
    for place in Int64(0)..<5 {
      #expect(gate.layer.controller(of: 0).deferredLimit == nil)
      end(&gate, after: 100, at: 650 + 100 * place)
    }
    end(&gate, after: 1, at: 1150)
    #expect(gate.layer.controller(of: 0).deferredLimit == 3)
  }

  @Test("as many requests as the limit are under way")
  func limits() {
    var gate = gate { $0.minimum = 2 }
    #expect(gate.take(1, at: 0) == nil && gate.take(1, at: 0) == nil)
    #expect(gate.take(1, at: 0) == Refusal(reason: .overload, retryAfter: .seconds(1)))
    gate.settle(1, takenAt: 0, to: 0, at: 5)
    #expect(gate.take(1, at: 5) == nil)
  }
}

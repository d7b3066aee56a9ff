import Testing
import WeirKernel

@testable import WeirAccess

@Suite struct AdaptiveThrottleTests {
  private func request(_ number: UInt32, attempt: UInt32 = 0) -> Request {
    Request(
      account: 0, cost: 1, ordinal: number, attempt: attempt,
      sampleKey: SampleKey(seed: UInt64(number)))
  }

  /// A gate that has seen so many requests, of which so many were accepted.
  private func gate(_ requests: Int, accepted: Int) -> OneAccount<AdaptiveThrottle> {
    var gate = OneAccount(AdaptiveThrottle())
    for number in 0..<requests {
      let feedback =
        number < accepted ? Feedback.completed(actual: 1, latency: .zero) : .denied(.queueFull)
      gate.layer.observe(feedback, of: gate.request, at: .zero)
    }
    return gate
  }

  private func dropped(_ gate: OneAccount<AdaptiveThrottle>, attempt: UInt32 = 0) -> [Bool] {
    (UInt32(0)..<2000).map { number in
      let request = request(number, attempt: attempt)
      return gate.layer.quote(1, of: request, at: .zero, .none).refusal != nil
    }
  }

  @Test("the share of drops is (requests − 2 accepted) / (requests + 1)")
  func share() {
    #expect(dropped(gate(1000, accepted: 500)).allSatisfy { !$0 })
    // (1000 − 2 · 200) / 1001 = 0.599; its deviation over 2,000 requests is 0.011.
    let share = Double(dropped(gate(1000, accepted: 200)).count { $0 }) / 2000
    #expect(abs(share - 0.599) < 0.04)
  }

  @Test("who is dropped at a lower probability is dropped at a higher one, and a retry is another")
  func commonSamples() {
    let few = dropped(gate(1000, accepted: 300))
    let many = dropped(gate(1000, accepted: 100))
    #expect(zip(few, many).allSatisfy { !$0 || $1 })
    #expect(dropped(gate(1000, accepted: 300), attempt: 1) != few)
  }

  @Test("own drops count, refusals that have nothing to do with the load do not")
  func counts() {
    var gate = gate(10, accepted: 5)
    gate.layer.observe(.denied(.limit), of: gate.request, at: .zero)
    gate.layer.observe(.admitted, of: gate.request, at: .zero)
    #expect(gate.layer.dropped(of: 0, at: .zero).part == 0)
    gate.layer.observe(.denied(.overload), of: gate.request, at: .zero)
    #expect(gate.layer.dropped(of: 0, at: .zero) == (1, 12))
  }

  @Test("what lies back longer than the window is forgotten")
  func window() {
    let gate = gate(1000, accepted: 0)
    #expect(gate.layer.dropped(of: 0, at: .second(119)).part > 0)
    #expect(gate.layer.dropped(of: 0, at: .second(120)).part == 0)
  }
}

import Testing
import WeirKernel

@testable import WeirAccess

@Suite struct AdmissionControlTests {
  @Test("the share of rejections is that of the formula, and own rejections change nothing")
  func share() {
    var gate = OneAccount(AdmissionControl(successShare: .one, mostRejected: .one))
    for number in 0..<1000 {
      let feedback =
        number < 600 ? Feedback.completed(actual: 1, latency: .zero) : .abandoned(waited: .zero)
      gate.layer.observe(feedback, of: gate.request, at: .zero)
    }
    // (1000 − 600) / 1001 = 0.39960, rounded up.
    #expect(gate.layer.rejectedParts(of: 0, at: .zero) == 3997)
    let rejected = (UInt64(0)..<2000).count { number in
      let request = Request(account: 0, cost: 1, sampleKey: SampleKey(seed: number))
      return gate.layer.quote(1, of: request, at: .zero, .none).refusal?.reason == .overload
    }
    #expect(abs(Double(rejected) / 2000 - 0.3997) < 0.04)
    gate.layer.observe(.denied(.overload), of: gate.request, at: .zero)
    #expect(gate.layer.rejectedParts(of: 0, at: .zero) == 3997)
  }

  @Test("aggression takes the root of the probability")
  func aggression() {
    var gate = AdmissionControl(successShare: .one, aggression: Ratio(2), mostRejected: .one)
    gate.prepare(for: .alike(accounts: 1))
    gate.count(99, successes: 63, of: 0, at: .zero)
    // √((99 − 63) / 100) = 0.6.
    #expect(gate.rejectedParts(of: 0, at: .zero) == 6000)
  }
}

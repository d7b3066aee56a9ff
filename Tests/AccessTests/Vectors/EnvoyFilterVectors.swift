import Testing
import WeirKernel
import WeirVectors

@testable import WeirAccess

@Suite struct EnvoyFilterVectors {
  @Test("admission control rejects with the probabilities that Envoy's tests expect")
  func admissionControl() throws {
    let run = VectorRun("admission_control_envoy")
    run.each(try VectorFile("envoyproxy-envoy").groups[0]) { vector in
      vector.given.text("form") == "sre"
        ? firstForm(vector.given, run) : rejection(vector.given, run)
    }
    run.finish(cases: 6, steps: 22)
  }

  private func rejection(_ given: VectorFields, _ run: VectorRun) -> (VectorFields) -> Void {
    { step in
      let requests = step.integer("n") ?? given.units("n")
      let successes = step.integer("successes") ?? requests * step.units("successRatePct") / 100
      // So many seconds that the requests come at the rate that is asked for.
      let window = SimDuration.seconds(requests / max(1, step.integer("averageRps") ?? requests))
      var gate = AdmissionControl(
        window: window, successShare: given.ratio("srThreshold") ?? .one,
        aggression: given.ratio("aggression") ?? .one,
        mostRejected: given.ratio("maxRejection") ?? .one, leastRate: given.units("rpsThreshold"))
      gate.prepare(for: .alike(accounts: 1))
      gate.count(requests, successes: successes, of: 0, at: .zero)
      let parts = gate.rejectedParts(of: 0, at: .zero)
      if let probability = step.double("probability") {
        let distance = abs(Double(parts) / 10_000 - probability)
        run.compare(
          "probability in tolerance", distance <= (step.double("tolerance") ?? 0) + 1e-4, true)
      } else {
        let sample = UInt64(step.units("randomTenThousandths"))
        run.compare("allowed", sample >= parts, step.flag("allowed"))
      }
    }
  }

  /// The filter's first form is the throttle of the SRE book.
  private func firstForm(_ given: VectorFields, _ run: VectorRun) -> (VectorFields) -> Void {
    { step in
      var throttle = AdaptiveThrottle(factor: given.ratio("k") ?? .one)
      throttle.prepare(for: .alike(accounts: 1))
      throttle.count(step.units("n"), accepted: step.units("successes"), of: 0, at: .zero)
      let share = throttle.dropped(of: 0, at: .zero)
      // The sample upstream is a ten-thousandth; here it has 64 bits.
      let sample = UInt64(step.units("randomTenThousandths")) * (UInt64.max / 10_000)
      run.compare("allowed", !throttle.drops(share, sample), step.flag("allowed"))
    }
  }
}

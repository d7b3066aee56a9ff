import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct LiteLLMVectors {
  @Test("tokens are reserved, settled and released as in BerriAI/litellm")
  func reservations() throws {
    let run = VectorRun("litellm_tpm_reservation")
    run.each(try VectorFile("litellm").groups[0]) { vector in
      var stack = IdempotentStack(
        Stack(
          [
            FixedWindow(
              limit: UnitsByPlan(Units(vector.given.units("tpm"))), per: .minutes(1),
              alignment: .aligned, as: .gate)
          ], names: ["tpm"], for: .alike(accounts: 1)))
      var unnamed = 0
      return { step in
        let key = step.integer("id").map { "\($0)" } ?? "unnamed \(unnamed)"
        unnamed += 1
        switch step.text("op") {
        case "reserve":
          let request = Request(account: 0, cost: Units(step.units("amount")))
          let decision = stack.decide(request, key: key, at: .zero).decision
          run.compare("allowed", decision.outcome == .admit, step.flag("allowed"))
        case "settle":
          let actual = Units(step.units("actual"))
          let settled = stack.settle(account: 0, key: key, actual: actual, at: .zero)
          run.compare("settled", settled != nil, true)
        case "release":
          run.compare("released", stack.release(account: 0, key: key, at: .zero) != nil, true)
        default:
          run.skip(
            "estimates from the fields of a web request: a request comes with its estimate", step,
            "request", "estimate")
        }
      }
    }
    run.finish(cases: 5, steps: 19)
  }
}

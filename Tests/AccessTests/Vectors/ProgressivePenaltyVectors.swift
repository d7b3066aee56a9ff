import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct ProgressivePenaltyVectors {
  @Test("penalties double, are capped and are forgiven lazily, as the reference says")
  func penalties() throws {
    let run = VectorRun("derived_progressive_penalty")
    run.each(try VectorFile("progressive-penalty").groups[0]) { vector in
      let given = vector.given
      var account = OneAccount(
        ProgressivePenalty(
          first: .seconds(given.units("firstS")), factor: Ratio(given.units("factor")),
          longest: .seconds(given.units("capS")), forgiveAfter: .seconds(given.units("decayS"))))
      var until: Int64 = -1
      return { step in
        let now = SimTime.second(step.time("tS"))
        let quote = account.quote(1, at: now.nanoseconds)
        let isWithin = step.flag("withinLimit") ?? false
        var outcome = isWithin ? "allow" : "violation"
        var feedback = isWithin ? Feedback.admitted : .denied(.limit)
        if quote.refusal != nil {
          outcome = "penalised"
          feedback = .denied(.behaviour)
        }
        account.layer.observe(feedback, of: account.request, at: now)
        run.compare("outcome", outcome, step.text("outcome"))
        let level = account.layer.level(of: 0, at: now)
        run.compare("level", level, step.integer("level").map { Int($0) })
        if let wait = account.quote(1, at: now.nanoseconds).refusal?.wait {
          until = (now.nanoseconds + wait) / 1_000_000_000
        }
        run.compare("until", until, step.integer("until"))
      }
    }
    run.finish(cases: 1, steps: 17)
  }
}

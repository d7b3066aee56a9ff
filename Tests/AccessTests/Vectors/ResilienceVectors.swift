import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct ResilienceVectors {
  @Test("cycles decide, reserve and repay as resilience4j's do")
  func cycles() throws {
    let run = VectorRun("cycle_limiter_resilience4j")
    run.each(try VectorFile("resilience4j").groups[0]) { vector in
      let timeout = vector.given.time("timeout")
      var cycles = OneAccount(
        Cycles(
          limit: UnitsByPlan(Units(vector.given.units("limitForPeriod"))),
          per: SimDuration(nanoseconds: vector.given.time("refreshPeriod")),
          holdUpTo: SimDuration(nanoseconds: timeout)))
      func available(at time: Int64) -> Int64 {
        cycles.layer.available(for: cycles.request, at: SimTime(nanoseconds: time)).count
      }
      /// The wait for one unit, whether it would be kept or refused.
      func wait(at time: Int64) -> Int64 {
        let quote = cycles.quote(1, at: time)
        return quote.refusal?.wait.map { $0 + timeout } ?? quote.delay.nanoseconds
      }
      return { step in
        let time = step.time("at")
        if step.text("op") == "reserve" {
          let permits = step.units("permits")
          let delay = cycles.quote(permits, at: time).delay.nanoseconds
          let isReserved = cycles.take(permits, at: time) == nil
          run.compare("returns", isReserved ? delay : -1, step.integer("returns"))
          run.compare("available after", available(at: time), step.integer("availableAfter"))
          run.compare("wait after", wait(at: time), step.integer("nanosToWaitAfter"))
        } else {
          run.compare("available", available(at: time), step.integer("available"))
          run.compare("wait", wait(at: time), step.integer("nanosToWait"))
        }
      }
    }
    run.finish(cases: 6, steps: 16)
  }
}

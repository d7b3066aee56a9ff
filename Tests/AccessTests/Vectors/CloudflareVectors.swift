import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct CloudflareVectors {
  @Test("an overshooting counter decides Cloudflare's worked example")
  func slidingCounter() throws {
    let run = VectorRun("sliding_window_cloudflare")
    run.each(try VectorFile("cloudflare").groups[0]) { vector in
      let window = vector.given.time("window")
      var counter = OneAccount(
        SlidingCounter(
          limit: UnitsByPlan(Units(vector.given.units("limit"))),
          per: SimDuration(nanoseconds: window), overshoots: true))
      return { step in
        counter.force(step.units("previous"), at: 0)
        counter.force(step.units("current"), at: window)
        let time = window + step.time("elapsed")
        let parts = step.units("estimateDen")
        func estimate() -> Int64 {
          let (units, fraction) = counter.layer.estimate(
            for: counter.request, at: SimTime(nanoseconds: time))
          return units.count * parts + fraction / (window / parts)
        }
        run.compare("estimate", estimate(), step.integer("estimateNum"))
        run.compare("estimate as a number", "\(Double(estimate()) / 60)", step.number("estimate"))
        run.compare("next", counter.take(1, at: time) == nil, step.flag("nextAllowed"))
        run.compare("estimate after it", "\(Double(estimate()) / 60)", step.number("afterNext"))
        run.compare("the one after", counter.take(1, at: time) == nil, step.flag("nextNextAllowed"))
      }
    }
    run.finish(cases: 1, steps: 1)
  }
}

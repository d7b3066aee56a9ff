import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct JujuVectors {
  @Test("a bucket that refills in intervals decides and goes into debt as juju/ratelimit does")
  func tokenBucket() throws {
    let run = VectorRun("generated_juju_go")
    run.each(try VectorFile("juju-ratelimit").groups[0]) { vector in
      var bucket = OneAccount(
        TokenBucket(
          capacity: UnitsByPlan(Units(vector.given.units("capacity"))),
          refill: UnitsByPlan(Units(vector.given.units("quantum"))),
          per: SimDuration(nanoseconds: vector.given.time("fillInterval")), refills: .intervally))
      return { step in
        let time = step.time("at")
        let now = SimTime(nanoseconds: time)
        let count = step.units("count")
        let wait = bucket.layer.wait(for: Units(count), of: bucket.request, at: now)
        switch step.text("op") {
        case "take_available":
          run.compare("taken", bucket.takeAtMost(count, at: time), step.integer("taken"))
        case "take":
          bucket.force(count, at: time)
          run.compare("wait", wait?.nanoseconds, step.integer("wait"))
        default:
          let isAllowed = (wait?.nanoseconds ?? .max) <= step.time("maxWait")
          if isAllowed { bucket.force(count, at: time) }
          run.compare("allowed", isAllowed, step.flag("allowed"))
          run.compare("wait", isAllowed ? wait?.nanoseconds : 0, step.integer("wait"))
        }
        let tokens = bucket.layer.tokens(for: bucket.request, at: now)
        run.compare("available", tokens.count, step.integer("availableAfter"))
      }
    }
    run.finish(cases: 4, steps: 240)
  }
}

import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct GenericCellRateVectors {
  @Test("the cell rate decides as throttled/throttled and redis-cell do")
  func throttled() throws {
    let run = VectorRun("gcra_throttled_rediscell")
    run.each(try VectorFile("throttled-and-redis-cell").groups[0]) { vector in
      var cells = OneAccount(
        GenericCellRate(
          rate: UnitsByPlan(1), per: SimDuration(nanoseconds: vector.given.time("period")),
          burst: UnitsByPlan(Units(vector.given.units("limit")))))
      return { step in
        let time = step.time("at")
        let refusal = cells.take(step.units("cost"), at: time)
        run.compare("allowed", refusal == nil, step.flag("allowed"))
        run.compare("retry after", refusal?.wait ?? -1, step.integer("retryAfter"))
        run.compare("remaining", cells.meter(at: time).remaining, step.integer("remaining"))
        run.compare("reset after", cells.meter(at: time).reset, step.integer("resetAfter"))
      }
    }
    run.finish(cases: 1, steps: 16)
  }

  @Test("the cell rate decides as go-redis/redis_rate does, partial grants included")
  func redisRate() throws {
    let run = VectorRun("gcra_redis_rate")
    run.each(try VectorFile("go-redis-redis_rate").groups[0]) { vector in
      let limit = GenericCellRate(
        rate: UnitsByPlan(Units(vector.given.units("rate"))),
        per: SimDuration(nanoseconds: vector.given.time("period")),
        burst: UnitsByPlan(Units(vector.given.units("burst"))))
      var cells = OneAccount(limit)
      return { step in
        let time = step.time("at")
        let cost = step.units("cost")
        if step.text("op") == "reset" {
          cells = OneAccount(limit)
          return
        }
        let isPartial = step.text("op") == "allow_at_most"
        // An impossible cost is refused for good here; upstream says when the rate would allow it.
        let wait = cells.layer.wait(
          for: Units(isPartial ? 1 : cost), of: cells.request, at: SimTime(nanoseconds: time))
        let taken =
          isPartial
          ? cells.takeAtMost(cost, at: time) : cells.take(cost, at: time) == nil ? cost : 0
        let isRefused = cost > 0 && taken == 0
        let retry = isRefused ? (wait?.nanoseconds ?? 0) / 1_000_000 : -1
        run.compare("allowed", taken, step.integer("allowedCount"))
        run.compare("retry after", retry, step.integer("retryAfterMs"))
        run.compare("remaining", cells.meter(at: time).remaining, step.integer("remaining"))
        run.compare(
          "reset after", cells.meter(at: time).reset / 1_000_000, step.integer("resetAfterMs"))
      }
    }
    run.finish(cases: 4, steps: 19)
  }
}

import Testing
import WeirAccess
import WeirFormats
import WeirKernel
import WeirVectors

/// One tick of the layers' clock is one millisecond of the vectors for logs and windows, and one
/// microsecond for rates, which upstream rounds up to whole microseconds a unit.
@Suite struct PyrateLimiterVectors {
  @Test("several limits at once decide, and name who refused, as PyrateLimiter does")
  func multiWindow() throws {
    let run = VectorRun("generated_pyrate_limiter")
    run.each(try VectorFile("pyrate-limiter").groups[0]) { vector in
      let rates = (vector.given["ratesLimitIntervalMs"]?.elements ?? []).map(\.integers)
      let origin = vector.given.time("t0UnixMs")
      let scale =
        vector.algorithm.hasSuffix("log") || vector.algorithm == "fixed_window"
        ? Int64(1) : 1000
      let limits = rates.map { layer(vector.algorithm, $0[0], per: $0[1], origin: origin) }
      var account = OneAccount(AllOf(limits))
      return { step in
        let time = step.time("at") * scale
        let cost = step.units("cost")
        let members = account.layer.members
        let refusal = account.take(cost, at: time)
        run.compare("allowed", refusal == nil, step.flag("allowed"))
        run.skip(
          "count: entries stored upstream, those that have left but were not swept included",
          step, "count")
        guard let refusal, let member = refusal.member else {
          return
        }
        run.compare("failing rate", rates[member], step["failingRate"]?.integers)
        // Upstream gives the wait of the rate that failed first; the whole waits for the longest.
        let own = members[member].quote(
          Units(cost), of: Request(account: 0, cost: Units(cost)),
          at: SimTime(nanoseconds: time), .none
        ).refusal?.wait
        let wait = own.map { ($0 + scale - 1) / scale }
        // -1 and null both say: never.
        let expected = step.integer("retryAfterMs").flatMap { $0 < 0 ? nil : $0 }
        run.compare("wait", wait, .some(expected))
        if let own, let longest = refusal.wait {
          run.compare("the longest wait is no shorter", longest >= own, true)
        }
      }
    }
    run.finish(cases: 16, steps: 1160)
  }

  private func layer(
    _ algorithm: String, _ limit: Int64, per milliseconds: Int64, origin: Int64
  ) -> any Layer {
    let units = UnitsByPlan(Units(limit))
    let ticks = SimDuration(nanoseconds: milliseconds)
    let emission = SimDuration(nanoseconds: (milliseconds * 1000 + limit - 1) / limit)
    switch algorithm {
    case "sliding_window_log": return SlidingLog(limit: units, per: ticks, inclusive: true)
    case "fixed_window":
      return FixedWindow(
        limit: units, per: ticks, alignment: .aligned,
        origin: SimTime(nanoseconds: -(origin % milliseconds)))
    case "gcra":
      return GenericCellRate(rate: UnitsByPlan(1), per: emission, burst: units)
    default: return TokenBucket(capacity: units, refill: UnitsByPlan(1), per: emission)
    }
  }
}

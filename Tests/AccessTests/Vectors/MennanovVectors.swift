import Testing
import WeirAccess
import WeirKernel
import WeirVectors

@Suite struct MennanovVectors {
  @Test("an aligned window decides as mennanov/limiters does")
  func fixedWindow() throws {
    let run = VectorRun("fixed_window_mennanov")
    run.each(try VectorFile("mennanov-limiters").groups[0]) { vector in
      var window = OneAccount(
        FixedWindow(
          limit: UnitsByPlan(Units(vector.given.units("capacity"))),
          per: SimDuration(nanoseconds: vector.given.time("window")), alignment: .aligned))
      return { step in
        if step.text("op") == "uniform" {
          run.compare("denied", uniform(&window, step), step.units("denied"))
        } else {
          let refusal = window.take(step.units("cost"), at: step.time("at"))
          run.compare("allowed", refusal == nil, step.flag("allowed"))
          run.compare("wait", refusal?.wait ?? 0, step.integer("wait"))
        }
      }
    }
    run.finish(cases: 4, steps: 7)
  }

  @Test("a greedy bucket decides as the discrete one of mennanov/limiters does")
  func tokenBucket() throws {
    let run = VectorRun("token_bucket_mennanov")
    run.each(try VectorFile("mennanov-limiters").groups[1]) { vector in
      let capacity = vector.given.units("capacity")
      var bucket = OneAccount(
        TokenBucket(
          capacity: UnitsByPlan(Units(capacity)), refill: UnitsByPlan(1),
          per: SimDuration(nanoseconds: vector.given.time("refillInterval"))))
      return { step in
        let time = SimTime(nanoseconds: step.time("at"))
        switch step.text("op") {
        case "uniform":
          let denied = uniform(&bucket, step)
          let tolerance = step.units("tolerance")
          run.compare("denied in tolerance", abs(denied - step.units("denied")) <= tolerance, true)
        case "take_max":
          run.compare(
            "taken", bucket.takeAtMost(step.units("n"), at: time.nanoseconds),
            step.integer("taken"))
        case "reset": bucket.layer.add(Units(capacity), for: bucket.request, at: time)
        case "tokens":
          run.compare(
            "tokens", bucket.layer.tokens(for: bucket.request, at: time).count,
            step.integer("tokens"))
        default:
          let refusal = bucket.take(step.units("n"), at: time.nanoseconds)
          run.compare("allowed", refusal == nil, step.flag("allowed"))
          run.compare("wait", refusal?.wait ?? 0, step.integer("wait"))
        }
      }
    }
    run.finish(cases: 10, steps: 28)
  }

  @Test("leases run out as in mennanov/limiters, and a repeated key takes no second one")
  func concurrency() throws {
    let run = VectorRun("concurrency_ttl_mennanov")
    run.each(try VectorFile("mennanov-limiters").groups[2]) { vector in
      let gate = Concurrency(
        limit: UnitsByPlan(Units(vector.given.units("capacity"))),
        lease: SimDuration(nanoseconds: vector.given.time("ttl")))
      var stack = IdempotentStack(
        Stack([gate], names: ["concurrency"], for: .alike(accounts: 1)))
      return { step in
        let answer = stack.decide(
          Request(account: 0, cost: 1), key: step.text("key"),
          at: SimTime(nanoseconds: step.time("at")))
        run.compare("allowed", answer.decision.outcome == .admit, step.flag("allowed"))
      }
    }
    run.finish(cases: 3, steps: 10)
  }

  @Test("a sliding counter that counts refusals decides as mennanov/limiters does")
  func slidingCounter() throws {
    let run = VectorRun("sliding_window_counter_mennanov")
    run.each(try VectorFile("mennanov-limiters").groups[3]) { vector in
      let counter = SlidingCounter(
        limit: UnitsByPlan(Units(vector.given.units("capacity"))),
        per: SimDuration(nanoseconds: vector.given.time("window")), countsRefused: true)
      var stack = Stack([counter], names: ["counter"], for: .alike(accounts: 1))
      // Upstream cuts its waits down to whole nanoseconds and forgives what that makes too early;
      // here the client sleeps for the exact wait, a nanosecond longer at most.
      var time: Int64 = 0
      return { step in
        let tolerance = step.time("tolerance")
        run.compare("time in tolerance", abs(time - step.time("at")) <= tolerance, true)
        let request = Request(account: 0, cost: Units(step.units("cost")))
        let decision = stack.decide(request, at: SimTime(nanoseconds: time), .none)
        run.compare("allowed", decision.outcome == .admit, step.flag("allowed"))
        let wait = decision.refusal?.wait ?? 0
        run.compare("wait in tolerance", abs(wait - step.time("wait")) <= tolerance, true)
        time += wait
      }
    }
    run.finish(cases: 5, steps: 63)
  }

  @Test("a leaky bucket keeps requests in a queue as mennanov/limiters does")
  func leakyQueue() throws {
    let run = VectorRun("leaky_bucket_queue_mennanov")
    run.each(try VectorFile("mennanov-limiters").groups[4]) { vector in
      let bucket = LeakyBucket(
        capacity: UnitsByPlan(Units(vector.given.units("capacity"))), leak: UnitsByPlan(1),
        per: SimDuration(nanoseconds: vector.given.time("interval")), mode: .queue)
      var queue = OneAccount(bucket)
      return { step in
        switch step.text("op") {
        case "reset":
          _ = step.time("at")
          queue = OneAccount(bucket)
        case "closed_loop":
          run.compare("elapsed", closedLoop(&queue, step), step.integer("totalElapsed"))
        default:
          let time = step.time("at")
          // A refusal reports upstream how long it would have waited.
          let wait = queue.layer.timeToEmpty(
            for: queue.request, at: SimTime(nanoseconds: time))
          run.compare("wait", wait?.nanoseconds, step.integer("wait"))
          let isAllowed = queue.take(step.units("cost"), at: time) == nil
          run.compare("allowed", isAllowed, step.flag("allowed"))
        }
      }
    }
    run.finish(cases: 9, steps: 16)
  }

  /// The time that requests take which come one after another with a gap between, each kept.
  private func closedLoop(_ queue: inout OneAccount<LeakyBucket>, _ step: VectorFields) -> Int64 {
    let gap = step.time("gapBeforeEachAfterFirst")
    _ = step.flag("sleepReportedWait")
    var time: Int64 = 0
    for number in 0..<step.units("count") {
      if number > 0 { time += gap }
      let delay = queue.quote(1, at: time).delay
      queue.force(1, at: time)
      time += delay.nanoseconds
    }
    return time
  }

  /// Takes one unit at even times and counts the refusals.
  private func uniform<Limit: Layer>(
    _ account: inout OneAccount<Limit>, _ step: VectorFields
  ) -> Int64 {
    let interval = step.time("interval")
    return (0..<step.units("count")).reduce(0) { denied, number in
      account.take(1, at: number * interval) == nil ? denied : denied + 1
    }
  }
}

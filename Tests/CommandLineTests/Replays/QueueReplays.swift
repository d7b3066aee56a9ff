import WeirFormats
import WeirVectors

/// What holds requests, or has places for them.
enum QueueReplays {
  static let sets = [
    ReplaySet("cycle_limiter_resilience4j", "resilience4j") { vector in
      let timeout = vector.given.time("timeout")
      var replay = Replay(
        #"""
        {"type": "cycles", "name": "cycles", "limit": \#(vector.given.units("limitForPeriod")),
         "per": \#(vector.given.span("refreshPeriod")), "holdUpTo": \#(vector.given.span("timeout"))}
        """#)
      for step in vector.steps {
        let isReserve = step.text("op") == "reserve"
        replay.ask(
          isReserve ? "reserve" : "tick", at: step.time("at"), cost: step.integer("permits"))
        replay.expect("returns", step.integer("returns")) { $0.goesOn ? $0.wait ?? 0 : -1 }
        // The account sees what it may still take of the cycles that it would be kept for, too.
        let ahead =
          vector.given.units("limitForPeriod") * timeout / vector.given.time("refreshPeriod")
        let available = step.integer("availableAfter") ?? step.integer("available")
        replay.expect("available", available.map { $0 + ahead }) { $0.remaining }
        // One unit more is kept up to the timeout; for longer it is refused until then.
        let wait = step.integer("nanosToWaitAfter") ?? step.integer("nanosToWait")
        let told = wait.map { DurationText.text($0 > timeout ? $0 - timeout : $0) }
        replay.expect("wait of one more", told) { $0.waitOfOneMore(in: "cycles") }
      }
      return .replay(replay)
    },
    ReplaySet("leaky_bucket_queue_mennanov", "mennanov-limiters", groups: [4]) { vector in
      var replay = Replay(
        #"""
        {"type": "leakyBucket", "name": "queue", "capacity": \#(vector.given.units("capacity")),
         "leak": 1, "per": \#(vector.given.span("interval")), "mode": "queue"}
        """#)
      for step in vector.steps {
        switch step.text("op") {
        case "reset": replay.change("queue", "leak=1", carry: "reset", at: step.time("at"))
        case "closed_loop":
          // Each request comes a gap after the last one was let go on.
          var time: Int64 = 0
          for number in 0..<step.units("count") {
            if number > 0 { time += step.time("gapBeforeEachAfterFirst") }
            replay.ask("reserve", at: time, cost: 1)
            time += try replay.answers().last?.wait ?? 0
          }
          replay.expect("\(time) ns in all", time == step.integer("totalElapsed"))
        default:
          replay.ask("reserve", at: step.time("at"), cost: step.units("cost"))
          replay.expect("allowed", step.flag("allowed")) { $0.goesOn }
          // A refusal says here when it would pass; upstream when the queue would be empty.
          guard step.flag("allowed") == true else { continue }
          replay.expect("wait", step.integer("wait")) { $0.wait ?? 0 }
        }
      }
      return .replay(replay)
    },
    ReplaySet("leaky_bucket_uber", "uber-go-ratelimit") { vector in
      guard vector.steps.allSatisfy({ $0.text("op") == "take" }) else {
        return .cannot("takers in a loop of hundreds of rounds, each row after the last answer")
      }
      let limiters = vector.given.objects("limiters")
      let products = limiters.indices.map { "p\($0)" }
      // Upstream cuts the pace down to whole nanoseconds, and is taken at its word.
      let layers = zip(limiters, products).map { fields, product in
        #"""
        {"type": "pacer", "name": "\#(product)", "products": ["\#(product)"], "rate": 1,
         "per": "\#(fields.time("per") / fields.units("rate"))ns", "slack": \#(fields.units("slack"))}
        """#
      }
      var replay = Replay(layers, products: products)
      for step in vector.steps {
        let times = step.integers("times")
        for time in times {
          for product in products { replay.ask("reserve", at: time, cost: 1, ["product": product]) }
        }
        let answers = try replay.answers()
        for place in products.indices {
          let grants = times.indices.map {
            times[$0] + (answers[$0 * products.count + place].wait ?? 0)
          }
          if step.has("grants") {
            replay.expect("grants \(grants)", grants == step.integers("grants"))
          }
          for pair in (step["countAt"]?.elements ?? []).map(\.integers) {
            let count = Int64(grants.count { $0 < pair[0] })
            replay.expect("\(count) before \(pair[0])", count == pair[1])
          }
        }
      }
      return .replay(replay)
    },
    ReplaySet("concurrency_netflix", "netflix-concurrency-limits", groups: Array(0...8)) { vector in
      guard vector.name == "Simple limiter" else {
        return .cannot(
          "samples and windows of an estimate, which here are of requests that were made")
      }
      var replay = Replay(#"{"type": "concurrency", "limit": \#(vector.given.units("limit"))}"#)
      var asked = 0
      for step in vector.steps {
        if step.text("op") == "release" {
          replay.ask("release", at: 0, key: "0")
          continue
        }
        let earlier = asked
        for _ in 0..<step.units("count") {
          replay.ask("reserve", at: 0, cost: 1, key: "\(asked)")
          asked += 1
        }
        let allowed = try replay.answers().suffix(asked - earlier).count { $0.isAdmitted }
        replay.expect("\(allowed) allowed", Int64(allowed) == step.integer("allowed"))
      }
      return .replay(replay)
    },
    ReplaySet("derived_progressive_penalty", "progressive-penalty") { vector in
      let given = vector.given
      // A request of "over" runs into a window that was used up before.
      var replay = Replay(
        [
          #"""
          {"type": "progressivePenalty", "name": "penalty", "first": "\#(given.units("firstS"))s",
           "factor": \#(given.units("factor")), "longest": "\#(given.units("capS"))s",
           "forgiveAfter": "\#(given.units("decayS"))s"}
          """#,
          #"""
          {"type": "fixedWindow", "name": "window", "products": ["over"], "limit": 1,
           "per": "1000h", "as": "gate"}
          """#,
        ], products: ["within", "over"])
      replay.ask("request", at: 0, cost: 1, ["product": "over"])
      for step in vector.steps {
        let seconds = step.time("tS")
        let product = step.flag("withinLimit") == true ? "within" : "over"
        replay.ask("request", at: seconds * 1_000_000_000, cost: 1, ["product": product])
        let outcomes = [
          "": "allow", "window:limit": "violation", "penalty:behaviour": "penalised",
        ]
        replay.expect("outcome", step.text("outcome")) { outcomes[$0.reason] }
        let left = max(0, (step.integer("until") ?? 0) - seconds)
        replay.expect("penalty left", DurationText.text(left * 1_000_000_000)) {
          $0.waitOfOneMore(in: "penalty")
        }
      }
      return .replay(replay)
    },
  ]
}

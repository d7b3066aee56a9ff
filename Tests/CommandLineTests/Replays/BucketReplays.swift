import WeirFormats
import WeirVectors

/// Token buckets and the cell rate.
enum BucketReplays {
  static let sets = [
    ReplaySet("gcra_throttled_rediscell", "throttled-and-redis-cell") { vector in
      var replay = Replay(
        #"""
        {"type": "gcra", "name": "cells", "rate": 1, "per": \#(vector.given.span("period")),
         "burst": \#(vector.given.units("limit"))}
        """#)
      for step in vector.steps {
        replay.ask("request", at: step.time("at"), cost: step.units("cost"))
        replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
        replay.expect("remaining", step.integer("remaining")) { $0.remaining }
        replay.expect("retry after", step.integer("retryAfter")) { $0.wait ?? -1 }
        replay.expect("reset", step.integer("resetAfter").map(DurationText.text)) {
          $0.reset(of: "cells")
        }
      }
      return .replay(replay)
    },
    ReplaySet("gcra_redis_rate", "go-redis-redis_rate") { vector in
      let burst = vector.given.units("burst")
      let isPartial = vector.steps.contains { $0.text("op") == "allow_at_most" }
      var replay = Replay(
        #"""
        {"type": "gcra", "name": "cells", "rate": \#(vector.given.units("rate")),
         "per": \#(vector.given.span("period")), "burst": \#(burst)}
        """#, onShortfall: isPartial ? "partial" : "rollback")
      for step in vector.steps {
        let time = step.time("at")
        if step.text("op") == "reset" {
          replay.change("cells", "burst=\(burst)", carry: "reset", at: time)
          continue
        }
        let cost = step.units("cost")
        replay.ask("request", at: time, cost: cost)
        replay.expect("allowed", step.integer("allowedCount")) { $0.granted }
        replay.expect("remaining", step.integer("remaining")) { $0.remaining }
        let reset = step.integer("resetAfterMs").map { $0 * 1_000_000 }
        replay.expect("reset", reset.map(DurationText.text)) { $0.reset(of: "cells") }
        // An impossible cost is refused for good here, where upstream says when the rate would
        // allow it; and of what was granted in part, the rest has its time here.
        let granted = step.units("allowedCount")
        if cost <= burst, granted == 0 || granted == cost {
          let retry = step.integer("retryAfterMs").map { $0 < 0 ? -1 : $0 * 1_000_000 }
          replay.expect("retry after", retry) { $0.wait ?? -1 }
        }
      }
      return .replay(replay)
    },
    ReplaySet("generated_token_bucket_py", "falconry-token-bucket") { vector in
      // Tokens in two seconds, which is whole for every rate of the vectors.
      let refill = Int64((vector.given.double("ratePerS") ?? 0) * 2)
      var replay = Replay(
        #"""
        {"type": "tokenBucket", "capacity": \#(vector.given.units("capacity")),
         "refill": \#(refill), "per": "2s"}
        """#)
      for step in vector.steps {
        replay.ask("request", at: step.time("at"), cost: step.units("cost"))
        replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
        let tokens = step.double("tokensAfter").map { Int64($0.rounded(.down)) }
        replay.expect("whole tokens", tokens) { $0.remaining }
      }
      return .replay(replay)
    },
    .cannot(
      "generated_juju_go", "juju-ratelimit",
      "takes beyond what is there, in debt: a row that does not pass takes nothing"),
    ReplaySet("token_bucket_golang_x_time_rate", "golang-time", golangTime),
    ReplaySet("token_bucket_mennanov", "mennanov-limiters", groups: [1]) { vector in
      let isPartial = vector.steps.contains { $0.text("op") == "take_max" }
      var replay = Replay(
        #"""
        {"type": "tokenBucket", "name": "bucket", "capacity": \#(vector.given.units("capacity")),
         "refill": 1, "per": \#(vector.given.span("refillInterval"))}
        """#, onShortfall: isPartial ? "partial" : "rollback")
      for step in vector.steps {
        switch step.text("op") {
        case "take_max":
          replay.ask("request", at: step.time("at"), cost: step.units("n"))
          replay.expect("taken", step.integer("taken")) { $0.granted }
        case "reset":
          replay.change("bucket", "refill=1", carry: "reset", at: step.time("at"))
        case "tokens":
          replay.ask("tick", at: step.time("at"))
          replay.expect("tokens", step.integer("tokens")) { $0.remaining }
        default: try replay.takeOrCount(step, cost: "n")
        }
      }
      return .replay(replay)
    },
    ReplaySet("token_bucket_bucket4j", "bucket4j", SeveralBuckets.convert),
  ]

  private static func golangTime(_ vector: VectorCase) throws -> Conversion {
    let operations = Set(vector.steps.map { $0.text("op") })
    guard operations.isSubset(of: ["allow", "uniform", "set_limit"]) else {
      return .cannot("reservations of tokens to come: a bucket refuses, or holds for a time")
    }
    guard zip(vector.steps, vector.steps.dropFirst()).allSatisfy({ $0.time("at") <= $1.time("at") })
    else { return .cannot("a clock that goes back") }
    // Tokens in 1300 s, which is whole for every rate but 1e-10 a second.
    let rates = ["0.7692307692307693": 1000, "1e-10": 0]
    let perSecond = vector.given.number("ratePerS") ?? ""
    let refill = rates[perSecond] ?? (Int(perSecond) ?? 0) * 1300
    var replay = Replay(
      #"""
      {"type": "tokenBucket", "capacity": \#(vector.given.units("burst")), "refill": \#(refill),
       "per": "1300s", "initial": \#(vector.given.units("initialTokens"))}
      """#)
    for step in vector.steps {
      if step.text("op") == "allow" {
        replay.ask("tick", at: step.time("at"))
        replay.expect("tokens before", step.integer("tokensBefore")) { $0.remaining }
        replay.ask("request", at: step.time("at"), cost: step.units("n"))
        replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
      } else {
        for number in 0..<step.units("count") {
          replay.ask("request", at: number * step.time("interval"), cost: 1)
        }
        let allowed = Int64(try replay.answers().count { $0.isAdmitted })
        let least = step.integer("allowed") ?? step.units("allowedMin")
        let most = step.integer("allowed") ?? step.integer("allowedMax") ?? .max
        replay.expect("\(allowed) allowed", least <= allowed && allowed <= most)
      }
    }
    return .replay(replay)
  }
}

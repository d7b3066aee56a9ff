import WeirFormats
import WeirVectors

/// Windows, logs, counters and leases.
enum WindowReplays {
  static let sets = [
    ReplaySet("fixed_window_envoy_ratelimit", "envoyproxy-ratelimit") { vector in
      var replay = Replay(
        #"""
        {"type": "fixedWindow", "name": "window", "limit": \#(vector.given.units("requestsPerUnit")),
         "per": "1s", "alignment": "aligned", "countsRefused": true}
        """#)
      for step in vector.steps {
        let before = step.units("countBefore")
        replay.ask("request", at: 0, cost: before)
        replay.ask("request", at: 0, cost: step.units("countAfter") - before)
        let isShadow = vector.given.flag("shadowMode") == true
        // In shadow mode the same decision is made and recorded, and then not acted upon.
        replay.expect("code", step.text("code")) { answer in
          answer.outcome == "deny" && !isShadow ? "OVER_LIMIT" : "OK"
        }
        replay.expect("remaining", step.integer("limitRemaining")) { $0.remaining }
      }
      return .replay(replay)
    },
    ReplaySet("fixed_window_mennanov", "mennanov-limiters", groups: [0]) { vector in
      var replay = Replay(
        #"""
        {"type": "fixedWindow", "limit": \#(vector.given.units("capacity")),
         "per": \#(vector.given.span("window")), "alignment": "aligned"}
        """#)
      for step in vector.steps { try replay.takeOrCount(step, cost: "cost") }
      return .replay(replay)
    },
    ReplaySet("fixed_window_sethvargo", "sethvargo-go-limiter") { vector in
      var replay = Replay(
        #"""
        {"type": "fixedWindow", "name": "window", "limit": \#(vector.given.units("tokens")),
         "per": \#(vector.given.span("interval")), "alignment": "fixedAnchor"}
        """#)
      var isKnown = false
      var isFilled = false
      for step in vector.steps {
        let time = step.time("at")
        if isFilled {
          replay.leaveOut("tokens that are added to a window, which no row does")
          continue
        }
        switch step.text("op") {
        case "get" where !isKnown:
          replay.leaveOut("get of an unknown key: accounts are known from the start")
        case "set":
          replay.change(
            "window", "limit=\(step.units("tokens"));per=\(step.time("interval"))ns",
            carry: "reset", at: time)
        case "burst":
          isFilled = true
          replay.leaveOut("tokens that are added to a window, which no row does")
        default:
          isKnown = true
          let isTake = step.text("op") == "take"
          replay.ask(isTake ? "request" : "tick", at: time, cost: isTake ? 1 : nil)
          replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
          replay.expect("limit", step.integer("limit")) { $0.limit(of: "window") }
          replay.expect("remaining", step.integer("remaining")) { $0.remaining }
          let reset = step.integer("resetAt").map { DurationText.text($0 - time) }
          replay.expect("reset", reset) { $0.reset(of: "window") }
        }
      }
      return .replay(replay)
    },
    ReplaySet("generated_pyrate_limiter", "pyrate-limiter") { vector in
      let origin = vector.given.time("t0UnixMs")
      let isLog = vector.algorithm.hasSuffix("log")
      let isWindow = vector.algorithm == "fixed_window"
      let rates = (vector.given["ratesLimitIntervalMs"]?.elements ?? []).map(\.integers)
      // Gates, so that the answer names the first of them that refuses.
      let layers = rates.enumerated().map { number, rate in
        let (limit, interval) = (rate[0], rate[1])
        let pace = (interval * 1000 + limit - 1) / limit
        let fields =
          if isLog {
            #""slidingLog", "limit": \#(limit), "per": "\#(interval)ms", "inclusive": true"#
          } else if isWindow {
            #""fixedWindow", "limit": \#(limit), "per": "\#(interval)ms", "alignment": "aligned""#
              + #", "offset": "\#((interval - origin % interval) % interval)ms""#
          } else if vector.algorithm == "gcra" {
            #""gcra", "rate": 1, "per": "\#(pace)us", "burst": \#(limit)"#
          } else {
            #""tokenBucket", "capacity": \#(limit), "refill": 1, "per": "\#(pace)us""#
          }
        return #"{"type": \#(fields), "name": "rate\#(number)", "as": "gate"}"#
      }
      var replay = Replay(layers)
      for step in vector.steps {
        replay.ask("request", at: step.time("at") * 1_000_000, cost: step.units("cost"))
        replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
        let failing = step["failingRate"]?.integers
        let name = rates.firstIndex { $0 == failing }.map { "rate\($0)" }
        replay.expect("failing rate", name) {
          $0.reason.split(separator: ":").first.map(String.init)
        }
      }
      return .replay(replay)
    },
    ReplaySet("litellm_tpm_reservation", "litellm") { vector in
      guard vector.given.has("tpm") else {
        return .cannot("estimates from the fields of a web request")
      }
      var replay = Replay(
        #"""
        {"type": "fixedWindow", "limit": \#(vector.given.units("tpm")), "per": "1m",
         "alignment": "aligned"}
        """#)
      for step in vector.steps {
        let key = step.integer("id").map { "\($0)" } ?? ""
        let cost = step.integer("amount") ?? step.integer("actual")
        replay.ask(step.text("op"), at: 0, cost: cost, key: key)
        if step.text("op") == "reserve" {
          replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
        } else {
          replay.expect("outcome", "done") { $0.outcome }
        }
      }
      return .replay(replay)
    },
    ReplaySet("refundable_limits_upstash", "upstash-ratelimit-js") { vector in
      guard !vector.steps.contains(where: { ($0.integer("rate") ?? 0) < 0 }) else {
        return .cannot("a refund that no request has made: a row cannot add units to a limit")
      }
      var replay = Replay(
        #"""
        {"type": "fixedWindow", "limit": \#(vector.given.units("limit")), "per": "10s",
         "alignment": "aligned", "countsRefused": true}
        """#)
      for step in vector.steps {
        let isLimit = step.text("op") == "limit"
        replay.ask(isLimit ? "request" : "tick", at: 0, cost: step.integer("rate"))
        replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
        replay.expect("remaining", step.integer("remaining")) { $0.remaining }
      }
      return .replay(replay)
    },
    ReplaySet("sliding_window_cloudflare", "cloudflare") { vector in
      let window = vector.given.time("window")
      var replay = Replay(
        #"""
        {"type": "slidingCounter", "limit": \#(vector.given.units("limit")),
         "per": \#(vector.given.span("window")), "overshoots": true}
        """#)
      for step in vector.steps {
        replay.ask("request", at: 0, cost: step.units("previous"))
        replay.ask("request", at: window, cost: step.units("current"))
        let time = window + step.time("elapsed")
        replay.ask("request", at: time, cost: 1)
        replay.expect("next", step.flag("nextAllowed")) { $0.isAdmitted }
        replay.ask("request", at: time, cost: 1)
        replay.expect("the one after", step.flag("nextNextAllowed")) { $0.isAdmitted }
      }
      return .replay(replay)
    },
    ReplaySet("sliding_window_counter_mennanov", "mennanov-limiters", groups: [3]) { vector in
      var replay = Replay(
        #"""
        {"type": "slidingCounter", "limit": \#(vector.given.units("capacity")),
         "per": \#(vector.given.span("window")), "countsRefused": true}
        """#)
      // Upstream cuts its waits down to whole nanoseconds; here the client sleeps for the exact
      // wait, so that each row follows from the answer to the last.
      var time: Int64 = 0
      for step in vector.steps {
        let tolerance = step.time("tolerance")
        replay.ask("request", at: time, cost: step.units("cost"))
        replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
        let expected = step.time("wait")
        replay.expect("wait in tolerance", true) { abs(($0.wait ?? 0) - expected) <= tolerance }
        replay.expect("asked at \(time)", abs(time - step.time("at")) <= tolerance)
        time += try replay.answers().last?.wait ?? 0
      }
      return .replay(replay)
    },
    ReplaySet("concurrency_ttl_mennanov", "mennanov-limiters", groups: [2]) { vector in
      var replay = Replay(
        #"""
        {"type": "concurrency", "limit": \#(vector.given.units("capacity")),
         "lease": \#(vector.given.span("ttl"))}
        """#)
      for step in vector.steps {
        replay.ask("reserve", at: step.time("at"), cost: 1, key: step.text("key"))
        replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
      }
      return .replay(replay)
    },
  ]
}

extension Replay {
  /// A take at a time with its answer, or takes of one unit at even times of which so many are
  /// denied.
  mutating func takeOrCount(_ step: VectorFields, cost: String) throws {
    guard step.text("op") == "uniform" else {
      ask("request", at: step.time("at"), cost: step.units(cost))
      expect("allowed", step.flag("allowed")) { $0.isAdmitted }
      expect("wait", step.integer("wait")) { $0.wait ?? 0 }
      return
    }
    let earlier = try answers().count
    for number in 0..<step.units("count") {
      ask("request", at: number * step.time("interval"), cost: 1)
    }
    let denied = try answers().dropFirst(earlier).count { !$0.isAdmitted }
    let tolerance = step.integer("tolerance") ?? 0
    expect("\(denied) denied", abs(Int64(denied) - step.units("denied")) <= tolerance)
  }
}

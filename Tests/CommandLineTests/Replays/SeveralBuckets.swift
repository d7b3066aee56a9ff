import WeirVectors

/// The cases of bucket4j: several buckets at once, each step at a time of its own.
enum SeveralBuckets {
  static func convert(_ vector: VectorCase) throws -> Conversion {
    let reasons = [
      "consume_ignoring_limits": "takes beyond what is there, in debt",
      "raw_consume": "takes beyond what is there, in debt",
      "add_tokens": "tokens that are added, which no row does",
      "force_add_tokens": "tokens that are added, which no row does",
      "reset": "tokens that are added, which no row does",
      "refill": "the part of a token, which no row shows",
      "sizes": "each bucket by itself, which no row shows",
    ]
    for step in vector.steps {
      if let reason = reasons[step.text("op")] { return .cannot(reason) }
    }
    guard !vector.steps.dropLast().contains(where: isQuestion) else {
      return .cannot("a question without effect in the middle, where a row would take")
    }
    let start = vector.given.time("start")
    for bucket in vector.given.objects("bandwidths") {
      if (bucket.integer("firstRefill") ?? start) < start {
        return .cannot("a first refill before the start, which no file can name")
      }
      if bucket.units("capacity") > 1_000_000_000_000_000 {
        return .cannot("more than 10^15 tokens, which no file can name")
      }
    }
    let least = vector.given.objects("bandwidths").map { $0.units("capacity") }.min() ?? 0
    if vector.steps.contains(where: { isWait($0) && $0.units("n") > least }) {
      return .cannot("a wait for more than a bucket holds, which here is for ever")
    }
    let isPartial = vector.steps.contains { $0.text("op") == "consume_as_much_as_possible" }
    guard !isPartial || !vector.steps.contains(where: { takesAll.contains($0.text("op")) }) else {
      return .cannot("all or nothing and as much as possible in turn: a policy has one shortfall")
    }
    var replay = Replay(
      #"{"type": "allOf", "name": "buckets", "limits": \#(buckets(vector.given, start))}"#,
      onShortfall: isPartial ? "partial" : "rollback")
    for step in vector.steps { ask(step, start, &replay) }
    return .replay(replay)
  }

  private static let takesAll: Set = ["try_consume", "try_consume_probe"]

  /// Whether upstream only asks, where a row that passes takes.
  private static func isQuestion(_ step: VectorFields) -> Bool {
    step.text("op") == "estimate" ? step.has("allowed") || step.has("wait") : isWait(step)
  }

  private static func isWait(_ step: VectorFields) -> Bool {
    ["delay_for", "blocking_try_consume"].contains(step.text("op"))
  }

  private static func buckets(_ given: VectorFields, _ start: Int64) -> String {
    let refills = ["greedy": "greedy", "intervally": "intervally", "intervally_aligned": "aligned"]
    let buckets = given.objects("bandwidths").enumerated().map { number, fields in
      let first = fields.integer("firstRefill").map { #", "firstRefill": "\#($0 - start)ns""# }
      let isInProportion = fields.flag("adaptiveInitialTokens") == true
      let id = fields.text("id")
      return #"""
        {"type": "tokenBucket", "name": "\#(id.isEmpty ? "bucket\(number)" : id)",
         "capacity": \#(fields.units("capacity")), "refill": \#(fields.units("refillTokens")),
         "per": \#(fields.span("refillPeriod")), "initial": \#(fields.units("initialTokens")),
         "refills": "\#(refills[fields.text("refill")] ?? "")"\#(first ?? ""),
         "startsInProportion": \#(isInProportion)}
        """#.replacing("\n", with: " ")
    }
    return "[\(buckets.joined(separator: ", "))]"
  }

  private static func ask(_ step: VectorFields, _ start: Int64, _ replay: inout Replay) {
    let time = step.time("at") - start
    let units = step.units("n")
    switch step.text("op") {
    case "estimate" where !isQuestion(step):
      replay.ask("tick", at: time)
    case "try_consume", "try_consume_probe", "estimate":
      replay.ask("request", at: time, cost: units)
      replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
      replay.expect("wait", step.integer("wait")) { wait(of: $0) }
      replay.expect("remaining", step.integer("remaining")) { $0.remaining }
    case "consume_as_much_as_possible":
      replay.ask("request", at: time, cost: step.integer("max") ?? 1_000_000)
      replay.expect("taken", step.integer("taken")) { $0.granted }
    case "blocking_try_consume":
      let most = step.time("maxWait")
      replay.ask("request", at: time, cost: units)
      replay.expect("allowed", step.flag("allowed")) { wait(of: $0) <= most }
      replay.expect("slept", step.integer("slept")) { wait(of: $0) <= most ? wait(of: $0) : 0 }
    case "delay_for":
      replay.ask("request", at: time, cost: units)
      replay.expect("wait", step.integer("wait")) { wait(of: $0) }
    case "replace_config":
      let inheritances = [
        "RESET": "reset", "AS_IS": "asIs", "ADDITIVE": "additive", "PROPORTIONALLY": "proportional",
      ]
      replay.change(
        "buckets", "limits=\(buckets(step, start))",
        carry: inheritances[step.text("inherit")] ?? "",
        at: time)
    default:
      replay.ask("tick", at: time)
      replay.expect("available", step.integer("available")) { $0.remaining }
    }
  }

  /// What an answer has its client wait; the longest there is when it never passes.
  private static func wait(of answer: ReplayAnswer) -> Int64 {
    answer.isAdmitted ? 0 : answer.wait ?? .max
  }
}

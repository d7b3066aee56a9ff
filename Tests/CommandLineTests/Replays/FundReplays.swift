import WeirFormats
import WeirVectors

/// Balances, and the waterfall as a whole.
enum FundReplays {
  static let sets = [
    ReplaySet("derived_waterfall", "waterfall", waterfall),
    ReplaySet("credit_grants_openmeter", "openmeter", groups: [0], grants),
    ReplaySet("credit_locks_autumn/balances", "autumn", groups: [0]) { vector in
      try Locks.convert(vector)
    },
    ReplaySet("credit_locks_autumn/entities", "autumn", groups: [1]) { vector in
      guard vector.given.objects("buckets").first?.text("id") == "ent1" else {
        return .cannot("requests of an organisation that draw from its users")
      }
      return try Locks.convert(vector)
    },
    ReplaySet("credit_locks_autumn/terms", "autumn", groups: [2]) { vector in
      guard !vector.name.contains("clamped at the window") else {
        return .cannot("a use above its lock that a cap cuts: Weir charges what was used")
      }
      return try Locks.convert(vector)
    },
  ]

  /// Micro-credits as credits.
  static func credits(_ micro: Int64) -> String {
    let part = String(1_000_000 + micro % 1_000_000).dropFirst()
    return "\(micro / 1_000_000).\(part)"
  }

  private static func grants(_ vector: VectorCase) throws -> Conversion {
    let given = vector.given
    let lots = given.objects("grants")
    let starting = given.objects("starting")
    let isFresh =
      given.time("startNs") == 0 && lots.allSatisfy { $0.time("fromNs") >= 0 }
      && lots.map { $0.units("units") }.sorted() == starting.map { $0.units("units") }.sorted()
    guard isFresh, !lots.isEmpty, !given.has("meter"), !vector.totals.has("error") else {
      return .cannot("a history before the start, or none: a file begins with its lots")
    }
    let balances = vector.totals.objects("balances").map { $0.units("units") }
    let left = balances.reduce(0, +)
    let overage = vector.totals.integer("overage") ?? (left > 0 ? 0 : nil)
    guard !balances.isEmpty, let overage else {
      return .cannot("stretches of time: a row shows what a fund has left in all")
    }
    let overdraft: Int64 = 1_000_000
    let texts = lots.map { lot in
      let every = lot.has("everyNs") ? #", "every": \#(lot.span("everyNs"))"# : ""
      let anchor = lot.has("anchorNs") ? #", "anchor": \#(lot.span("anchorNs"))"# : ""
      return #"""
        {"id": "\#(lot.text("id"))", "units": \#(lot.units("units")),
         "priority": \#(lot.units("priority")), "from": \#(lot.span("fromNs")),
         "expires": \#(lot.span("untilNs"))\#(every)\#(anchor),
         "minRollover": \#(lot.units("minRollover")), "maxRollover": \#(lot.units("maxRollover"))}
        """#
    }
    let resets = given.integers("resetsNs").first.map {
      #", "firstReset": "\#($0)ns", "resetEvery": "24000h""#
    }
    let keeps = given.flag("preserveOverage") == true
    var replay = Replay(
      #"""
      {"type": "grants", "grants": [\#(texts.joined(separator: ", "))], "overdraft": \#(overdraft),
       "resetKeepsOverdraft": \#(keeps)\#(resets ?? "")}
      """#)
    let end = given.time("untilNs")
    for step in vector.steps where step.time("atNs") < end {
      replay.ask("request", at: step.time("atNs"), cost: step.units("use"))
      replay.expect("allowed", true) { $0.isAdmitted }
    }
    // What stands at the end of a stretch is what stood before what begins then, but for a reset.
    replay.ask("tick", at: given.integers("resetsNs").contains(end) ? end : max(0, end - 1))
    replay.expect("left, overdraft included", left - overage + overdraft) { $0.remaining }
    return .replay(replay)
  }

  private static func waterfall(_ vector: VectorCase) throws -> Conversion {
    let given = vector.given
    guard !vector.steps.contains(where: { $0.text("op") == "replay_debit" }) else {
      return .cannot("a debit that a worker delivers again: rows make requests")
    }
    let windows = given.objects("windows").map { fields in
      let alignment = fields.text("kind") == "aligned" ? "aligned" : "anchored"
      return #"""
        {"type": "fixedWindow", "name": "\#(fields.text("name"))", "limit": \#(fields.units("limit")),
         "per": \#(fields.span("length")), "alignment": "\#(alignment)"}
        """#
    }
    let grants = given.objects("grants").map { fields in
      let expiry = fields.integer("expires").map { #", "expires": "\#($0)ns""# } ?? ""
      return #"""
        {"id": "\#(fields.text("id"))", "units": \#(fields.units("amount")),
         "priority": \#(fields.units("priority"))\#(expiry)}
        """#
    }
    let lag = given.time("lag")
    let mode = given.text("mode").isEmpty ? "check_only" : given.text("mode")
    var layers: [String] = []
    if !windows.isEmpty {
      layers.append(
        #"{"type": "allOf", "name": "windows", "limits": [\#(windows.joined(separator: ", "))]}"#)
    }
    if !grants.isEmpty {
      layers.append(
        #"{"type": "grants", "name": "grants", "grants": [\#(grants.joined(separator: ", "))]}"#)
    }
    layers.append(
      #"""
      {"type": "credits", "name": "credits", "price": \#(credits(given.integer("price") ?? 1)),
       "initial": \#(credits(given.units("balance"))), "mode": "\#(mode)", "settlementLag": "\#(lag)ns"}
      """#)
    var replay = Replay(
      layers, onShortfall: given.text("onBlock") == "count_first" ? "countFirst" : "rollback")
    let limits = given.objects("windows").map { $0.units("limit") }
    for step in vector.steps {
      let isRequest = step.text("op") == "request"
      replay.ask(
        isRequest ? "request" : "tick", at: step.time("at"), cost: step.integer("cost"),
        key: step.text("key"))
      let expected = VectorFields(step["expect"] ?? [:])
      if isRequest { expect(expected, of: &replay) }
      // A debit without a lag is made with its row here, and with the next step there.
      if !isRequest || lag > 0 || expected.units("credits") == 0 {
        replay.expect("balance", step.integer("balanceAfter")) { $0.balance(of: "credits") }
      }
      let tightest = zip(limits, step.integers("usedAfter")).map { $0 - $1 }.min()
      replay.expect("left in the tightest window", tightest) { $0.left(in: "windows") }
    }
    return .replay(replay)
  }

  private static func expect(_ expected: VectorFields, of replay: inout Replay) {
    replay.expect("allowed", expected.flag("allowed")) { $0.isAdmitted }
    replay.expect("rate limit share", expected.integer("rateLimit")) { $0.shares["windows"] ?? 0 }
    let grants = (expected["grants"]?.elements ?? []).map { $0.elements?.last?.integer ?? 0 }
    replay.expect("grant share", grants.reduce(0, +)) { $0.shares["grants"] ?? 0 }
    replay.expect("credits share", expected.integer("credits")) { $0.shares["credits"] ?? 0 }
    guard expected.flag("allowed") == false else { return }
    replay.expect("reason", "credits:" + expected.text("reason")) { $0.reason }
  }
}

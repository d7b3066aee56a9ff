import WeirFormats
import WeirVectors

/// The locks of useautumn/autumn: reserve, then settle at more or less, or release.
///
/// Each bucket is a layer of its own. Amounts have two decimals, so that a unit is a hundredth.
enum Locks {
  static func convert(_ vector: VectorCase) throws -> Conversion {
    if vector.steps.contains(where: isNegative) {
      return .cannot("negative amounts: what is given comes as a purchase or a grant")
    }
    if vector.steps.contains(where: { $0.text("op") == "expire" }) {
      return .cannot("locks that run out by themselves: a row releases")
    }
    let replaced = vector.steps.first { $0.text("op") == "replace_bucket" }
    let buckets = vector.given.objects("buckets")
    let isShared = buckets.contains { $0.text("id") == "customer" }
    let isTerms = vector.given.has("windowLimit") || vector.given.has("topUp")
    let layers =
      replaced.map { [lots(buckets, with: $0)] }
      ?? buckets.map { bucket in
        let isOwn = bucket.text("id") != "customer"
        return bucket.has("creditCost") || !isOwn || isTerms
          ? balance(bucket, isShared: isShared, vector.given) : lot(bucket, isOfMembers: isShared)
      }
    let isPartial = vector.steps.contains { $0.text("op") == "track" }
    var replay = Replay(
      layers, onShortfall: isPartial ? "partial" : "rollback",
      plans: ["member", "organisation", "new"])
    var locks: [String: Int64] = [:]
    var open: Set<String> = []
    for step in vector.steps {
      let isOfAll = step.text("by") == "customer"
      let who = [
        "account": isOfAll ? "customer" : "user", "organisation": "o",
        "plan": isOfAll ? "organisation" : "member",
      ]
      let name = step.text("lock")
      let amount = step.scaled("amount", 2)
      switch step.text("op") {
      case "track": replay.ask("request", at: 0, cost: amount, who)
      case "lock":
        replay.ask("reserve", at: 0, cost: amount, key: name, who)
        replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
        locks[name] = amount
        if step.flag("allowed") == true { open.insert(name) }
      case "confirm":
        replay.ask("settle", at: 0, cost: step.scaled("final", 2) ?? locks[name], key: name, who)
        open.remove(name)
      case "replace_bucket":
        replay.ask("plan", at: 0, who.merging(["plan": "new"]) { $1 })
      default:
        replay.ask("release", at: 0, key: name, who)
        open.remove(name)
      }
    }
    expect(vector, ids: replaced == nil ? buckets.map { $0.text("id") } : ["lots"], open, &replay)
    return .replay(replay)
  }

  /// Expects what is left at the end; a lock that is still open is promised and not debited in a
  /// balance of credits.
  private static func expect(
    _ vector: VectorCase, ids: [String], _ open: Set<String>, _ replay: inout Replay
  ) {
    if let limit = vector.given.scaled("windowLimit", 2) {
      replay.expect("used of the cap", vector.totals.scaled("windowUsed", 2)) { answer in
        answer.left(in: ids[0]).map { limit - $0 }
      }
    }
    guard open.isEmpty else { return }
    for bucket in vector.totals.objects("balances") where ids.contains(bucket.text("id")) {
      let name = bucket.text("id")
      replay.expect("left in \(name)", bucket.scaled("left", 6)) { left(in: name, $0) }
    }
    replay.expect("total", vector.totals.scaled("total", 6)) { answer in
      ids.reduce(0) { $0 + (left(in: $1, answer) ?? 0) }
    }
    if let other = vector.totals.objects("balances").first(where: { $0.text("id") == "ent2" }) {
      // Another member, with a bucket of its own in the same layer.
      replay.ask("tick", at: 0, ["account": "other", "organisation": "o", "plan": "member"])
      replay.expect("left in ent2", other.scaled("left", 6)) { left(in: ids[0], $0) }
    }
  }

  /// What is left in a bucket, in millionths.
  private static func left(in bucket: String, _ answer: ReplayAnswer) -> Int64? {
    answer.balance(of: bucket) ?? answer.left(in: bucket).map { $0 * 10_000 }
  }

  private static func isNegative(_ step: VectorFields) -> Bool {
    ["amount", "final"].contains { step.number($0)?.hasPrefix("-") == true }
  }

  /// All buckets in one layer, one of which is there on the old plan and `step`'s on the new one.
  private static func lots(_ buckets: [VectorFields], with step: VectorFields) -> String {
    let old = step.text("old")
    let texts = (buckets + [step]).enumerated().map { number, bucket in
      let id = bucket.text("id")
      let plan = id == old ? "member" : "new"
      let plans = id == old || bucket === step ? #", "plans": ["\#(plan)"]"# : ""
      let units = bucket.scaled("balance", 2) ?? 0
      return #"{"id": "\#(id)", "units": \#(units), "priority": \#(number)\#(plans)}"#
    }
    return #"{"type": "grants", "name": "lots", "grants": [\#(texts.joined(separator: ", "))]}"#
  }

  private static func lot(_ bucket: VectorFields, isOfMembers: Bool) -> String {
    let plans = isOfMembers ? #", "plans": ["member"]"# : ""
    return #"""
      {"type": "grants", "name": "\#(bucket.text("id"))",
       "grants": [{"id": "lot", "units": \#(bucket.scaled("balance", 2) ?? 0)\#(plans)}]}
      """#
  }

  /// A balance of credits; a unit costs a hundredth of its price.
  private static func balance(
    _ bucket: VectorFields, isShared: Bool, _ given: VectorFields
  ) -> String {
    let cap = given.scaled("windowLimit", 6).map {
      #", "spendCap": {"credits": \#(FundReplays.credits($0)), "per": "1h"}"#
    }
    let topUp = given["topUp"].map { node in
      let fields = VectorFields(node)
      let below = FundReplays.credits(fields.scaled("below", 6) ?? 0)
      let amount = FundReplays.credits(fields.scaled("amount", 6) ?? 0)
      return #", "topUp": {"below": \#(below), "amount": \#(amount)}"#
    }
    return #"""
      {"type": "credits", "name": "\#(bucket.text("id"))",
       "price": \#(FundReplays.credits((bucket.scaled("creditCost", 6) ?? 1_000_000) / 100)),
       "initial": \#(FundReplays.credits(bucket.scaled("balance", 6) ?? 0)),
       "wholeRemainder": false, "owner": "\#(isShared ? "organisation" : "account")"\#(cap ?? "")\#(topUp ?? "")}
      """#
  }
}

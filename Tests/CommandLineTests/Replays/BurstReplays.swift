import WeirFormats
import WeirVectors

/// Stores of what was not used.
enum BurstReplays {
  static let sets = [
    ReplaySet("derived_burst_store", "amazon-dynamodb", groups: [1]) { vector in
      var replay = Replay(
        #"""
        {"type": "burstStore", "rate": \#(vector.given.units("ratePerS")), "per": "1s",
         "keeps": "\#(vector.given.units("retainS"))s", "intervally": true}
        """#)
      for step in vector.steps {
        replay.ask("request", at: step.time("at"), cost: step.units("cost"))
        replay.expect("allowed", step.flag("allowed")) { $0.isAdmitted }
        replay.expect("tokens", step.integer("tokens")) { $0.remaining }
      }
      return .replay(replay)
    },
    ReplaySet("dynamodb/burst", "amazon-dynamodb", groups: [0], table),
    ReplaySet("cpu_credits_aws", "amazon-ec2", groups: [0], machine),
    ReplaySet("aws_burstable/timelines", "amazon-ec2", groups: [1], machine),
    ReplaySet("aws_burstable/credit_table", "amazon-ec2", groups: [2]) { vector in
      let products = vector.steps.map { "\($0.text("family"))-\($0.text("size"))" }
      let layers = zip(vector.steps, products).map { step, product in
        #"""
        {"type": "burstStore", "name": "\#(product)", "products": ["\#(product)"],
         "rate": \#(step.units("earnPerHour")), "per": "1h", "keeps": "24h"}
        """#
      }
      var replay = Replay(layers, products: products)
      for (step, product) in zip(vector.steps, products) {
        replay.ask("tick", at: 0, ["product": product])
        replay.expect("most kept", step.integer("max")) { $0.limit(of: product) }
      }
      return .replay(replay)
    },
  ]

  private static func table(_ vector: VectorCase) throws -> Conversion {
    let step = vector.steps[0]
    let partitions = [("reads", "partitionReads"), ("writes", "partitionWrites")]
    let store = #"{"type": "burstStore", "rate": 5000, "per": "1s", "keeps": "300s"}"#
    let layers =
      [
        #"""
        {"type": "burstStore", "products": ["table"], "rate": \#(step.units("provisioned")),
         "per": "1s", "keeps": "\#(step.units("retentionS"))s"}
        """#
      ]
      + partitions.map { product, name in
        #"""
        {"type": "allOf", "name": "\#(product)", "products": ["\#(product)"], "limits": [
          \#(store), {"type": "fixedWindow", "limit": \#(step.units(name)), "per": "1s",
          "alignment": "aligned"}]}
        """#
      }
    var replay = Replay(
      layers, onShortfall: "partial", products: ["table"] + partitions.map { $0.0 })
    let start = step.units("idleS") * 1_000_000_000
    for (product, name) in partitions {
      replay.ask("request", at: start, cost: 1_000_000, ["product": product])
      replay.expect(name, step.integer(name)) { $0.granted }
    }
    replay.ask("tick", at: start, ["product": "table"])
    replay.expect("burst", step.integer("burstUnits")) { $0.remaining }
    // A steady load, in requests a tenth of a second apart, for longer than is sustained.
    let load = step.units("load") / 10
    let lost = load - step.units("provisioned") / 10
    let earlier = try replay.answers().count
    for tick in 0..<(step.units("sustainS") * 10 + 100) {
      replay.ask("request", at: start + tick * 100_000_000, cost: load, ["product": "table"])
    }
    let sustained = try replay.answers().dropFirst(earlier).prefix { $0.granted == load }.count
    // What is left when a request does not fit is less than it: the load of so many tenths.
    replay.expect(
      "sustained for \(sustained) tenths of a second",
      abs(Int64(sustained) - step.units("sustainS") * 10) <= load / lost)
    return .replay(replay)
  }

  /// A machine that works in requests of a minute each, where the guide has a steady flow: its
  /// balances differ by what a minute earns at most.
  private static func machine(_ vector: VectorCase) throws -> Conversion {
    let given = vector.given
    let earned = given.units("earnPerHour")
    let borrowed = given.text("mode") == "unlimited" ? given.units("surplusCap") : 0
    // A unit is this part of a credit.
    let units: Int64 = 3_600_000
    var replay = Replay(
      #"""
      {"type": "burstStore", "rate": \#(earned * 1000), "per": "1s",
       "keeps": "\#(given.units("cap") / earned)h", "borrows": "\#(borrowed / earned)h",
       "launch": \#(given.units("launchCredits") * units)}
      """#, onShortfall: "partial")
    var hour: Int64 = 0
    var costs: [Int64] = []
    var ends: [Int] = []
    for step in vector.steps {
      let percent = step.decimal("cpuPct") ?? step.decimal("percent") ?? 0
      let cost = Int64(Double(given.units("vcpus")) * 36_000 * percent)
      let hours = step.units("hours")
      for minute in 0..<(cost > 0 ? hours * 60 : 0) {
        replay.ask("request", at: (hour * 60 + minute) * 60_000_000_000, cost: cost)
        costs.append(cost)
      }
      hour += hours
      replay.ask("tick", at: hour * 3_600_000_000_000)
      costs.append(0)
      ends.append(costs.count)
    }
    let answers = try replay.answers()
    var begin = 0
    var charged = 0.0
    for (step, end) in zip(vector.steps, ends) {
      func expect(_ what: String, _ value: Double, _ expected: Double?) {
        guard let expected else { return }
        let isNear = abs(value - expected) <= Double(earned) / 60 + 1e-9
        replay.expect("\(what) \(value), in the guide \(expected)", isNear)
      }
      let left = Double(answers[end - 1].remaining ?? 0) / Double(units)
      let surplus = step.decimal("surplus") ?? 0
      expect("left", left - Double(borrowed), step.decimal("balance").map { $0 - surplus })
      let unpaid = (begin..<end).reduce(0) { $0 + costs[$1] - (answers[$1].granted ?? 0) }
      let now = Double(unpaid) / Double(units)
      charged += now
      expect("charged", charged, step.decimal("charged"))
      expect("charged in the period", now, step.decimal("chargedInPeriod"))
      begin = end
    }
    return .replay(replay)
  }
}

import Testing
import WeirFormats
import WeirKernel
import WeirVectors

@testable import WeirAccess

@Suite struct NetflixVectors {
  @Test("the limits of Netflix/concurrency-limits move as its own tests expect")
  func limits() throws {
    let run = VectorRun("concurrency_netflix")
    let groups = try VectorFile("netflix-concurrency-limits").groups
    run.each(groups[0]) { vector in
      guard vector.given.units("initial") >= vector.given.units("min") else {
        return {
          run.skip("an initial limit below the minimum: a scenario cannot ask for it", $0, "limit")
        }
      }
      return sample(Self.adaptive(vector.given), run)
    }
    run.each(groups[1]) { sample(Self.vegas($0.given), run) }
    run.each(groups[2]) { vector in
      var mean = WarmedAverage()
      return { step in
        let value = mean.add(
          step.double("value") ?? 0, window: vector.given.units("window"),
          warmup: vector.given.units("warmup"))
        let near = abs(value - (step.double("mean") ?? 0)) <= (step.double("tolerance") ?? 0)
        run.compare("mean in tolerance", near, true)
      }
    }
    run.each(groups[3]) { vector in functions(vector, run) }
    run.each(groups[4]) { _ in averages(run) }
    let percentiles = "percentile windows: a window gives its mean, upstream's default"
    run.each(groups[5]) { _ in { run.skip(percentiles, $0, "p", "rtts", "tracked") } }
    run.each(groups[6]) { vector in partitions(vector.given, run) }
    run.each(groups[7]) { vector in simple(vector.given, run) }
    let queues = "a queue of callers, last in first out: gates refuse and keep nobody"
    run.each(groups[8]) { _ in { run.skip(queues, $0, "enqueued", "granted") } }
    run.finish(cases: 21, steps: 56)
  }

  @Test("the limits of Netflix/concurrency-limits move as its classes do, over 3,600 samples")
  func sequences() throws {
    let run = VectorRun("concurrency_limits")
    run.each(try VectorFile("netflix-concurrency-limits").groups[9]) { vector in
      { step in
        let drops = Set(step.integers("drops"))
        let latencies = step.integers("latencies")
        let underWay = step.integers("underWay")
        let limit = Self.limit(vector.given)
        let found = latencies.indices.map { place in
          limit(
            LatencySample(
              latency: latencies[place], underWay: underWay[place],
              isDrop: drops.contains(Int64(place))))
        }
        let expected = step.integers("limits")
        for (place, limit) in found.enumerated() {
          run.compare("limit number \(place)", limit, expected[place])
        }
      }
    }
    run.finish(cases: 5, steps: 5)
  }

  // MARK: Limits that take samples

  /// A limit as a function of samples: what it is after each.
  private typealias Limit = (LatencySample) -> Int64

  private static func limit(_ given: VectorFields) -> Limit {
    switch given.text("algorithm") {
    case "aimd": adaptive(given)
    case "vegas": vegas(given)
    default: gradient(given)
    }
  }

  /// Latencies of requests upstream are delays of the queue here; a drop is a delay that is too
  /// long.
  private static func adaptive(_ given: VectorFields) -> Limit {
    let timeout = given.time("timeoutNs")
    var gate = OneAccount(
      LoadAdaptive(
        initial: given.units("initial"), in: given.units("min")...given.units("max"),
        target: SimDuration(nanoseconds: timeout), factor: given.ratio("backoffRatio") ?? .one))
    var number: Int64 = 0
    return { sample in
      number += 1
      for _ in 0..<sample.underWay { gate.force(1, at: number) }
      let load = LoadSample(
        sampledAt: SimTime(nanoseconds: number), utilisationMillionths: 0,
        queueDelay: SimDuration(nanoseconds: sample.isDrop ? timeout + 1 : sample.latency),
        queued: 0, inService: 0, completions: 0)
      gate.layer.receive(
        Signals(pools: [load], poolOfProduct: [0]), at: SimTime(nanoseconds: number))
      for _ in 0..<sample.underWay { gate.settle(1, takenAt: number, to: 1, at: number) }
      return gate.layer.limitInForce?.count ?? -1
    }
  }

  private static func vegas(_ given: VectorFields) -> Limit {
    var terms = VegasLimit.Terms()
    terms.initial = given.units("initial")
    terms.maximum = given.units("max")
    terms.alpha = given.units("alpha")
    terms.beta = given.units("beta")
    terms.isScaled = given.flag("scaled") ?? true
    terms.decrease = VegasLimit.Decrease(rawValue: given.text("decrease")) ?? .step
    terms.smoothing = given.ratio("smoothing") ?? .one
    // None of the vectors is long enough to probe, or it was switched off.
    terms.probe = given.units("probeMultiplier")
    var gate = VegasLimit(terms)
    gate.prepare(for: .alike(accounts: 1))
    return { sample in
      gate.learn(sample, of: 0, SampleKey(seed: 0))
      return gate.limitInForce?.count ?? -1
    }
  }

  private static func gradient(_ given: VectorFields) -> Limit {
    var terms = GradientLimit.Terms()
    terms.initial = given.units("initial")
    terms.minimum = given.units("min")
    terms.maximum = given.units("max")
    terms.queue = given.units("queue")
    terms.tolerance = given.ratio("tolerance") ?? .one
    terms.smoothing = given.ratio("smoothing") ?? .one
    terms.longTerm = given.units("longWindow")
    var gate = GradientLimit(terms)
    gate.prepare(for: .alike(accounts: 1))
    return { sample in
      gate.learn(sample, of: 0)
      return gate.limitInForce?.count ?? -1
    }
  }

  private func sample(_ limit: @escaping Limit, _ run: VectorRun) -> (VectorFields) -> Void {
    { step in
      let after = limit(
        LatencySample(
          latency: step.time("rttNs"), underWay: step.units("inflight"),
          isDrop: step.flag("dropped") ?? false))
      run.compare("limit", after, step.integer("limitAfter"))
    }
  }

  // MARK: Parts and plain limits

  private func functions(_ vector: VectorCase, _ run: VectorRun) -> (VectorFields) -> Void {
    { step in
      guard vector.name == "log10root" else {
        return run.skip(
          "the square root as a queue size: an option upstream that no default uses", step,
          "x", "y")
      }
      run.compare("decades", VegasLimit.decades(step.units("x")), step.integer("y"))
    }
  }

  private func averages(_ run: VectorRun) -> (VectorFields) -> Void {
    { step in
      var window = LatencyWindow()
      let latencies = step.integers("rtts")
      let isDrop = step.flag("lastDropped") ?? false
      var tracked: LatencySample?
      func add(_ sample: LatencySample, at time: Int64) {
        tracked = window.add(
          sample, at: SimTime(nanoseconds: time), length: SimDuration(nanoseconds: 10), least: 2)
      }
      // The first request of all ends a window by itself, which is thrown away.
      add(LatencySample(latency: 1, underWay: 1, isDrop: false), at: 0)
      for (place, latency) in latencies.enumerated() {
        let isLast = place == latencies.count - 1
        add(
          LatencySample(latency: latency, underWay: 1, isDrop: isDrop && isLast),
          at: isLast ? 11 : 1)
      }
      run.compare("tracked", tracked?.latency, step.integer("tracked"))
      run.compare("drop", tracked?.isDrop, isDrop)
    }
  }

  private func partitions(_ given: VectorFields, _ run: VectorRun) -> (VectorFields) -> Void {
    let names = ["batch", "live"]
    let directory = Directory(planOfAccount: [0, 1], plans: names.map { Plan(name: $0) })
    let parts = VectorFields(given["partitions"] ?? [:])
    let weights = names.map { parts.scaled($0, 1) ?? 0 }
    let shares = LoadShares(
      limit: given.units("limit"), weights: ["batch": weights[0], "live": weights[1]])
    var test = TestStack(shares, for: directory)
    return { step in
      if step.text("op") == "partition_limits" {
        let limits = VectorFields(step["limits"] ?? [:])
        return run.compare("shares", shares.shares[0..<2], names.map { limits.units($0) }[...])
      }
      let account = UInt32(step.text("key") == "batch" ? 0 : 1)
      let allowed = (0..<step.units("count")).count { _ in
        test.decide(1, at: 0, account: account).outcome == .admit
      }
      run.compare("allowed", Int64(allowed), step.integer("allowed"))
    }
  }

  private func simple(_ given: VectorFields, _ run: VectorRun) -> (VectorFields) -> Void {
    var gate = OneAccount(
      Concurrency(limit: UnitsByPlan(Units(given.units("limit"))), by: .everyone))
    return { step in
      if step.text("key") == "admin" {
        return run.skip(
          "a key that passes by the limit: here a layer is for the products that it names", step,
          "count", "allowed")
      }
      if step.text("op") == "release" { return gate.settle(1, takenAt: 0, to: 1, at: 0) }
      let allowed = (0..<step.units("count")).count { _ in gate.take(1, at: 0) == nil }
      run.compare("allowed", Int64(allowed), step.integer("allowed"))
    }
  }
}

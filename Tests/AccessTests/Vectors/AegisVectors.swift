import Testing
import WeirKernel
import WeirVectors

@testable import WeirAccess

@Suite struct AegisVectors {
  @Test("throttle and BBR decide as those of go-kratos/aegis, and BBR holds what go-zero's does")
  func all() throws {
    let run = VectorRun("sre_throttle_and_bbr")
    let groups = try VectorFile("aegis-and-go-zero").groups
    run.each(groups[0]) { throttle($0.given, run) }
    run.each(groups[1]) { vector in
      vector.name == "BBR shouldDrop" ? shedding(vector.given, run) : measures(vector, run)
    }
    run.each(groups[2]) { vector in
      if vector.name == "go-zero maxFlight" { return measures(vector, run) }
      let reason = "go-zero's second condition (a mean of requests in flight, a factor by CPU)"
      return { run.skip(reason, $0, "overloaded", "avgFlying", "flying", "drop") }
    }
    run.finish(cases: 10, steps: 26)
  }

  private func throttle(_ given: VectorFields, _ run: VectorRun) -> (VectorFields) -> Void {
    var throttle = AdaptiveThrottle(
      factor: given.ratio("k") ?? .one, window: .seconds(3),
      leastRequests: given.units("minRequests"))
    throttle.prepare(for: .alike(accounts: 1))
    return { step in
      if step.text("op") == "mark" {
        let accepted = step.units("success")
        return throttle.count(
          accepted + step.units("failure"), accepted: accepted, of: 0, at: .zero)
      }
      let share = throttle.dropped(of: 0, at: .zero)
      let probability = Double(share.part) / Double(share.whole)
      let distance = abs(probability - (step.double("pDrop") ?? -1))
      run.compare("probability, to 1e-15", distance < 1e-15, true)
      let request = Request(account: 0, cost: 1)
      let passes = throttle.quote(1, of: request, at: .zero, .none).refusal == nil
      if probability == 0 { run.compare("allowed", passes, true) }
    }
  }

  // MARK: BBR

  private func gate() -> BottleneckShedding {
    var gate = BottleneckShedding(window: .seconds(1), buckets: 10)
    gate.prepare(for: .alike(accounts: 1))
    return gate
  }

  private func time(_ bucket: Int64) -> SimTime { .zero + .milliseconds(100 * bucket) }

  /// Buckets of so many requests, with the mean latency of bucket i that of 10 i + 1 … 10 i + 10
  /// ms.
  private func filled(_ passes: (Int64) -> Int64) -> BottleneckShedding {
    var gate = gate()
    for bucket in Int64(0)..<10 {
      let count = passes(bucket)
      gate.count(count, milliseconds: count * (20 * bucket + 11) / 2, of: 0, at: time(bucket))
    }
    return gate
  }

  private func measures(_ vector: VectorCase, _ run: VectorRun) -> (VectorFields) -> Void {
    { step in
      _ = step["note"]
      var sums = RollingSums(.seconds(1), buckets: 10)
      switch step.text("op") {
      case "bucket_pass":
        let counts = step.integers("counts")
        for (bucket, count) in counts.enumerated() { sums.add(count, 0, at: time(Int64(bucket))) }
        let found = BottleneckShedding.measure(sums, at: time(Int64(counts.count)))
        run.compare("passes", found.passes, step.integer("maxPass"))
      case "bucket_rt":
        if step.flag("empty") != true {
          for latency in Int64(1)...100 { sums.add(1, latency, at: time((latency - 1) / 10)) }
        }
        let found = BottleneckShedding.measure(sums, at: time(9))
        run.compare("delay", found.delay, step.integer("minRtMs"))
      default:
        let more: Int64 = vector.name == "BBR maxInFlight" ? 2 : 1
        let gate = filled { ($0 + more) * 100 }
        run.compare("most", gate.mostUnderWay(0, at: time(9)), step.integer("maxInflight"))
      }
    }
  }

  private func shedding(_ given: VectorFields, _ run: VectorRun) -> (VectorFields) -> Void {
    var now = time(9)
    var gate = filled { ($0 + 1) * 100 }
    run.compare("most", gate.mostUnderWay(0, at: now), given.integer("maxInflightByHistory"))
    let request = Request(account: 0, cost: 1)
    return { step in
      _ = step["note"]
      now = now + SimDuration(nanoseconds: step.time("afterNs"))
      let load = LoadSample(
        sampledAt: now, utilisationMillionths: step.units("cpu") * 1000, queueDelay: .zero,
        queued: 0, inService: 0, completions: 0)
      gate.receive(Signals(pools: [load], poolOfProduct: [0]), at: now)
      let underWay = step.units("inflight")
      for _ in 0..<underWay { gate.commit(1, of: request, at: now) }
      let refusal = gate.quote(1, of: request, at: now, .none).refusal
      gate.observe(refusal.map { .denied($0.reason) } ?? .admitted, of: request, at: now)
      run.compare("drop", refusal != nil, step.flag("drop"))
      for _ in 0..<underWay {
        gate.settle(Hold(share: 1, committedAt: now), to: 1, of: request, at: now)
      }
    }
  }
}

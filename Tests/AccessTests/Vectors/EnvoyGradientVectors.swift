import Testing
import WeirKernel
import WeirVectors

@testable import WeirAccess

@Suite struct EnvoyGradientVectors {
  @Test("the gradient controller measures, moves and holds back as Envoy's tests expect")
  func gradient() throws {
    let run = VectorRun("concurrency_envoy_gradient")
    run.each(try VectorFile("envoyproxy-envoy").groups[1]) { vector in
      let test = GradientRun(vector.given)
      if vector.name.hasPrefix("...then shrink") {
        // It starts where the case before it, with samples of 4 ms, has got to.
        test.measure()
        for _ in 0..<10 { test.window(latency: 4_000_000) }
      }
      return { step in
        switch step.text("op") {
        case "limit": run.compare("limit", test.limit, step.integer("limit"))
        case "forward":
          run.compare("allowed", test.forward(step.units("count")), step.integer("allowed"))
        case "cancel": test.cancel()
        case "samples": samples(test, step)
        case "forward_and_sample":
          for _ in 0..<step.units("count") {
            run.compare("limit meanwhile", test.limit, step.integer("limitDuring"))
            _ = test.forward(1)
            test.end(latency: step.time("rttNs"))
          }
        case "min_rtt": compareLeast(run, test, step)
        case "windows": compareWindows(run, test, step)
        case "note": compareRestored(run, test, step)
        default: compareJitter(run, vector.given, step)
        }
      }
    }
    run.finish(cases: 9, steps: 19)
  }

  private func samples(_ test: GradientRun, _ step: VectorFields) {
    let latency = step.time("rttNs")
    let repeated = Array(repeating: latency, count: Int(step.units("count")))
    for latency in repeated { test.end(latency: latency) }
    for latency in step.integers("rttsNs") {
      _ = test.forward(1)
      test.end(latency: latency)
    }
  }

  private func compareLeast(_ run: VectorRun, _ test: GradientRun, _ step: VectorFields) {
    let expected = step.time("rttNs")
    let isNear = abs(test.controller.leastLatency - expected) <= expected / 128
    run.compare("least latency, to a bucket of the histogram", isNear, true)
    run.compare("measuring", test.controller.deferredLimit != nil, step.flag("measuring"))
  }

  private func compareWindows(_ run: VectorRun, _ test: GradientRun, _ step: VectorFields) {
    test.measure()
    let start = test.limit
    var limits = [start]
    for _ in 0..<step.units("count") {
      test.window(latency: step.integer("samples") == 0 ? nil : test.sampled)
      limits.append(test.limit)
    }
    let pairs = zip(limits, limits.dropFirst())
    _ = step["start"]
    switch step.text("expect") {
    case "strictly_increasing": run.compare("grows", pairs.allSatisfy { $0 < $1 }, true)
    case "unchanged": run.compare("stays", pairs.allSatisfy { $0 == $1 }, true)
    case "non_decreasing, previous/new >= 0.5":
      run.compare("grows, at most to twice", pairs.allSatisfy { $0 <= $1 && $1 <= 2 * $0 }, true)
    case "strictly_decreasing and >= 7":
      run.compare("shrinks", pairs.allSatisfy { $0 > $1 && $1 >= 7 }, true)
    default: run.compare("a known expectation", false, true)
    }
  }

  /// The step says in words that the limit from before a measurement is there again after it.
  private func compareRestored(_ run: VectorRun, _ test: GradientRun, _ step: VectorFields) {
    _ = step["text"]
    test.measure()
    for _ in 0..<5 { test.window(latency: 5_000_000) }
    let before = test.limit
    test.now += 7_200_000_000_000
    run.compare("limit meanwhile", test.limit, 3)
    test.measure()
    run.compare("limit restored", test.limit, before)
    run.compare("it had grown", before > 3, true)
  }

  private func compareJitter(_ run: VectorRun, _ given: VectorFields, _ step: VectorFields) {
    let wait = GradientController.jittered(
      SimDuration(nanoseconds: given.time("intervalNs")), given.ratio("jitter") ?? .zero,
      UInt64(step.units("random")))
    run.compare("wait", wait.nanoseconds, step.integer("ns"))
  }
}

/// A gradient gate with a clock.
private final class GradientRun {
  private var gate: OneAccount<EnvoyGradient>
  private let least: Int64
  /// The latency of requests in windows, in nanoseconds.
  let sampled: Int64
  var now: Int64 = 0

  init(_ given: VectorFields) {
    var terms = EnvoyGradient.Terms()
    terms.minimum = given.integer("minConcurrency") ?? terms.minimum
    terms.measureRequests = given.integer("requestCount") ?? terms.measureRequests
    terms.buffer = given.ratio("buffer") ?? terms.buffer
    terms.measureEvery = .hours(1)
    least = given.integer("minRttNs") ?? 5_000_000
    sampled = given.integer("sampleNs") ?? 5_000_000
    gate = OneAccount(EnvoyGradient(terms))
  }

  var controller: GradientController { gate.layer.controller(of: 0) }
  var limit: Int64 { gate.meter(at: now).limit }

  func forward(_ count: Int64) -> Int64 {
    Int64((0..<count).count { _ in gate.take(1, at: now) == nil })
  }

  func cancel() { gate.settle(1, takenAt: now, to: 0, at: now) }

  func end(latency: Int64) {
    now += latency
    gate.settle(1, takenAt: now - latency, to: 1, at: now)
    gate.layer.observe(
      .completed(actual: 1, latency: SimDuration(nanoseconds: latency)),
      of: Request(account: 0, cost: 1), at: SimTime(nanoseconds: now))
  }

  /// Ends the measurement that is going on, if one is.
  func measure() {
    _ = forward(1)
    cancel()
    while controller.deferredLimit != nil {
      _ = forward(1)
      end(latency: least)
    }
  }

  /// A window between two updates, in which a request with `latency` ends.
  func window(latency: Int64?) {
    let start = now
    if let latency {
      _ = forward(1)
      end(latency: latency)
    }
    now = start + 100_000_000
  }
}

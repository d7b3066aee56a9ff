import Testing
import WeirKernel

@testable import WeirSimulation

/// The defaults against what is published of real sessions with coding agents.
///
/// "TraceLab" are the tables of arXiv 2606.30560, "fit" is an independent Monte-Carlo run of the
/// same laws with 400,000 draws. Tolerances are three standard errors of the samples here plus the
/// rounding of the published figure, unless a comment says more.
@Suite struct CodexCalibrationTests {
  static let workload = try? TestWorkload.read(#"{"type": "codex"}"#)

  /// Turns of 60,000 sessions, and calls in the first turn of each.
  static let structures: (turns: [Double], calls: [Double]) = {
    let root = SampleKey(seed: 1)
    let scripts = (0..<60_000).map { number in
      var script = Script(key: root.child(UInt64(number)), session: 0, place: 0)
      workload?.open(&script)
      return script
    }
    return (scripts.map { Double($0.turnsLeft) + 1 }, scripts.map { Double($0.callsLeft) + 1 })
  }()

  /// The calls of 1,200 sessions.
  static let sessions: [[TestCall]] = (0..<1200).map { number in
    workload?.calls(ofSession: UInt32(number), of: SampleKey(seed: 2)) ?? []
  }

  @Test("turns of a session: fit mean 9.9, p90 18, p99 137")
  func turns() {
    let turns = Self.structures.turns
    // The fit is not capped at 1,000 turns, which takes 0.2 off its mean.
    expectNear(mean(turns), 9.7, within: 0.06, "mean")
    expectNear(quantile(turns, 0.9), 18, within: 0.06, "p90")
    expectNear(quantile(turns, 0.99), 137, within: 0.09, "p99")
    #expect(turns.max()! <= 1000)
  }

  @Test("calls of a turn: fit mean 8.73, p90 21, p99 87; TraceLab mean 8.8, p90 21, p99 87")
  func calls() {
    let calls = Self.structures.calls
    expectNear(mean(calls), 8.73, within: 0.04, "mean")
    expectNear(quantile(calls, 0.9), 21, within: 0.05, "p90")
    expectNear(quantile(calls, 0.99), 87, within: 0.06, "p99")
    // TraceLab: 45 % of turns use no tool, by p50 = 1 tool step; kv-cache-tester: 49 %.
    expectNear(Double(calls.filter { $0 == 1 }.count) / 60_000, 0.45, within: 0.02, "one call")
  }

  @Test("calls of a session: TraceLab mean 82.5, fit p90 168, p99 1,292")
  func callsOfSession() {
    let calls = (0..<20_000).map { number -> Double in
      var script = Script(key: SampleKey(seed: 3).child(UInt64(number)), session: 0, place: 0)
      Self.workload?.open(&script)
      var count = 1.0
      while count < 3000, Self.workload?.advance(&script, at: script.callAddress) != nil {
        count += 1
      }
      return count
    }
    // Heavy-tailed (the deviation is four times the mean); cut at 3,000, which takes 8 % off.
    expectNear(mean(calls), 82.5, within: 0.12, "mean")
    expectNear(quantile(calls, 0.9), 168, within: 0.08, "p90")
    expectNear(quantile(calls, 0.99), 1292, within: 0.13, "p99")
  }

  @Test("seconds of a call: fit mean 10.8, p90 20.5, p99 66; Codex first token 3.1 s")
  func seconds() {
    let calls = Self.sessions.flatMap { $0 }
    let seconds = calls.map { $0.demand.work.seconds }
    // Long sessions weigh most, and all their calls have large contexts: 1 % of 10 s.
    expectNear(mean(seconds), 10.8, within: 0.03, "mean")
    expectNear(quantile(seconds, 0.9), 20.5, within: 0.03, "p90")
    expectNear(quantile(seconds, 0.99), 66, within: 0.05, "p99")
    // TraceLab's residual is 3.1 s; the law was fitted to another trace.
    let first = calls.map { $0.demand.workToFirstToken.seconds }
    expectNear(quantile(first, 0.5), 3.1, within: 0.2, "first token")
  }

  @Test("tokens of a call: cached p50 119 K, new p50 875, output p50 214; 95.7 % from the cache")
  func tokens() {
    let calls = Self.sessions.flatMap { $0 }
    let new = calls.map { Double($0.demand.input) }
    let cached = calls.map { Double($0.demand.cachedInput) }
    let output = calls.map { Double($0.demand.output) }
    expectNear(quantile(new, 0.5), 875, within: 0.05, "new p50")
    expectNear(quantile(output, 0.5), 214, within: 0.02, "output p50")
    // Fit 6.9 K, TraceLab 6.54 K: a few calls that miss the cache with all of a context.
    expectNear(mean(new), 6540, within: 0.08, "new mean")
    expectNear(1 - mean(new) / (mean(new) + mean(cached)), 0.957, within: 0.005, "hit rate")
    // The context is not fitted but grows; TraceLab's Codex has p50 116 K, p99 231 K.
    expectNear(quantile(cached, 0.5), 119_000, within: 0.2, "cached p50")
    expectNear(quantile(cached, 0.99), 231_000, within: 0.12, "cached p99")
    // The mean of a lognormal law, capped: TraceLab 523 with longer tails, kv-cache-tester 439.
    #expect(mean(output) > 439 && mean(output) < 523)
  }

  @Test(
    "a person thinks: fit p50 86 s, p90 1,130 s; a tool runs: TraceLab p50 .285, p90 13.6, p99 216")
  func pauses() throws {
    var think: [Double] = []
    var tool: [Double] = []
    for number in 0..<30_000 {
      var script = Script(key: SampleKey(seed: 4).child(UInt64(number)), session: 0, place: 0)
      script.turnsLeft = 1
      let thought = Self.workload?.advance(&script, at: CallAddress(script.key))
      think.append(try #require(thought).seconds)
      script.callsLeft = 1
      let run = Self.workload?.advance(&script, at: CallAddress(script.key))
      tool.append(try #require(run).seconds)
    }
    expectNear(quantile(think, 0.5), 86, within: 0.05, "think p50")
    expectNear(quantile(think, 0.9), 1130, within: 0.08, "think p90")
    // TraceLab: p99 13.9 h; the mixture, fitted to the mean as well, has 16.8 h.
    expectNear(quantile(think, 0.99), 50_040, within: 0.35, "think p99")
    expectNear(quantile(tool, 0.5), 0.285, within: 0.06, "tool p50")
    expectNear(quantile(tool, 0.9), 13.6, within: 0.15, "tool p90")
    // Fitted between the quantiles; 3.97 % of tool calls exceed a minute.
    expectNear(quantile(tool, 0.99), 216, within: 0.3, "tool p99")
    expectNear(Double(tool.filter { $0 > 60 }.count) / 30_000, 0.0397, within: 0.2, "over 1 min")
    #expect(tool.max()! <= 3600)
  }

  @Test("compactions: 18.4 % of Codex sessions and 0.57 % of calls have one")
  func compactions() {
    let compacted = Self.sessions.map { calls in
      zip(calls, calls.dropFirst()).filter { call, next in
        let sent = call.demand.input + call.demand.cachedInput
        return next.demand.input + next.demand.cachedInput < sent
      }.count
    }
    // The context grows by 2.0 K tokens a call here and by 1.7 K there.
    let share = Double(compacted.filter { $0 > 0 }.count) / Double(Self.sessions.count)
    expectNear(share, 0.184, within: 0.3, "sessions")
    let calls = Self.sessions.reduce(0) { $0 + $1.count }
    expectNear(Double(compacted.reduce(0, +)) / Double(calls), 0.0057, within: 0.6, "calls")
  }

  /// The prices of the table are those of two providers; these are Claude's, which had most calls.
  @Test("cost of a session: TraceLab mean $9.70, p50 $0.61, ln sigma 2.4")
  func cost() {
    let cost = Self.sessions.map { calls in
      calls.reduce(0.0) {
        let demand = $1.demand
        return $0 + 5e-6 * Double(demand.input) + 0.5e-6 * Double(demand.cachedInput)
          + 25e-6 * Double(demand.output)
      }
    }
    expectNear(quantile(cost, 0.5), 0.61, within: 0.25, "p50")
    #expect(quantile(cost, 0.9) > 13.4 && quantile(cost, 0.9) < 26)
    expectNear(quantile(cost, 0.99), 178, within: 0.35, "p99")
  }
}

import Testing
import WeirLab

@Suite struct WarmupAdviceTests {
  /// A level of 10 with small swings, after a start of `high` intervals at 50.
  static func series(_ count: Int, high: Int, replications: Int = 4) -> [[Double]] {
    var generator = SplitMix64(seed: 3)
    return (0..<count).map { interval in
      (0..<replications).map { _ in (interval < high ? 50 : 10) + generator.uniform() }
    }
  }

  @Test("the start that was put in is cut, and at most a batch more", arguments: [0, 5, 20, 35])
  func start(_ high: Int) {
    let advice = WarmupAdvice(Self.series(100, high: high), interval: 60, warmup: 0)
    let cuts = [high, high + MSER5.batchSize].map { Double($0) * 60 }
    #expect(cuts.map { .settles(after: $0) }.contains(advice.finding), "\(advice.finding)")
  }

  @Test("a backlog that grows throughout has no steady state")
  func growing() {
    let series = (0..<100).map { interval in [Double(interval), Double(interval) + 1] }
    #expect(WarmupAdvice(series, interval: 1, warmup: 0).finding == .noSteadyState)
  }

  @Test("too few intervals get no advice")
  func few() {
    let advice = WarmupAdvice(Self.series(39, high: 0), interval: 1, warmup: 0)
    #expect(advice.finding == .tooFewIntervals(39))
  }

  @Test("batches of independent values pass von Neumann's test, those of a slow swing do not")
  func dependence() {
    let independent = WarmupAdvice(Self.series(400, high: 0), interval: 2, warmup: 0)
    #expect(independent.dependentReplications <= 1)
    #expect(independent.batchLength == 40)
    let swing = (0..<400).map { interval in [Double(interval % 200 < 100 ? interval % 100 : 0)] }
    let dependent = WarmupAdvice(swing, interval: 2, warmup: 0)
    #expect(dependent.dependentReplications == 1)
    // The warm-up is not measured: 360 intervals in twenty batches of 18.
    #expect(WarmupAdvice(swing, interval: 2, warmup: 80).batchLength == 36)
  }
}

import Testing
import WeirAccess
import WeirKernel

@Suite struct SpikeDetectorTests {
  /// Poisson traffic of `rate` attempts a minute, and four times that in each of the `crowds`.
  private func run(
    _ detector: SpikeDetector, rate: Double, crowds: [Range<SimTime>], minutes: Int64, seed: UInt64
  ) -> SpikeDetector {
    var detector = detector
    detector.prepare(for: .alike(accounts: 1))
    var samples = SampleKey(seed: seed).samples(Purpose(rawValue: 2))
    var now = SimTime.zero
    let request = Request(account: 0, cost: 1)
    while now < .zero + .minutes(minutes) {
      let isCrowd = crowds.contains { $0.contains(now) }
      let gap = samples.exponential() * 60 / (isCrowd ? 4 * rate : rate)
      now = now + SimDuration(rounding: gap)
      detector.observe(.admitted, of: request, at: now)
    }
    return detector
  }

  private let crowd: Range<SimTime> = (.zero + .minutes(600))..<(.zero + .minutes(630))

  @Test(
    "a flash crowd of four times the traffic is found within its first minute",
    arguments: [UInt64(1), 2, 3, 4, 5])
  func finds(_ seed: UInt64) {
    for detector in [
      SpikeDetector(
        EwmaDetector(weight: Ratio(1, over: 50), threshold: Ratio(6), warmup: 100)),
      SpikeDetector(CusumDetector(slack: Ratio(10), threshold: Ratio(60))),
    ] {
      let watched = run(detector, rate: 40, crowds: [crowd], minutes: 1440, seed: seed)
      let score = AlarmScore(
        watched.alarms, events: [crowd], until: .zero + .minutes(1440))
      #expect(score.missed == 0 && score.falseAlarms == 0, "seed \(seed)")
      #expect((score.delays.first ?? .hours(9)) < .minutes(1), "seed \(seed)")
    }
  }

  @Test("an alarm ends with the last of so many quiet minutes, however late the next attempt comes")
  func ends() {
    var detector = SpikeDetector(CeilingDetector(above: UnitsByPlan(2)), quiet: 2)
    detector.prepare(for: .alike(accounts: 1))
    let request = Request(account: 0, cost: 1)
    for second: Int64 in [10, 20, 30, 40, 70, 71, 72] {
      detector.observe(.denied(.limit), of: request, at: .second(second))
    }
    #expect(detector.alarms == [Alarm(product: 0, raisedAt: .second(30))])
    detector.observe(.admitted, of: request, at: .second(1000))
    #expect(detector.alarms.first?.endedAt == .second(240), "minutes two and three were quiet")
  }

  @Test("each product is watched by itself, and nothing is ever refused")
  func products() {
    let directory = Directory(
      planOfAccount: [0], plans: [Plan(name: "default")], products: ["codex", "sora"])
    var test = TestStack(
      SpikeDetector(CeilingDetector(above: UnitsByPlan(5)), counts: .units), for: directory)
    for product in UInt16(0)..<2 {
      let request = test.request(product == 0 ? 5 : 6, product: product)
      #expect(test.stack.decide(request, at: .zero, .none).outcome == .admit)
    }
    #expect(test.stack.alarmSources[0].alarms == [Alarm(product: 1, raisedAt: .zero)])
  }
}

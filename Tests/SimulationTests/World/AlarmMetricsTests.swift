import Testing
import WeirAccess
import WeirKernel

@testable import WeirSimulation

/// A world of constant gaps with one labelled crowd, and one that nobody labelled.
@Suite struct AlarmMetricsTests {
  /// Usually 6 requests a minute.
  ///
  /// The crowd of ten times as many begins at 30 min and counts as one
  /// until 10 min · ln 90 later; at 2 h a recorded burst of 25 comes that is no crowd.
  private static func world(_ layers: String, warmup: String = "10m") -> String {
    """
    {
      "horizon": "4h", "warmup": "\(warmup)", "initial": "fresh",
      "populations": [
        {
          "name": "fans", "accounts": 1,
          "workload": {
            "type": "openLoop", "interarrival": "10s", "service": "8s",
            "flashCrowd": {"start": "30m", "amplitude": 9, "rise": "1s", "decay": "10m"}
          }
        },
        {
          "name": "burst", "accounts": 1,
          "workload": {"type": "trace", "file": "burst.csv", "format": "weir"}
        }
      ],
      "fleet": [ {"name": "servers", "servers": 1} ],
      "policies": [ {"name": "watched", "layers": \(layers)} ]
    }
    """
  }

  private static let burst =
    "time_ns,work_ns\n"
    + (0..<25).map { "\(7200 + $0)000000000,1000000\n" }.joined()

  private static let detector =
    #"{"type": "spikeDetector", "detector": {"type": "ceiling", "above": 20}}"#
  private static let limit =
    #"{"type": "fixedWindow", "limit": 10, "per": "1m", "alignment": "aligned", "by": "everyone"}"#

  /// The crowd, by its closed form.
  private static let crowd =
    SimTime.zero + .minutes(30)..<SimTime.zero + .minutes(30) + SimDuration(rounding: 2699.885803)

  private func result(_ layers: String, warmup: String = "10m") throws -> RunResult {
    let text = Self.world(layers, warmup: warmup)
    let scenario = try TestScenario.read(text, files: ["burst.csv": Self.burst])
    var world = World(
      scenario.setting, scenario.policies[0], replication: SampleKey(seed: 1),
      keeping: EventKeeping(events: true))
    return world.run()
  }

  @Test("the crowd is found when its twenty-first request in a minute comes, the burst is false")
  func alarms() throws {
    let result = try result("[\(Self.detector)]")
    #expect(result.broken == [])
    #expect(result.metrics[.crowdsFoundShare] == 1)
    // The solution of u + 9·(600·(1 − e^(−u/600)) − (600/601)·(1 − e^(−601u/600))) = 200.
    let delay = try #require(result.metrics[.alarmDelayMedian])
    #expect((delay - 21.2327).magnitude < 0.1, "\(delay)")
    let perWeek = try #require(result.metrics[.falseAlarmsPerWeek])
    #expect((perWeek - 604_800.0 / 13_800).magnitude < 1e-9)
    try #require(result.alarms.count == 2)
    #expect(result.alarms.map(\.layer) == [0, 0])
    #expect(result.alarms[0].crowdBeganAt == .zero + .minutes(30))
    #expect(result.alarms[1].crowdBeganAt == nil)
    // 6 requests a minute come beside the burst: the twenty-first of the minute is one of the 25.
    let raised = result.alarms[1].alarm.raisedAt
    #expect(raised > .zero + .seconds(7215) && raised < .zero + .seconds(7220))
    // The minute of the burst is followed by three quiet ones.
    #expect(result.alarms[1].alarm.endedAt == .zero + .minutes(124))
  }

  @Test("what the limits did in the crowd is what the log of events says")
  func answer() throws {
    let result = try result("[\(Self.detector), \(Self.limit)]")
    let log = try #require(result.events)
    let inCrowd = log.decisions.filter { Self.crowd.contains($0.at) }
    let denied = inCrowd.filter { $0.outcome == .deny }
    #expect(inCrowd.count > 700 && denied.count > 300)
    #expect(
      result.metrics[.crowdDeniedShare] == Double(denied.count) / Double(inCrowd.count))
    let waited = log.intents.reduce(0.0) { sum, intent in
      guard let startedAt = intent.startedAt, startedAt > intent.firstAttemptAt else { return sum }
      let wait = (intent.firstAttemptAt..<startedAt).clamped(to: Self.crowd)
      return sum + (wait.upperBound - wait.lowerBound).seconds
    }
    let mean = try #require(result.metrics[.crowdQueueMean])
    #expect(mean > 1)
    #expect((mean - waited / 2699.885803).magnitude < 1e-6)
  }

  @Test("a crowd that began before the measured time is none to be found, and explains its alarm")
  func warmup() throws {
    let result = try result("[\(Self.detector)]", warmup: "31m")
    #expect(result.metrics[.crowdsFoundShare] == nil)
    #expect(result.metrics[.alarmDelayMedian] == nil)
    let perWeek = try #require(result.metrics[.falseAlarmsPerWeek])
    #expect((perWeek - 604_800.0 / (14_400 - 1860)).magnitude < 1e-9)
    #expect(result.metrics[.crowdDeniedShare] == 0)
  }

  @Test("a detector that never rings misses the crowd; without one there is nothing to say")
  func blind() throws {
    let deaf = try result(Self.detector.replacing("20", with: "100000").bracketed)
    #expect(deaf.metrics[.crowdsFoundShare] == 0)
    #expect(deaf.metrics[.alarmDelayMedian] == nil)
    #expect(deaf.metrics[.falseAlarmsPerWeek] == 0)
    let none = try result("[\(Self.limit)]")
    #expect(none.metrics[.crowdsFoundShare] == nil && none.metrics[.falseAlarmsPerWeek] == nil)
    #expect(none.alarms.isEmpty)
    #expect(none.metrics[.crowdDeniedShare] ?? 0 > 0.3)
  }
}

extension String {
  fileprivate var bracketed: String { "[\(self)]" }
}

import Testing

@testable import WeirSimulation

/// A world of constant gaps in which every violation can be counted by hand.
@Suite struct AbuseMetricsTests {
  /// Accounts that ask each second, and break the ceiling in every minute, among steady ones.
  ///
  /// The 21st attempt of minute 0 is at 0:21 and only noticed, that of minute 1 at 1:20 is acted
  /// against.
  static func world(horizon: String = "5m", shadow: Bool = false) -> String {
    """
    {
      "horizon": "\(horizon)", "initial": "fresh", "drain": "10m",
      "populations": [
        {
          "name": "scrapers", "accounts": 2, "abusive": true,
          "workload": {"type": "openLoop", "interarrival": "1s", "service": "100ms"}
        },
        {
          "name": "sleepers", "accounts": 1, "abusive": true,
          "workload": {"type": "openLoop", "interarrival": "10s", "service": "100ms"}
        },
        {
          "name": "crowd", "accounts": 3,
          "workload": {"type": "openLoop", "interarrival": "10s", "service": "100ms"}
        },
        {
          "name": "fan", "accounts": 1,
          "workload": {"type": "openLoop", "interarrival": "1s", "service": "100ms"}
        }
      ],
      "fleet": [ {"name": "servers", "servers": 10} ],
      "policies": [
        {
          "name": "ladder",
          "layers": [
            {
              "type": "behaviourLadder", "detector": {"type": "ceiling", "above": 20},
              "shadow": \(shadow)
            }
          ]
        },
        {"name": "open"}
      ]
    }
    """
  }

  @Test("who is acted against, how soon, and at whose cost", arguments: [false, true])
  func ladder(shadow: Bool) throws {
    let result = try TestScenario.read(Self.world(shadow: shadow)).run()
    #expect(result.broken == [])
    // Acted against are both scrapers and the fan; the sleeper is not.
    #expect(result.metrics[.abusePrecision] == 2.0 / 3)
    #expect(result.metrics[.abuseRecall] == 2.0 / 3)
    // From 0:01 to 1:20, twice, and never: the second of three.
    #expect(result.metrics[.abuseDetectMedian] == 79)
    // The fan asks 299 times. From 1:21 on it passes only each 10 s (36 refusals in minute 1); in
    // minutes 2 and 3 it passes five times (55 refusals each), in minute 4 not at all (60).
    let refused = shadow ? 0.0 : 36 + 55 + 55 + 60
    #expect(result.metrics[.denied] == 3 * refused)
    #expect(result.metrics[.innocentHarm] == refused / (299 + 3 * 29))
  }

  @Test("what happens after the horizon is not counted")
  func horizon() throws {
    let metrics = try TestScenario.read(Self.world(horizon: "80s")).run().metrics
    #expect(metrics[.abusePrecision] == nil)
    #expect(metrics[.abuseRecall] == 0)
    #expect(metrics[.abuseDetectMedian] == nil)
  }

  @Test("a policy that judges nobody does not look for anybody, and harms nobody")
  func blind() throws {
    let metrics = try TestScenario.read(Self.world()).run(policy: 1).metrics
    #expect(metrics[.abusePrecision] == nil)
    #expect(metrics[.abuseRecall] == nil)
    #expect(metrics[.abuseDetectMedian] == nil)
    #expect(metrics[.innocentHarm] == 0)
  }

  @Test("without labels there is nothing to find")
  func unlabelled() throws {
    let text = Self.world().replacing(#", "abusive": true"#, with: "")
    let metrics = try TestScenario.read(text).run().metrics
    #expect(metrics[.abusePrecision] == 0)
    #expect(metrics[.abuseRecall] == nil)
    #expect(metrics[.abuseDetectMedian] == nil)
  }
}

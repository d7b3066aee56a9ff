import Testing

@testable import WeirSimulation

@Suite struct QueueTests {
  static let mm1 = """
    {
      "horizon": "3h", "warmup": "10m",
      "populations": [ {
        "name": "poisson", "accounts": 4,
        "workload": {
          "type": "openLoop",
          "interarrival": {"type": "exponential", "mean": "5s"},
          "service": {"type": "exponential", "mean": "1s"}
        }
      } ],
      "fleet": [ {"name": "server", "servers": 1} ]
    }
    """

  @Test("a run keeps every invariant and counts every intent once")
  func invariants() throws {
    let result = try TestScenario.read(Self.mm1).run()
    #expect(result.broken == [])
    let metrics = result.metrics
    #expect(metrics[.intents] == metrics[.completed])
  }

  @Test("servers that share one request each are slots", arguments: [1, 3])
  func sharingOfOne(servers: Int) throws {
    let slots = Self.mm1.replacing("\"servers\": 1", with: "\"servers\": \(servers)")
      .replacing("\"mean\": \"5s\"", with: "\"mean\": \"\(5000 / servers)ms\"")
    let shared = slots.replacing(
      "\"servers\": \(servers)",
      with: """
        "servers": \(servers), "sharing": {"type": "processorSharing", "requestsPerServer": 1}
        """)
    let expected = try TestScenario.read(slots).run()
    let result = try TestScenario.read(shared).run()
    #expect(result.broken == [])
    #expect(result.metrics == expected.metrics)
  }
}

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
}

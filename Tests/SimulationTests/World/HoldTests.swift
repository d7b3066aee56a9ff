import Testing
import WeirAccess
import WeirKernel

@testable import WeirSimulation

@Suite struct HoldTests {
  /// Requests of one account each second, of 10 ms each.
  private func scenario(
    layers: String, behaviour: String = "{}", pool: String = #""servers": 5"#,
    horizon: String = "100s"
  ) throws -> TestScenario {
    try TestScenario.read(
      """
      {
        "horizon": "\(horizon)", "drain": "20s", "initial": "fresh",
        "populations": [ {
          "name": "steady", "accounts": 1, "behaviour": \(behaviour),
          "workload": {"type": "openLoop", "interarrival": "1s", "service": "10ms"}
        } ],
        "fleet": [ {"name": "servers", \(pool)} ],
        "policies": [ {"name": "held", "layers": \(layers)} ]
      }
      """)
  }

  private static let pacer = #"[{"type": "pacer", "rate": 1, "per": "2s"}]"#

  @Test("held requests go on at the pace, the run keeps its invariants, and the rest is held")
  func pace() throws {
    let result = try scenario(layers: Self.pacer).run()
    #expect(result.broken == [])
    let metrics = result.metrics
    // Half of the requests go on; after the horizon those of 20 s more do.
    #expect(metrics[.denied] == 0)
    #expect(metrics[.attempts] == metrics[.intents])
    let released = try #require(metrics[.admitted])
    #expect((59...61).contains(released))
    #expect(metrics[.held] == (metrics[.attempts] ?? 0) - released)
    #expect(metrics[.inFlight] == metrics[.held])
  }

  @Test("a hold is part of the time from end to end, and not of the wait in the queue")
  func latency() throws {
    let layers =
      #"[{"type": "leakyBucket", "capacity": 3, "leak": 1, "per": "2s", "mode": "queue"}]"#
    let result = try scenario(layers: layers).run()
    #expect(result.broken == [])
    #expect(result.metrics[.queueWaitMean] == 0)
    // Two or three are ahead of each, at two seconds each.
    let mean = try #require(result.metrics[.endToEndMean])
    #expect((4...6).contains(mean))
    #expect((result.metrics[.denied] ?? 0) > 40)
    #expect(result.metrics[.held] == 0)
  }

  @Test("an intent that is held too long is abandoned, pays nothing and leaves its place empty")
  func patience() throws {
    let layers =
      #"[{"type": "pacer", "rate": 1, "per": "2s"}, {"type": "credits", "price": 1, "initial": 900}]"#
    let result = try scenario(layers: layers, behaviour: #"{"patience": "5s"}"#).run()
    #expect(result.broken == [])
    let metrics = result.metrics
    let completed = try #require(metrics[.completed])
    #expect(metrics[.abandoned] == (metrics[.intents] ?? 0) - completed)
    #expect(metrics[.held] == metrics[.abandoned], "they were never released")
    #expect(metrics[.revenue] == completed * 1_000_000)
    #expect((3...12).contains(completed), "the places of those that left are not given again")
  }

  @Test("patience runs from the hold to the start of service")
  func patienceInQueue() throws {
    // Held for 4 s behind the first, then behind a job of 60 s on the only server.
    let scenario = try TestScenario.read(
      """
      {
        "horizon": "3s", "initial": "fresh", "drain": "100s",
        "populations": [ {
          "name": "two", "accounts": 1, "behaviour": {"patience": "10s"},
          "workload": {"type": "openLoop", "interarrival": "1s", "service": "60s"}
        } ],
        "fleet": [ {"name": "server", "servers": 1} ],
        "policies": [ {"name": "held", "layers": [{"type": "pacer", "rate": 1, "per": "4s"}]} ]
      }
      """)
    let result = scenario.run()
    #expect(result.broken == [])
    #expect(result.metrics[.completed] == 1)
    #expect(result.metrics[.abandoned] == (result.metrics[.intents] ?? 0) - 1)
  }

  @Test("a request that is released to a full fleet is refused, and counts once")
  func fullFleet() throws {
    let scenario = try TestScenario.read(
      """
      {
        "horizon": "60s", "initial": "fresh", "drain": "60s",
        "populations": [ {
          "name": "loss", "accounts": 4,
          "workload": {"type": "openLoop", "interarrival": "5s", "service": "9s"}
        } ],
        "fleet": [ {"name": "server", "servers": 1, "queueLimit": 0} ],
        "policies": [ {
          "name": "held", "layers": [
            {"type": "pacer", "rate": 1, "per": "1s", "by": "everyone"},
            {"type": "credits", "price": 1, "initial": 900}
          ]
        } ]
      }
      """)
    let result = scenario.run()
    #expect(result.broken == [])
    let metrics = result.metrics
    #expect(metrics[.held] == 0)
    #expect((metrics[.denied] ?? 0) > 20)
    #expect(metrics[.attempts] == (metrics[.admitted] ?? 0) + (metrics[.denied] ?? 0))
    #expect(metrics[.revenue] == (metrics[.completed] ?? 0) * 1_000_000)
    #expect(result.usage.reduce(0) { $0 + $1.attempts } == Int64(metrics[.attempts] ?? 0))
  }
}

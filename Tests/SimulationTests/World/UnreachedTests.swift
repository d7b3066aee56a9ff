import Testing
import WeirFormats
import WeirKernel

@testable import WeirSimulation

@Suite struct UnreachedTests {
  /// The hand-written sessions, of 3 and 6 calls, a minute apart, under some layers.
  private func run(
    layers: String = "[]", horizon: String = "1h", servers: Int = 10, behaviour: String = "{}",
    interarrival: String = "1m"
  ) throws -> RunResult {
    let text = """
      {
        "horizon": "\(horizon)", "initial": "fresh", "drain": "1s",
        "populations": [ {
          "name": "people", "accounts": 1, "behaviour": \(behaviour),
          "workload": {
            "type": "trace", "file": "t.csv", "format": "agentSessions", "service": {"noise": 0},
            "interarrival": "\(interarrival)"
          }
        } ],
        "fleet": [ {"name": "servers", "servers": \(servers)} ],
        "policies": [ {"name": "p", "layers": \(layers)} ]
      }
      """
    let result = try TestScenario.read(text, files: ["t.csv": AgentSessionsTests.hand]).run()
    #expect(result.broken == [])
    return result
  }

  @Test("when every session comes to its end, nothing is unreached")
  func all() throws {
    let metrics = try run().metrics
    #expect(metrics[.intents] == 9)
    #expect(metrics[.unreached] == 0)
    #expect(metrics[.cutOff] == 0)
    #expect(metrics[.sessions] == 2)
  }

  @Test("a session whose call is given up never makes the rest")
  func refused() throws {
    // Two requests in an hour: session 0 makes two calls, the third is refused; so is all else.
    let metrics = try run(layers: #"[{"type": "fixedWindow", "limit": 2, "per": "1h"}]"#).metrics
    #expect(metrics[.deniedForGood] == 2)
    #expect(metrics[.intents] == 4)
    #expect(metrics[.unreached] == 5)
    #expect(metrics[.cutOff] == 0)
    #expect(metrics[.servedShare] == 2.0 / 4)
    #expect(metrics[.wantedServedShare] == 2.0 / 9)
  }

  @Test("a session whose call is abandoned in the queue never makes the rest")
  func abandoned() throws {
    // The second session comes while the only server works on the first call of the first one.
    let metrics = try run(
      servers: 1, behaviour: #"{"patience": "1ns"}"#, interarrival: "1s"
    ).metrics
    #expect(metrics[.abandoned] == 1)
    #expect(metrics[.intents] == 4)
    #expect(metrics[.unreached] == 5)
  }

  @Test(
    "the end of the run cuts off paused sessions, open ones and those not yet begun",
    arguments: [
      // Before anything, between two calls, within a call, and when the second session is due.
      ("59s", 0.0), ("70s", 1), ("73s", 2), ("2m", 3),
    ])
  func horizon(_ horizon: String, intents: Double) throws {
    let metrics = try run(horizon: horizon).metrics
    #expect(metrics[.intents] == intents)
    #expect(metrics[.cutOff] == 9 - intents)
    #expect(metrics[.unreached] == 0, "no policy lost them")
  }

  @Test("generated demand without end leaves nothing unreached, whatever is refused")
  func generated() throws {
    let result = try TestScenario.read(QueueTests.mm1).run()
    #expect(result.metrics[.unreached] == 0)
  }

  @Test("a recording that has other calls than it says trips the invariant")
  func broken_Fails() throws {
    var setting = try TestScenario.read(QueueTests.mm1).setting
    setting.populations[0].workload = Miscounted.read(from: .object([])).value
    let policy = try TestScenario.read(QueueTests.mm1).policies[0]
    var world = World(setting, policy, replication: SampleKey(seed: 1))
    let broken = world.run().broken
    #expect(
      broken.map(\.description) == [
        "invariant 1: recorded calls = calls made + calls unreached; 2 recorded, 1 made, 0 unreached"
      ])
  }

  /// A recording of one call that claims two.
  private struct Miscounted: Workload {
    static let typeName = "miscounted"
    static let summary = "One call, said to be two."
    let product = "requests"
    let model = "default"

    init(_ fields: Fields) {}

    func start(
      ofSession number: UInt32, of account: AccountView, after previous: SimTime
    ) -> SimTime? {
      number == 0 && account.place == 0 ? .zero : nil
    }

    func demand(of script: inout Script, at address: CallAddress) -> Demand { Demand() }
    func expectedUnitsPerDay(_ meters: [CostMeter]) -> Double { 0 }
    var recordedCalls: Int64? { 2 }
  }
}

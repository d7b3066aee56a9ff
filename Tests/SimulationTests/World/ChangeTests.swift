import Testing
import WeirAccess
import WeirKernel

@testable import WeirSimulation

@Suite struct ChangeTests {
  /// Ten accounts that ask once a second for 100 seconds, with one window over all of it.
  private func text(population: String = "", policy: String) -> String {
    """
    {
      "horizon": "100s", "initial": "fresh", "interval": "10s",
      "plans": {"free": {"priority": 2}, "plus": {"priority": 1}},
      "populations": [ {
        "name": "steady", "accounts": 10, "plan": "free"\(population),
        "workload": {"type": "openLoop", "interarrival": "1s", "service": "1ms"}
      } ],
      "fleet": [ {"name": "servers", "servers": 20} ],
      "policies": [ {"name": "changing", \(policy)} ]
    }
    """
  }

  private func scenario(population: String = "", policy: String) throws -> TestScenario {
    try TestScenario.read(text(population: population, policy: policy))
  }

  private static let window =
    #""layers": [{"type": "fixedWindow", "limit": {"free": 20, "plus": 50}, "per": "1h"}]"#

  @Test(
    "a limit that changes in the middle of the run is the limit from then on",
    arguments: [("additive", 30), ("reset", 50), ("asIs", 20)])
  func limit(_ carry: String, _ admitted: Int64) throws {
    let change = """
      {"at": "50500ms", "layer": "fixedWindow", "carry": "\(carry)",
        "to": {"type": "fixedWindow", "limit": 30, "per": "1h"}}
      """
    let result = try scenario(policy: "\(Self.window), \"changes\": [\(change)]").run()
    #expect(result.broken == [])
    #expect(result.metrics[.admitted] == Double(10 * admitted))
    let early = result.timeline[..<5].reduce(0) { $0 + $1.all.admitted }
    #expect(early == 200)
  }

  @Test(
    "accounts that change their plan have its limit from then on",
    arguments: [("additive", 50), ("reset", 69), ("asIs", 20)])
  func plan(_ carry: String, _ admitted: Double) throws {
    let moves = #", "planChanges": [{"at": "50500ms", "plan": "plus"}]"#
    let result = try scenario(
      population: moves, policy: "\(Self.window), \"onPlanChange\": \"\(carry)\""
    ).run()
    #expect(result.broken == [])
    #expect(result.accounts.allSatisfy { Double($0.completed) == admitted })
  }

  @Test("a share of the accounts changes, the same under every policy")
  func share() throws {
    let moves = #", "planChanges": [{"at": "1s", "plan": "plus", "share": 0.5}]"#
    let first = try scenario(population: moves, policy: Self.window).run()
    let second = try scenario(
      population: moves, policy: #"\#(Self.window), "onPlanChange": "reset""#
    ).run()
    let served = first.accounts.map(\.completed)
    #expect(Set(served) == [20, 50])
    #expect(second.accounts.map { $0.completed > 20 } == served.map { $0 > 20 })
  }

  @Test(
    "a change that cannot be meant is refused at its place",
    arguments: [
      (
        #"{"at": "1s", "layer": "windov", "to": {"type": "fixedWindow", "limit": 1, "per": "1s"}}"#,
        "/policies/0/changes/0/layer"
      ),
      (
        #"{"at": "1s", "layer": "fixedWindow", "to": {"type": "concurrency", "limit": 1}}"#,
        "/policies/0/changes/0/to"
      ),
      (
        #"{"at": "1s", "layer": "fixedWindow", "to": {"type": "credits", "price": 1}}"#,
        "/policies/0/changes/0/to/type"
      ),
    ])
  func refused(_ change: String, _ pointer: String) throws {
    let issues = try TestScenario.issues(
      text(policy: "\(Self.window), \"changes\": [\(change)]"))
    #expect(issues.count == 1)
    #expect(issues.first?.contains(": \(pointer): ") == true, "\(issues)")
  }
}

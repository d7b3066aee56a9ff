import Foundation
import Testing
import WeirFormats

@testable import WeirLab

/// Constant work at constant intervals: ten accounts that ask for 0.95 s of service every second
/// load 9.5 servers, so that ten are the fewest that keep up, and nine servers carry nine accounts.
@Suite struct CapacitySearchTests {
  static let scenario = """
    {
      "name": "constant", "horizon": "200s", "warmup": "20s", "replications": 3,
      "populations": [ {
        "name": "users", "accounts": 10,
        "workload": {"type": "openLoop", "interarrival": "1s", "service": "950ms"}
      } ],
      "fleet": [ {"name": "servers", "servers": 9} ],
      "policies": [ {"name": "open"}, {"name": "other"} ],
      "thresholds": [
        {"id": "wait", "metric": "queue_wait_mean_s", "assert": "<= 0.5",
         "where": {"policy": "open"}},
        {"id": "served", "metric": "served_share", "assert": ">= 0.9", "on": "ci_lower"}
      ]
    }
    """

  static func search(
    _ pointer: String, _ from: String, _ to: String, _ aim: Bisection.Aim,
    text: String = scenario
  ) throws -> CapacitySearch {
    let path = FileManager.default.temporaryDirectory.path + "/weir-\(UUID().uuidString).json"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return CapacitySearch(
      path, pointer: try #require(JSONPointer(parsing: pointer)),
      grid: try #require(CapacityGrid(from: from, to: to)), aim: aim)
  }

  @Test("ten servers are the fewest that keep up with ten accounts", arguments: [1, 3])
  func fleet(_ jobs: Int) throws {
    let search = try Self.search("/fleet/0/servers", "1", "32", .smallest)
    #expect(try search.policies() == ["open", "other"])
    let answer = try search.answer(for: "open", jobs: jobs)
    #expect(answer.best == "10")
    #expect(answer.beyond == "9")
    #expect(answer.probes.map(\.value) == ["32", "1", "17", "9", "13", "11", "10"])
    let probe = try #require(answer.probe("10"))
    #expect(probe.judged.map(\.outcome.threshold.id) == ["wait", "served"])
    #expect(probe.judged[1].estimate?.mean == 1)
    #expect(probe.saturatedRuns == 0)
    #expect(try #require(answer.probe("9")).saturatedRuns == 3)
  }

  @Test("nine servers carry nine accounts")
  func load() throws {
    let answer = try Self.search("/populations/0/accounts", "1", "20", .largest)
      .answer(for: "open", jobs: 2)
    #expect(answer.best == "9")
    #expect(answer.beyond == "10")
  }

  @Test("where every value meets, or none, that is said after one or two looks")
  func ends() throws {
    let enough = try Self.search("/fleet/0/servers", "20", "40", .smallest)
      .answer(for: "open", jobs: 2)
    #expect(enough.best == "20")
    #expect(enough.beyond == nil)
    let never = try Self.search("/fleet/0/servers", "1", "8", .smallest)
      .answer(for: "open", jobs: 2)
    #expect(never.best == nil)
    #expect(never.probes.map(\.value) == ["8"])
  }

  @Test("a value that the scenario refuses is its error; an axis is not looked for")
  func refused() throws {
    let search = try Self.search("/fleet/0/severs", "1", "8", .smallest)
    #expect(throws: ScenarioFailure.self) { try search.policies() }
    let swept = Self.scenario.replacingOccurrences(
      of: "\"thresholds\"",
      with: "\"sweep\": {\"grid\": {\"/fleet/0/servers\": [1, 2]}}, \"thresholds\"")
    let axis = try Self.search("/fleet/0/servers", "1", "8", .smallest, text: swept)
    #expect(throws: ScenarioFailure.self) { try axis.policies() }
  }
}

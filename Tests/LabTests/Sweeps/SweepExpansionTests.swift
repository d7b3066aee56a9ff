import Foundation
import Testing
import WeirFormats
import WeirSimulation

@testable import WeirLab

@Suite struct SweepExpansionTests {
  @Test("a value that is invalid is an issue where it stands, once")
  func invalid() throws {
    let sweep = #"{"grid": {"/fleet/0/servers": [1, -2], "/horizon": ["30s", "60s"]}}"#
    let found = issues(["tiny.json": SweptScenario.text(sweep)])
    #expect(found.count == 1)
    #expect(found.first?.pointer.description == "/fleet/0/servers")
    let position = try #require(found.first?.position)
    #expect(position.lineText.dropFirst(position.column - 1).hasPrefix("-2]"))
    #expect(found.first?.context == nil)
  }

  @Test("a place that is not there is an issue with the nearest")
  func nowhere() {
    let found = issues(["tiny.json": SweptScenario.text(#"{"grid": {"/fleet/0/severs": [1]}}"#)])
    #expect(found.map(\.pointer.description) == ["/fleet/0/severs"])
    #expect(found.first?.suggestion == "servers")
  }

  @Test("a rule that a combination breaks elsewhere says at which point")
  func rules() throws {
    let sweep = #"{"grid": {"/horizon": ["30s", "5s"]}}"#
    let found = issues(["tiny.json": SweptScenario.text(sweep)])
    #expect(found.count == 1)
    #expect(found.first?.pointer.description == "/warmup")
    #expect(found.first?.context == "at the point horizon=5s")
    let text = IssueRenderer.text(try #require(found.first))
    #expect(text.contains(" (at the point horizon=5s)"))
  }

  @Test("policies and populations are the same at every point")
  func frame() {
    let sweep = #"{"grid": {"/populations/0/name": ["light", "other"]}}"#
    let messages = SweptScenario.messages(sweep)
    #expect(messages.count == 1)
    #expect(
      messages.first?.hasPrefix("/populations: expected the same names at every point") == true)
  }

  @Test("pointers count all policies, also when only some are run")
  func chosen() throws {
    let sweep = #"{"grid": {"/policies/1/layers/1/initial": [5, 10]}}"#
    let study = try SweptScenario.study(sweep, ScenarioOverrides(policies: ["waterfall"]))
    #expect(study.scenario.policies.map(\.name) == ["waterfall"])
    #expect(study.points.map(\.name) == ["initial=5", "initial=10"])
    #expect(study.count == 2 * 3)
  }

  @Test("a point gives the rows of the scenario with its values set, after columns for the axes")
  func rows() throws {
    let scratch = try Scratch()
    let sweep = #"{"grid": {"/fleet/0/servers": [1, 3], "/horizon": ["30s", "60s"]}}"#
    let swept = try StudyRunnerTests.files(
      of: try SweptScenario.study(sweep), jobs: 2, in: scratch, name: "swept")
    for (point, values) in [("1", "30s"), ("3", "60s")].enumerated() {
      let overrides = try setting("/fleet/0/servers=\(values.0)", "/horizon=\"\(values.1)\"")
      let alone = try StudyRunnerTests.files(
        jobs: 1, in: scratch, name: "alone\(point)", overrides)
      for name in StudyRunnerTests.names where name.hasSuffix(".csv") {
        let cells = "servers=\(values.0) horizon=\(values.1),\(values.0),\(values.1),"
        let own = try Self.lines(swept, name).filter { $0.contains(cells) }
          .map { $0.replacingOccurrences(of: cells, with: "base,") }
        #expect(own == Array(try Self.lines(alone, name).dropFirst()), "\(name) at point \(point)")
      }
    }
    let header = try Self.lines(swept, "latency.csv")[0]
    #expect(header.hasPrefix("policy,point,servers,horizon,replication,population,"))
  }

  private static func lines(_ files: [String: Data], _ name: String) throws -> [String] {
    String(decoding: try #require(files[name]), as: UTF8.self).split(separator: "\n").map(
      String.init)
  }

  @Test("the same world is met at every point")
  func commonRandomNumbers() throws {
    let study = try SweptScenario.study(#"{"grid": {"/fleet/0/servers": [1, 3]}}"#)
    for replication in 0..<3 {
      let runs = (0..<4).map { StudyRunner.result(of: replication * 4 + $0, in: study) }
      // The workloads are open: whatever is served, the same is asked for.
      let asked = runs.map { $0.metrics[.intents] }
      #expect(Set(asked).count == 1, "replication \(replication): \(asked)")
      #expect(asked[0] ?? 0 > 0)
    }
  }
}

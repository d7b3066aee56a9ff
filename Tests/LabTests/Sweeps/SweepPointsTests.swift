import Testing
import WeirFormats
import WeirKernel
import WeirSimulation

@testable import WeirLab

@Suite struct SweepPointsTests {
  private func names(_ sweep: String) throws -> [String] {
    try SweptScenario.study(sweep).points.map(\.name)
  }

  @Test("nothing swept is one point called base")
  func base() throws {
    let study = try TinyScenario.study()
    #expect(study.points.map(\.name) == ["base"])
    #expect(study.axes.isEmpty)
  }

  @Test("a grid is every combination, the last axis varying fastest")
  func grid() throws {
    let study = try SweptScenario.study(
      #"{"grid": {"/horizon": ["30s", "60s"], "/fleet/0/servers": [1, 2]}}"#)
    #expect(
      study.points.map(\.name) == [
        "servers=1 horizon=30s", "servers=1 horizon=60s", "servers=2 horizon=30s",
        "servers=2 horizon=60s",
      ])
    #expect(study.axes.map(\.name) == ["servers", "horizon"])
    #expect(study.points.map(\.index) == [0, 1, 2, 3])
    #expect(study.points.map { $0.scenario.setting.horizon.seconds } == [30, 60, 30, 60])
    #expect(study.points.map { $0.scenario.setting.fleet[0].servers } == [1, 1, 2, 2])
  }

  @Test("the order of axes in the file makes no difference")
  func order() throws {
    let one = #"{"grid": {"/horizon": ["30s"], "/fleet/0/servers": [2, 1]}, "zip": {}}"#
    let other = #"{"grid": {"/fleet/0/servers": [2, 1], "/horizon": ["30s"]}, "zip": {}}"#
    #expect(try names(one) == ["servers=2 horizon=30s", "servers=1 horizon=30s"])
    #expect(try names(one) == names(other))
    let canonical = try [one, other].map {
      JSONWriter.pretty(try TinyScenario.file(SweptScenario.text($0)).canonical)
    }
    #expect(canonical[0] == canonical[1])
  }

  @Test("indices are ordered as numbers")
  func indices() throws {
    let pointers = ["/a/10/x", "/a/9/x", "/a/b", "/a"]
    #expect(
      pointers.sorted { AxisOrder($0) < AxisOrder($1) } == ["/a", "/a/9/x", "/a/10/x", "/a/b"])
  }

  @Test("zipped axes move together, and combine with the grid")
  func zip() throws {
    let sweep = """
      {"zip": {"/fleet/0/servers": [1, 2], "/horizon": ["30s", "60s"]},
       "grid": {"/populations/1/accounts": [3, 4]}}
      """
    #expect(
      try names(sweep) == [
        "heavy_accounts=3 servers=1 horizon=30s", "heavy_accounts=3 servers=2 horizon=60s",
        "heavy_accounts=4 servers=1 horizon=30s", "heavy_accounts=4 servers=2 horizon=60s",
      ])
  }

  @Test("listed combinations may be named, and may leave an axis as it is")
  func list() throws {
    let sweep = """
      {"list": [
        {"name": "small", "/fleet/0/servers": 1, "/horizon": "30s"}, {"/fleet/0/servers": 2}, {}
      ]}
      """
    let study = try SweptScenario.study(sweep)
    #expect(study.points.map(\.name) == ["small", "servers=2", "base"])
    #expect(study.points.map { $0.scenario.setting.horizon.seconds } == [30, 60, 60])
    #expect(study.points[2].values.allSatisfy { $0 == nil })
  }

  @Test("values at equal ratios, whole ones each once")
  func logspace() throws {
    let whole = """
      {"logspace": {"/fleet/0/servers": {"from": 1, "to": 8, "count": 7, "whole": true}}}
      """
    #expect(
      try names(whole) == [
        "servers=1", "servers=2", "servers=3", "servers=4", "servers=6", "servers=8",
      ]
    )
    let unit = #"{"logspace": {"/horizon": {"from": 20, "to": 80, "count": 3, "unit": "s"}}}"#
    #expect(try names(unit) == ["horizon=20s", "horizon=40s", "horizon=80s"])
  }

  @Test("points that do not satisfy a condition are dropped; none left is a mistake")
  func keep() throws {
    let grid = #""grid": {"/fleet/0/servers": [1, 2, 3], "/horizon": ["30s", "1m"]}"#
    #expect(
      try names(#"{\#(grid), "keep": ["/horizon >= 60s", "/fleet/0/servers != 2"]}"#) == [
        "servers=1 horizon=1m", "servers=3 horizon=1m",
      ])
    #expect(
      SweptScenario.messages(#"{\#(grid), "keep": ["/horizon > 2m"]}"#) == [
        "/sweep: expected a point that is kept, found none"
      ])
  }

  @Test("too many points, and the same point twice, are mistakes")
  func limits() {
    let many = (1...101).map(String.init).joined(separator: ",")
    let grid = #"{"grid": {"/fleet/0/servers": [\#(many)], "/populations/0/accounts": [\#(many)]}}"#
    #expect(
      SweptScenario.messages(grid) == [
        "/sweep: expected at most 10000 combinations, found more"
      ])
    #expect(
      SweptScenario.messages(#"{"grid": {"/fleet/0/servers": [1, 2, 1]}}"#) == [
        "/sweep: expected each point once, found \"servers=1\" again"
      ])
  }

  @Test("names that would be long are numbers")
  func longNames() throws {
    let sweep = """
      {"grid": {"/fleet/0/servers": [1, 2]},
       "names": {"/fleet/0/servers": "\(String(repeating: "n", count: 64))"}}
      """
    #expect(try names(sweep) == ["point=1", "point=2"])
  }
}

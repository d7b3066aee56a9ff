import Foundation
import Testing
import WeirFormats

@testable import WeirLab

@Suite struct PointScopeTests {
  /// The tiny scenario at two by two points, with one threshold of that scope.
  static func text(_ scope: String, sweep: Bool = true) -> String {
    let axes = #""sweep": {"grid": {"/fleet/0/servers": [2, 3], "/horizon": ["20s", "30s"]}}"#
    return tiny(
      "\"where\": {\"policy\": \"waterfall\"}",
      by: "\"where\": {\"policy\": \"waterfall\", \(scope)}"
    ).replacingOccurrences(
      of: "\"baseline\": ", with: sweep ? axes + ",\n  \"baseline\": " : "\"baseline\": ")
  }

  @Test(
    "a threshold is held at the points of its scope alone",
    arguments: [
      (#""point": "servers=3 horizon=20s""#, ["servers=3 horizon=20s"]),
      (#""at": ["/fleet/0/servers > 2"]"#, ["servers=3 horizon=20s", "servers=3 horizon=30s"]),
      (
        #""at": ["/fleet/0/servers <= 2", "/horizon == 30s"]"#, ["servers=2 horizon=30s"]
      ),
      (
        #""at": []"#,
        [
          "servers=2 horizon=20s", "servers=2 horizon=30s", "servers=3 horizon=20s",
          "servers=3 horizon=30s",
        ]
      ),
    ])
  func points(_ scope: String, _ names: [String]) throws {
    let study = Study(try TinyScenario.file(Self.text(scope)))
    let outcomes = StudySummary(study).thresholdOutcomes()
    #expect(outcomes.map { study.points[$0.point].name } == names)
  }

  @Test("the only point of a study without a sweep is called base")
  func base() throws {
    let study = Study(try TinyScenario.file(Self.text(#""point": "base""#, sweep: false)))
    #expect(StudySummary(study).thresholdOutcomes().count == 1)
  }

  @Test(
    "a point or an axis that does not exist is an error that names the nearest",
    arguments: [
      (#""point": "servers=3 horizon=20""#, "/point", "servers=3 horizon=20s"),
      (#""at": ["/fleet/0/server > 2"]"#, "/at/0", "/fleet/0/servers"),
      (#""at": ["/fleet/0/servers > 3"]"#, "/at", nil),
    ])
  func pointsFail(_ scope: String, _ place: String, _ suggestion: String?) {
    let found = issues(["tiny.json": Self.text(scope)])
    #expect(found.map(\.pointer.description) == ["/thresholds/0/where" + place])
    #expect(found.first?.suggestion == suggestion)
    #expect(found.first?.position?.file.name == "tiny.json")
  }
}

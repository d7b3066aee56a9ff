import Testing
import WeirFormats
import WeirKernel
import WeirSimulation

@testable import WeirLab

@Suite struct ScenarioFileTests {
  @Test("a file is read with all that it says")
  func plain() throws {
    let scenario = try TinyScenario.file().scenario
    #expect(scenario.name == "tiny")
    #expect(scenario.seed == 20_261_122)
    #expect(scenario.policies.map(\.name) == ["hard-stop", "waterfall"])
    #expect(scenario.thresholds.map(\.bound) == [">= 0.1"])
  }

  @Test("a file that is not there is no invalid one")
  func missing() throws {
    let failure = #expect(throws: ScenarioFailure.self) {
      try ScenarioFile("gone.json", reader: .texts([:]))
    }
    guard case .missing(let path, _, let position) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(path == "gone.json")
    #expect(position == nil)
  }

  @Test("the disk is read, and says what is not there")
  func disk() throws {
    #expect(throws: FileReader.Unreadable.self) { try FileReader.disk.bytes(of: "/no/such/file") }
    #expect(throws: FileReader.Unreadable.self) { try FileReader.disk.bytes(of: "/") }
    let own = try FileReader.disk.bytes(of: #filePath)
    #expect(String(decoding: own.prefix(14), as: UTF8.self) == "import Testing")
  }

  // MARK: Extending

  static let chain = [
    "a/child.json": #"{"extends": "../b/base.json", "name": "child", "horizon": "2h"}"#,
    "b/base.json": #"{"extends": "root.json", "horizon": "1h", "warmup": "1m"}"#,
    "b/root.json": TinyScenario.text,
  ]

  @Test("the nearer file holds, member by member, through a chain")
  func extends() throws {
    let file = try ScenarioFile("a/child.json", reader: .texts(Self.chain))
    #expect(file.scenario.name == "child")
    #expect(file.scenario.setting.horizon == .hours(2))
    #expect(file.scenario.setting.warmup == .minutes(1))
    #expect(file.scenario.setting.populations.count == 2)
    #expect(file.document["extends"] == nil)
    #expect(file.fileName == "child.json")
    func source(_ pointer: String) -> String? {
      file.origins.first { $0.pointer.description == pointer }?.position?.file.name
    }
    #expect(source("/horizon") == "a/child.json")
    #expect(source("/warmup") == "a/../b/base.json")
    #expect(source("/seed") == "a/../b/root.json")
  }

  @Test("an extended file that is not there is missing, with the place that asked for it")
  func extendsMissing() throws {
    let texts = ["child.json": #"{"extends": "base.json"}"#]
    let failure = #expect(throws: ScenarioFailure.self) {
      try ScenarioFile("child.json", reader: .texts(texts))
    }
    guard case .missing("base.json", _, let position?) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(position.description == "child.json:1:13")
  }

  @Test("files that extend each other are reported where the circle closes")
  func cycle() throws {
    let found = issues(
      ["x/a.json": #"{"extends": "./b.json"}"#, "x/b.json": #"{"extends": "../x/a.json"}"#],
      at: "x/a.json")
    let issue = try #require(found.first)
    #expect(found.count == 1)
    #expect(issue.pointer.description == "/extends")
    #expect(issue.position?.description == "x/./b.json:1:13")
    #expect(IssueRenderer.message(issue).contains("x/a.json extends x/b.json extends x/a.json"))
  }

  @Test("mistakes of all files come in one pass, each with its own place")
  func allAtOnce() throws {
    let found = issues(
      [
        "tiny.json": #"{"extends": "base.json", "horizn": "1h", "replications": 0}"#,
        "base.json": #"{"name": "base", "name": "again"}"#,
      ])
    let places = found.compactMap { $0.position?.description }
    #expect(places.contains("base.json:1:18"))
    #expect(places.contains("tiny.json:1:26"))
    #expect(places.contains("tiny.json:1:58"))
    #expect(found.contains { $0.problem.name == "missingField" })
    #expect(found.first { $0.problem.name == "unknownField" }?.suggestion == "horizon")
  }

  @Test("what extends must be a text")
  func extendsKind() throws {
    let found = issues(["tiny.json": tiny(#""name": "tiny","#, by: #""name": "t", "extends": 1,"#)])
    #expect(found.map(\.pointer.description) == ["/extends"])
  }

  @Test("a file that is not JSON is one mistake")
  func syntax() throws {
    let found = issues(["tiny.json": "{"])
    #expect(found.map(\.problem.name) == ["syntax"])
  }

  // MARK: Thresholds

  @Test(
    "a threshold names what there is, and its bound can be read",
    arguments: [
      (#""assert": ">= 0.1""#, #""assert": "more""#, "/thresholds/0/assert"),
      (#""assert": ">= 0.1""#, #""assert": ">= 0.1 s""#, "/thresholds/0/assert"),
      (
        #""policy": "waterfall""#, #""policy": "waterfal""#, "/thresholds/0/where/policy"
      ),
      (
        #""policy": "waterfall""#, #""population": "heavi""#, "/thresholds/0/where/population"
      ),
      (#""baseline": "hard-stop""#, #""baseline": "hardstop""#, "/baseline"),
      (
        #""metric": "served_share", "where": {"policy": "waterfall"}"#,
        #""metric": "utilisation", "where": {"population": "heavy"}"#, "/thresholds/0/metric"
      ),
    ])
  func thresholds(_ piece: String, _ other: String, _ pointer: String) {
    let found = issues(["tiny.json": tiny(piece, by: other)])
    #expect(found.map(\.pointer.description) == [pointer])
  }

  @Test("ids of thresholds are given once")
  func thresholdIds() {
    let twice = #"{"id": "served", "metric": "revenue", "assert": "> 0"}, {"id": "served","#
    let found = issues(["tiny.json": tiny("{\n      \"id\": \"served\",", by: twice)])
    #expect(found.map(\.pointer.description) == ["/thresholds/1/id"])
  }
}

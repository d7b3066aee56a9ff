import Testing
import WeirFormats

@testable import WeirLab

@Suite struct RunContentTests {
  private func addresses(_ study: Study) -> [String: String] {
    Dictionary(uniqueKeysWithValues: study.runs.map { ($0.id, study.address(of: $0)) })
  }

  private func addresses(_ text: String = TinyScenario.text) throws -> [String: String] {
    addresses(Study(try TinyScenario.file(text)))
  }

  @Test("each run has an address of its own, of 64 hexadecimal digits")
  func distinct() throws {
    let found = try addresses()
    #expect(Set(found.values).count == 6)
    #expect(found.values.allSatisfy { $0.count == 64 && $0.allSatisfy { $0.isHexDigit } })
  }

  @Test("the order of the members of the scenario makes no difference")
  func order() throws {
    let turned = try CanonicalDocumentTests.turned()
    #expect(try addresses(turned) == addresses())
  }

  @Test(
    "what only frames the study makes no difference",
    arguments: [
      ("A hard stop against a waterfall.", "Another description."),
      (#""name": "tiny""#, #""name": "other""#),
      (#"">= 0.1""#, #"">= 0.2""#),
      (#""primaryMetric": "served_share""#, #""primaryMetric": "utilisation""#),
      (#""baseline": "hard-stop""#, #""baseline": "waterfall""#),
      (#""name": "tiny""#, #""$schema": "weir.schema.json", "name": "tiny""#),
      (#""horizon""#, #""initial": "stationary", "horizon""#),
    ])
  func frame(_ piece: String, _ other: String) throws {
    #expect(try addresses(tiny(piece, by: other)) == addresses())
  }

  @Test(
    "what decides the world makes every run another one",
    arguments: [
      ("20261122", "20261123"), (#""60s""#, #""61s""#), (#""servers": 3"#, #""servers": 4"#),
      (#""accounts": 4"#, #""accounts": 5"#), (#""priority": 1"#, #""priority": 2"#),
    ])
  func world(_ piece: String, _ other: String) throws {
    let found = Set(try addresses(tiny(piece, by: other)).values)
    #expect(try found.isDisjoint(with: addresses().values))
  }

  @Test("another policy, more of them or another order of them leave a policy's runs alone")
  func policies() throws {
    let all = try addresses()
    let changed = try addresses(tiny(#""initial": 10"#, by: #""initial": 11"#))
    for (id, address) in changed {
      #expect((address == all[id]) == id.hasPrefix("hard-stop"), "\(id)")
    }
    let one = addresses(try TinyScenario.study(.init(policies: ["waterfall"])))
    #expect(one.count == 3)
    for (id, address) in one { #expect(address == all[id], "\(id)") }
  }

  @Test("more replications only add runs")
  func replications() throws {
    let few = try addresses()
    let many = addresses(try TinyScenario.study(.init([.replications("5")])))
    #expect(many.count == 10)
    for (id, address) in few { #expect(many[id] == address, "\(id)") }
  }

  @Test("a point is the scenario with its values, whether swept there or written")
  func points() throws {
    let swept = addresses(try SweptScenario.study(#"{"grid": {"/fleet/0/servers": [3, 4]}}"#))
    let base = try addresses()
    let four = try addresses(tiny(#""servers": 3"#, by: #""servers": 4"#))
    for (id, address) in base {
      let name = id.replacing("/base/", with: "/servers=3/")
      #expect(swept[name] == address, "\(name)")
    }
    for (id, address) in four {
      let name = id.replacing("/base/", with: "/servers=4/")
      #expect(swept[name] == address, "\(name)")
    }
  }

  @Test("a file that the scenario names counts by what is in it, not by where it lies")
  func inputs() {
    let document: JSONNode = ["seed": 1, "policies": [["name": "one"]]]
    func digests(_ path: String, _ text: String) -> [String] {
      RunContent.digests(of: document, inputs: [InputFile(path: path, text: text)])
    }
    #expect(digests("a.csv", "1") == digests("a.csv", "1"))
    #expect(digests("a.csv", "1") != digests("a.csv", "2"))
    #expect(digests("a.csv", "1") != RunContent.digests(of: document, inputs: []))
  }

  @Test("another version of Weir has other addresses")
  func version() {
    let content = String(repeating: "0", count: 64)
    #expect(
      RunContent.address(content, replication: 1, version: "1")
        != RunContent.address(content, replication: 1, version: "2"))
  }

  @Test("a run is found by its name, and only one that the study has")
  func names() throws {
    let study = try SweptScenario.study(#"{"grid": {"/fleet/0/servers": [3, 4]}}"#)
    for run in study.runs { #expect(study.run(called: run.id) == run) }
    for id in ["waterfall/servers=4/3", "waterfall/servers=5/0", "x", "a/b/-1", ""] {
      #expect(study.run(called: id) == nil, "\(id)")
    }
  }
}

import Testing
import WeirFormats

@Suite struct JSONNodeEditingTests {
  @Test("objects merge member by member; everything else replaces")
  func merging() {
    let base: JSONNode = ["a": 1, "b": ["x": 1, "y": [1, 2]], "c": [["name": "n", "k": 1]]]
    let over: JSONNode = [
      "d": 4, "b": ["y": [3], "z": .null], "c": [["name": "n"]], "a": ["q": 1],
    ]
    #expect(
      over.merging(over: base) == [
        "a": ["q": 1], "b": ["x": 1, "y": [3], "z": .null], "c": [["name": "n"]], "d": 4,
      ])
    #expect(JSONNode.number(1).merging(over: base) == 1)
  }

  @Test("after merging, each value keeps the place in its own file")
  func positionsAfterMerging() throws {
    let base = JSONNode.parse(SourceFile(name: "base.json", text: "{\"a\": 1, \"b\": 2}"))
    let over = JSONNode.parse(SourceFile(name: "over.json", text: "{\"b\": 3}"))
    let merged = try #require(over.node).merging(over: try #require(base.node))
    #expect(merged["a"]?.position?.description == "base.json:1:7")
    #expect(merged["b"]?.position?.description == "over.json:1:7")
    #expect(merged.members?[1].position?.description == "over.json:1:2")
  }

  @Test(
    "a value can be replaced anywhere, and a member added",
    arguments: [
      ("/a/0", ["a": [9, 2], "b": ["c": 3]]), ("/b/c", ["a": [1, 2], "b": ["c": 9]]),
      ("/b/d", ["a": [1, 2], "b": ["c": 3, "d": 9]]),
      ("/e", ["a": [1, 2], "b": ["c": 3], "e": 9]),
      ("", 9),
    ] as [(String, JSONNode)])
  func setting(pointer: String, result: JSONNode) throws {
    let document: JSONNode = ["a": [1, 2], "b": ["c": 3]]
    #expect(try document.setting(#require(JSONPointer(parsing: pointer)), to: 9) == result)
  }

  @Test(
    "a pointer that leads nowhere names the deepest part and the nearest name",
    arguments: [
      ("/fleet/0/sevrers/x", "/fleet/0", "/fleet/0/servers"), ("/flet/0/servers", "", "/fleet"),
      ("/fleet/2/servers", "/fleet", nil), ("/fleet/0/servers/x", "/fleet/0/servers", nil),
    ])
  func settingNowhere(pointer: String, existing: String, nearest: String?) throws {
    let document: JSONNode = ["fleet": [["servers": 1]]]
    let wanted = try #require(JSONPointer(parsing: pointer))
    let issue = try #require(throws: ScenarioIssue.self) { try document.setting(wanted, to: 9) }
    guard case .nothingThere(wanted, let found, _) = issue.problem else {
      Issue.record("\(issue)")
      return
    }
    #expect(found.description == existing)
    #expect(issue.suggestion == nearest)
  }
}

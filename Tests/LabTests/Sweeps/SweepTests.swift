import Testing
import WeirFormats

@testable import WeirLab

@Suite struct SweepTests {
  @Test("what is no pointer, or no part of the world, cannot be swept")
  func pointers() {
    #expect(
      SweptScenario.messages(#"{"grid": {"servers": [1]}}"#) == [
        "/sweep/grid/servers: expected a JSON pointer, such as /fleet/0/servers, found a list"
      ])
    for frame in ["/seed", "/name", "/replications", "/thresholds/0/id", "/sweep"] {
      let messages = SweptScenario.messages(#"{"zip": {"\#(frame)": [1, 2]}}"#)
      #expect(messages.count == 1)
      #expect(
        messages.first?.contains("a part of the world or of a policy, not \(frame)") == true)
    }
  }

  @Test("two axes set different places")
  func overlap() {
    let messages = SweptScenario.messages(
      #"{"grid": {"/fleet/0": [{}]}, "list": [{"/fleet/0/servers": 1}]}"#)
    #expect(
      messages == [
        "/sweep/list/0/~1fleet~10~1servers: expected a place apart from /fleet/0, found 1"
      ]
    )
  }

  @Test("axes that move together have as many values as one another")
  func lengths() {
    let messages = SweptScenario.messages(
      #"{"zip": {"/fleet/0/servers": [1, 2], "/horizon": ["30s"]}}"#)
    #expect(messages.count == 1)
    #expect(messages[0].hasPrefix("/sweep/zip/~1horizon: expected 2 values"))
  }

  @Test("names and conditions are about axes, and the nearest is offered")
  func references() throws {
    let sweep = """
      {"grid": {"/fleet/0/servers": [1, 2]}, "names": {"/fleet/0/server": "n"},
       "keep": ["/fleet/0/servrs < 2"]}
      """
    let found = issues(["tiny.json": SweptScenario.text(sweep)])
    #expect(
      found.map(\.pointer.description) == ["/sweep/names/~1fleet~10~1server", "/sweep/keep/0"])
    #expect(found.allSatisfy { $0.suggestion == "/fleet/0/servers" })
  }

  @Test("a sweep is listed with the other fields, and is none by default")
  func optional() throws {
    #expect(try TinyScenario.file().scenario.sweep == nil)
    #expect(try TinyScenario.file().canonical["sweep"] == nil)
  }
}

import Testing
import WeirFormats

@testable import WeirLab

@Suite struct SweepAxisTests {
  private func names(_ sweep: String) throws -> [String] {
    try SweptScenario.study(sweep).axes.map(\.name)
  }

  @Test("an axis is called by the end of its pointer that no other axis and no column has")
  func names() throws {
    let sweep = """
      {"grid": {
        "/fleet/0/servers": [1], "/plans/free/priority": [1], "/plans/plus/priority": [2],
        "/populations/0/accounts": [3], "/signals/every": ["2s"],
        "/policies/0/layers/0/countsRefused": [true]
      }}
      """
    #expect(
      try names(sweep) == [
        "servers", "free_priority", "plus_priority", "counts_refused", "light_accounts", "every",
      ])
  }

  @Test("a name may be chosen, but none that a column has")
  func chosen() throws {
    let grid = #""grid": {"/fleet/0/servers": [1, 2]}"#
    #expect(try names(#"{\#(grid), "names": {"/fleet/0/servers": "gpus"}}"#) == ["gpus"])
    #expect(
      SweptScenario.messages(#"{\#(grid), "names": {"/fleet/0/servers": "accounts"}}"#) == [
        "/sweep/names/~1fleet~10~1servers: expected a name that no column of the results has, found"
          + " \"accounts\""
      ])
  }

  @Test("a column is of the kind of all its values")
  func kinds() throws {
    func kind(_ values: String) throws -> Column.Kind {
      let node = try #require(JSONNode.parse(SourceFile(name: "v", text: values)).node)
      return SweepAxis(.root, name: "axis", values: node.elements ?? []).kind
    }
    #expect(try kind("[1, 2]") == .integer)
    #expect(try kind("[1, 2.5]") == .number)
    #expect(try kind("[true, false]") == .flag)
    #expect(try kind(#"["5h", "1h"]"#) == .text)
    #expect(try kind(#"[1, "unlimited"]"#) == .text)
    #expect(try kind("[true, 1]") == .text)
    #expect(try kind("[]") == .text)
  }

  @Test("values that are no words go by their number")
  func labels() {
    #expect(SweepAxis.label(2.5, number: 1) == "2.5")
    #expect(SweepAxis.label("1h30m", number: 1) == "1h30m")
    #expect(SweepAxis.label(true, number: 1) == "true")
    #expect(SweepAxis.label(.null, number: 1) == "null")
    #expect(SweepAxis.label("two words", number: 3) == "#3")
    #expect(SweepAxis.label(["type": "fifo"], number: 4) == "#4")
  }
}

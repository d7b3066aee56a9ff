import Testing
import WeirFormats

@Suite struct JSONWriterTests {
  @Test("short leaves stay on one line, in the order of the members")
  func pretty() {
    let node: JSONNode = [
      "z": [1, 2.5, .null], "a": ["k": [["x": true]], "e": [], "o": [:]], "t": "ü",
    ]
    #expect(
      JSONWriter.pretty(node) == """
        {
          "z": [1, 2.5, null],
          "a": {
            "k": [
              {"x": true}
            ],
            "e": [],
            "o": {}
          },
          "t": "ü"
        }

        """)
    #expect(
      JSONWriter.compact(node)
        == "{\"z\": [1, 2.5, null], \"a\": {\"k\": [{\"x\": true}], \"e\": [], \"o\": {}}, \"t\": \"ü\"}"
    )
  }

  @Test("a leaf that does not fit is written over several lines")
  func narrow() {
    #expect(JSONWriter.pretty([100, 200], width: 10) == "[\n  100,\n  200\n]\n")
    #expect(JSONWriter.pretty([100, 200], width: 11) == "[100, 200]\n")
  }

  @Test("what comes before it on its line counts, what follows does not")
  func narrowMember() {
    let node: JSONNode = ["a": [10, "\u{e9}"], "b": [[:], [1, [2]]]]
    // `  "a": [10, "é"]` has 17 bytes.
    #expect(
      JSONWriter.pretty(node, width: 18) == """
        {
          "a": [10, "é"],
          "b": [
            {},
            [
              1,
              [2]
            ]
          ]
        }

        """)
    #expect(
      JSONWriter.pretty(node, width: 17).hasPrefix("{\n  \"a\": [\n    10,\n    \"é\"\n  ],\n")
    )
  }

  @Test(
    "what is written reads back as the same",
    arguments: ["a\"b\\c\n\r\t\u{1}\u{1f}/é🌊\u{2028}", "", "\0"])
  func roundTrip(text: String) {
    let node: JSONNode = [.text(text), ["k\(text)": 1e-7], -12345678901]
    for written in [JSONWriter.pretty(node), JSONWriter.compact(node)] {
      #expect(JSONNode.parse(SourceFile(name: "t", text: written)).node == node)
    }
  }

  @Test("numbers that are not finite become null")
  func notFinite() {
    #expect(JSONNode.number(Double.nan) == .null && JSONNode.number(-Double.infinity) == .null)
  }
}

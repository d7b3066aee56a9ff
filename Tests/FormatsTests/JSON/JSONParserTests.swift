import Testing
import WeirFormats

/// Texts from RFC 8259 and the questions of "Parsing JSON is a minefield", Seriot 2016.
@Suite struct JSONParserTests {
  private func parse(_ text: String) -> (node: JSONNode?, issues: [ScenarioIssue]) {
    JSONNode.parse(SourceFile(name: "t.json", text: text))
  }

  @Test(
    "what RFC 8259 allows is read",
    arguments: [
      ("[]", []), ("{}", [:]), (" [ 1 ,\t2\r\n] ", [1, 2]), ("0", 0),
      ("-0", JSONNode(.number("-0"))),
      ("1E+2", JSONNode(.number("1E+2"))), ("-1.5e-10", JSONNode(.number("-1.5e-10"))),
      ("123456789012345678901234567890.5", JSONNode(.number("123456789012345678901234567890.5"))),
      ("\"\"", ""), ("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "a\"\\/\u{8}\u{c}\n\r\t"),
      ("\"\\u0041\\u00e9\\uD83C\\uDF0A\"", "Aé🌊"), ("\"\\u0000\"", "\0"),
      ("\"\u{7f}\u{2028}\"", "\u{7f}\u{2028}"),
      ("\"é🌊\"", "é🌊"), ("true", true), ("false", false), ("null", .null),
      ("{\"\":{\"a\":[null,{}]}}", ["": ["a": [.null, [:]]]]), ("\u{FEFF}1", 1),
    ] as [(String, JSONNode)])
  func valid(text: String, node: JSONNode) {
    let result = parse(text)
    #expect(result.issues == [])
    #expect(result.node == node)
  }

  @Test(
    "what RFC 8259 forbids is refused at its place",
    arguments: [
      ("", 1, 1), (" ", 1, 2), ("[", 1, 2), ("]", 1, 1), ("[1", 1, 3), ("[1,", 1, 4),
      ("[1,]", 1, 3),
      ("[,1]", 1, 2), ("[1 2]", 1, 4), ("[1:2]", 1, 3), ("{", 1, 2), ("{]", 1, 2),
      ("{\"a\"}", 1, 5),
      ("{\"a\":}", 1, 6), ("{\"a\":1,}", 1, 7), ("{\"a\" 1}", 1, 6), ("{1:1}", 1, 2),
      ("{a:1}", 1, 2),
      ("{\"a\":1 \"b\":2}", 1, 8), ("{\"a\":1}}", 1, 8), ("1 2", 1, 3), ("[]x", 1, 3), ("01", 1, 1),
      ("-", 1, 2), ("-a", 1, 2), ("+1", 1, 1), (".5", 1, 1), ("1.", 1, 3), ("1.e1", 1, 3),
      ("1e", 1, 3),
      ("1e+", 1, 4), ("0x1", 1, 2), ("1_000", 1, 2), ("NaN", 1, 1), ("Infinity", 1, 1),
      ("-Infinity", 1, 2), ("tru", 1, 1), ("TRUE", 1, 1), ("nul", 1, 1), ("truex", 1, 1),
      ("'a'", 1, 1),
      ("\"a", 1, 1), ("\"\\", 1, 3), ("\"\\x\"", 1, 2), ("\"\\u12\"", 1, 2), ("\"\\uD800\"", 1, 2),
      ("\"\\uDC00\"", 1, 2), ("\"\\uD800\\u0041\"", 1, 2), ("\"\\u00G0\"", 1, 2),
      ("\"a\nb\"", 1, 1),
      ("\"a\tb\"", 1, 3), ("\"\u{1}\"", 1, 2), ("[1] // no", 1, 5), ("/* no */ 1", 1, 1),
      ("# no", 1, 1),
      ("\u{a0}1", 1, 1), ("[\n 1,\n 2,\n]", 3, 3), ("[\"é🌊\",\r\n \"\u{65}\u{301}\", x]", 2, 8),
      ("\u{FEFF}x", 1, 1), ("1\u{FEFF}", 1, 2),
    ])
  func invalid(text: String, line: Int, column: Int) throws {
    let result = parse(text)
    #expect(result.node == nil)
    let issue = try #require(result.issues.first)
    #expect(issue.problem.name == "syntax")
    #expect(issue.position?.description == "t.json:\(line):\(column)")
  }

  @Test(
    "bytes that are not UTF-8 are refused at the first of them",
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xE0, 0x80, 0x80, 0x22],
      [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
      [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82], [0x22, 0x80, 0x22],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) throws {
    let issue = try #require(
      JSONNode.parse(SourceFile(name: "t.json", bytes: bytes)).issues.first)
    #expect(issue.position?.offset == 1)
    #expect(IssueRenderer.message(issue).hasPrefix("expected UTF-8, found the byte 0x"))
  }

  @Test("each name may stand once in an object; each repetition is reported and ignored")
  func duplicates() {
    let result = parse("{\"a\": 1, \"b\": {\"a\": 2, \"\\u0061\": 3}, \"a\": 4}")
    #expect(result.node == ["a": 1, "b": ["a": 2]])
    #expect(result.issues.map { "\($0.pointer)" } == ["/b/a", "/a"])
    #expect(result.issues.map { $0.position?.column } == [24, 38])
    guard case .duplicateKey(let name, let first) = result.issues[1].problem else {
      Issue.record("\(result.issues[1])")
      return
    }
    #expect(name == "a" && first.column == 2)
  }

  @Test("nesting is read up to the limit and refused beyond", arguments: ["[", "{\"a\":"])
  func depth(opening: String) throws {
    func text(_ levels: Int) -> String {
      String(repeating: opening, count: levels) + "1"
        + String(repeating: opening == "[" ? "]" : "}", count: levels)
    }
    #expect(parse(text(64)).issues == [])
    let issue = try #require(parse(text(65)).issues.first)
    #expect(issue.problem == .tooDeep(limit: 64))
    #expect(issue.pointer.tokens.count == 64)
    #expect(issue.position?.offset == 64 * opening.utf8.count)
    #expect(parse(text(100_000)).issues.first?.problem == .tooDeep(limit: 64))
  }

  @Test("a document is read up to the limit of bytes and refused beyond")
  func size() {
    let source = SourceFile(name: "t.json", text: "[1]")
    #expect(JSONNode.parse(source, limits: JSONLimits(bytes: 3)).issues == [])
    #expect(
      JSONNode.parse(source, limits: JSONLimits(bytes: 2)).issues.first?.problem
        == .tooLarge(limit: 2, found: 3))
  }

  @Test("members and elements know where they were written, in scalars")
  func positions() throws {
    let root = try #require(parse("{\"é🌊\": [1,\n  {\"x\": true}]}").node)
    let list = try #require(root.members?.first)
    #expect(list.position?.description == "t.json:1:2")
    #expect(list.value.position?.description == "t.json:1:8")
    #expect(list.value.elements?[1]["x"]?.position?.description == "t.json:2:9")
  }

  @Test("an argument is JSON, or else text")
  func arguments() {
    func read(_ text: String) -> JSONNode { .argument(SourceFile(name: "--set", text: text)) }
    #expect(read("5") == 5)
    #expect(read("\"5\"") == "5")
    #expect(read("[1, 2]") == [1, 2])
    #expect(read("5h") == "5h")
    #expect(read("") == "")
  }
}

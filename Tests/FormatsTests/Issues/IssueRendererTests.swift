import Testing
import WeirFormats

@Suite struct IssueRendererTests {
  private static let source = SourceFile(
    name: "Scenarios/x,y.json", text: "{\n\t\"limti\": \"50% of\"\n}\n")
  private static let issue = ScenarioIssue.unknownField(
    "limti", known: ["limit"], absent: ["limit"], pointer: JSONPointer(["a", "limti"]),
    position: SourcePosition(file: source, offset: 3))

  @Test("text names the place, shows the line with a caret, and suggests")
  func text() {
    #expect(
      IssueRenderer.text(Self.issue) == """
        Scenarios/x,y.json:2:2: /a/limti: unknown field "limti"; there are only "limit"
          \t"limti": "50% of"
          \t^
          did you mean "limit"?

        """)
  }

  @Test("an issue without a place is a line of its own")
  func withoutPlace() {
    let issue = ScenarioIssue(.unusable(reason: "cannot open x.json"), position: nil)
    #expect(IssueRenderer.text([issue, issue]) == "cannot open x.json\ncannot open x.json\n")
    #expect(IssueRenderer.github([issue]) == "::error::cannot open x.json\n")
  }

  @Test("what was changed in the document is told with the mistake")
  func context() {
    var issue = ScenarioIssue(.unusable(reason: "too short"), position: nil)
    issue.context = "at the point horizon=5s"
    #expect(IssueRenderer.text(issue) == "too short (at the point horizon=5s)\n")
    #expect(IssueRenderer.github([issue]) == "::error::too short (at the point horizon=5s)\n")
    #expect(
      IssueRenderer.json([issue]).elements?.first?["context"]?.text == "at the point horizon=5s")
  }

  @Test("GitHub commands escape what GitHub would take apart")
  func github() {
    let rule = ScenarioIssue(
      .rule(expected: "50%\nor: less, more", found: "1"), position: Self.issue.position)
    #expect(
      IssueRenderer.github([Self.issue, rule]) == """
        ::error file=Scenarios/x%2Cy.json,line=2,col=2::/a/limti: unknown field "limti"; there are \
        only "limit"; did you mean "limit"?
        ::error file=Scenarios/x%2Cy.json,line=2,col=2::expected 50%25%0Aor: less, more, found 1

        """)
  }

  @Test("JSON carries the evidence")
  func json() {
    #expect(
      IssueRenderer.json([Self.issue]) == [
        [
          "file": "Scenarios/x,y.json", "line": 2, "column": 2, "pointer": "/a/limti",
          "problem": "unknownField", "message": "unknown field \"limti\"; there are only \"limit\"",
          "suggestion": "limit",
        ]
      ])
  }

  @Test("a long line is cut around the place, and control characters do not reach the terminal")
  func longLine() {
    let text = String(repeating: "x", count: 500) + "\u{1b}" + String(repeating: "y", count: 500)
    let source = SourceFile(name: "t", text: text)
    let issue = ScenarioIssue(
      .syntax(expected: "a", found: "b"), position: SourcePosition(file: source, offset: 500))
    let lines = IssueRenderer.text(issue).split(separator: "\n")
    #expect(
      lines[1] == "  ..." + String(repeating: "x", count: 60) + "?"
        + String(repeating: "y", count: 59) + "...")
    #expect(lines[2] == String(repeating: " ", count: 65) + "^")
  }
}

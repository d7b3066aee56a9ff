import Testing

@testable import WeirReports

@Suite struct MarkdownTextTests {
  @Test(
    "signs of Markdown and HTML lose their meaning",
    arguments: [
      ("plain text, 1.5 %", "plain text, 1.5 %"), ("a*b_c", "a\\*b\\_c"),
      ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"), ("[x](y)", "\\[x\\](y)"),
      ("| # `", "\\| \\# \\`"), ("a\nb\r\u{2028}c", "a b  c"), ("\\", "\\\\"),
    ])
  func escaped(text: String, expected: String) {
    #expect(MarkdownText.escaped(text) == expected)
  }

  @Test(
    "code holds any text on one line",
    arguments: [("weir run", "`weir run`"), ("a`b", "`` a`b ``"), ("a\nb", "`a b`")])
  func code(text: String, expected: String) {
    #expect(MarkdownText.code(text) == expected)
  }
}

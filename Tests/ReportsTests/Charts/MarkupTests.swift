import Testing

@testable import WeirReports

@Suite struct MarkupTests {
  @Test("the five signs of markup are escaped, in texts and in attributes")
  func signs() {
    var markup = Markup()
    markup.element("p", [("title", "\"'<>&")], text: "<script>alert('x' & \"y\")</script>")
    #expect(
      markup.text
        == "<p title=\"&quot;&#39;&lt;&gt;&amp;\">&lt;script&gt;alert(&#39;x&#39; &amp;"
        + " &quot;y&quot;)&lt;/script&gt;</p>")
  }

  @Test("controls and noncharacters are replaced, line feeds and letters of any script stay")
  func controls() {
    #expect(Markup.escaped("a\u{0}\u{1B}[31m\u{9B}b") == "a\u{FFFD}\u{FFFD}[31m\u{FFFD}b")
    let noncharacters = [0xFFFF, 0xFDD0, 0x1FFFE].compactMap { Unicode.Scalar(UInt32($0)) }
    let text = String(String.UnicodeScalarView(noncharacters))
    #expect(Markup.escaped(text) == "\u{FFFD}\u{FFFD}\u{FFFD}")
    let kept = "א\u{202E}ב\tñ\n日本 😀 ± ≤"
    #expect(Markup.escaped(kept) == kept)
  }

  @Test("escaping leaves nothing that opens a tag, whatever the text", arguments: 0..<200)
  func anything(seed: Int) {
    let alphabet = Array("<>&\"'=/!-[]a \u{0}\u{202E}é日")
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    let text = String(
      (0..<40).map { _ in
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return alphabet[Int(state % UInt64(alphabet.count))]
      })
    let escaped = Markup.escaped(text)
    #expect(!escaped.contains { "<>\"'".contains($0) }, "\(text)")
    #expect(unescaped(escaped) == text.replacingControls, "\(text)")
  }

  private func unescaped(_ text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
      .reduce(text) { $0.replacing($1.0, with: $1.1) }
  }
}

extension String {
  fileprivate var replacingControls: String { replacing("\u{0}", with: "\u{FFFD}") }
}

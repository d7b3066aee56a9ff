import Testing

@testable import WeirReports

@Suite struct TextWidthTests {
  @Test("widths are the sums of the advances of DejaVu Sans")
  func sums() {
    // hmtx of DejaVu Sans at 2048 units: "i" 569, "W" 2025, "0" 1303.
    #expect((TextWidth.of("iW0", size: 10) - 10 * (569 + 2025 + 1303) / 2048).magnitude < 0.01)
    #expect(TextWidth.of("", size: 12) == 0)
  }

  @Test("wide scripts are wide, and marks that combine take no room")
  func scripts() {
    #expect(TextWidth.of("日本", size: 10) >= 20)
    #expect(TextWidth.of("e\u{301}", size: 10) == TextWidth.of("e", size: 10))
    #expect(TextWidth.of("\u{202E}", size: 10) == 0)
  }

  @Test("a text that is too wide is cut so that it fits with its ellipsis")
  func shortened() {
    #expect(TextWidth.shortened("short", to: 100, size: 12) == "short")
    for width in stride(from: 15.0, to: 200, by: 9) {
      let text = TextWidth.shortened("a-rather-long-name-of-a-policy", to: width, size: 12)
      #expect(TextWidth.of(text, size: 12) <= width || text == "…")
    }
  }
}

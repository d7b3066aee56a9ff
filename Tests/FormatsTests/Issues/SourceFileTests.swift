import Testing
import WeirFormats

@Suite struct SourceFileTests {
  @Test(
    "lines end with a line feed, and columns count scalars",
    arguments: [
      (0, 1, 1), (1, 1, 2), (2, 1, 3), (4, 1, 4), (8, 1, 5), (9, 1, 6), (10, 2, 1), (11, 2, 2),
      (12, 2, 3),
      (99, 2, 3), (-1, 1, 1),
    ])
  func positions(offset: Int, line: Int, column: Int) {
    let source = SourceFile(name: "t", text: "abé🌊\r\nxy")
    let position = SourcePosition(file: source, offset: offset)
    #expect(position.description == "t:\(line):\(column)")
    #expect(position.lineText == (line == 1 ? "abé🌊" : "xy"))
  }

  @Test("a byte order mark is no column")
  func byteOrderMark() {
    let source = SourceFile(name: "t", text: "\u{FEFF}ab\nc")
    #expect(SourcePosition(file: source, offset: 0).column == 1)
    #expect(SourcePosition(file: source, offset: 4).column == 2)
    #expect(SourcePosition(file: source, offset: 4).lineText == "ab")
    #expect(SourcePosition(file: source, offset: 6).description == "t:2:1")
  }

  @Test("places are the same when file and offset are")
  func equality() {
    let one = SourceFile(name: "a", text: "x")
    let same = SourceFile(name: "a", text: "x")
    #expect(SourcePosition(file: one, offset: 1) == SourcePosition(file: same, offset: 1))
    #expect(SourcePosition(file: one, offset: 1) != SourcePosition(file: one, offset: 0))
    let other = SourceFile(name: "b", text: "x")
    #expect(SourcePosition(file: one, offset: 1) != SourcePosition(file: other, offset: 1))
  }
}

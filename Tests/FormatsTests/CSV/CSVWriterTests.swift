import Testing
import WeirFormats

@Suite struct CSVWriterTests {
  private func written(_ columns: Int, _ write: (inout CSVWriter) -> Void) -> String {
    var writer = CSVWriter(columns: (0..<columns).map { "c\($0)" }, writesHeader: false)
    write(&writer)
    writer.endRow()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("a row holds each kind of cell, and undefined ones are empty")
  func cells() {
    let row = written(12) {
      $0.integer(-5 as Int64)
      $0.integer(UInt64.max)
      $0.integer(nil)
      $0.number(0.1)
      $0.number(1e-5)
      $0.number(.nan)
      $0.number(.infinity)
      $0.number(nil)
      $0.flag(true)
      $0.flag(nil)
      $0.text("plain text")
      $0.empty()
    }
    #expect(row == "-5,18446744073709551615,,0.1,0.00001,,,,true,,plain text,\n")
  }

  @Test(
    "nanoseconds are written as exact seconds",
    arguments: [
      (0, "0"), (1, "0.000000001"), (1_500_000_000, "1.5"), (60_000_000_000, "60"),
      (-250_000_000, "-0.25"),
      (.max, "9223372036.854775807"), (.min, "-9223372036.854775808"), (nil, "\"\""),
    ] as [(Int64?, String)])
  func seconds(nanoseconds: Int64?, text: String) {
    #expect(written(1) { $0.seconds(nanoseconds: nanoseconds) } == text + "\n")
  }

  @Test("the header is the first row, and draining keeps only what follows")
  func drain() {
    var writer = CSVWriter(columns: ["a", "b,c"])
    var text = ""
    writer.drain { text += String(decoding: $0, as: UTF8.self) }
    #expect(text == "a,\"b,c\"\n")
    #expect(writer.bytes.isEmpty)
    writer.integer(1)
    writer.text("x")
    writer.endRow()
    #expect(writer.bytes == Array("1,x\n".utf8))
  }

  @Test("an error of the receiver passes through, and the rows are not sent twice")
  func drainFails() {
    struct Full: Error {}
    var writer = CSVWriter(columns: ["a"])
    #expect(throws: Full.self) { try writer.drain { _ throws(Full) in throw Full() } }
    #expect(writer.bytes.isEmpty)
  }

  @Test("quotes stand only where they must, and texts read back as the same")
  func quoting() throws {
    let texts = [
      "", "a", "a,b", "say \"hi\"", "\"", "\"\"", "two\nlines", "cr\rlf\r\n", " spaces ", "é🌊", "'",
    ]
    var writer = CSVWriter(columns: ["id", "text", "end"])
    for (index, text) in texts.enumerated() {
      writer.integer(index)
      writer.text(text)
      writer.text("x")
      writer.endRow()
    }
    var reader = try CSVReader(SourceFile(name: "t.csv", bytes: writer.bytes))
    let column = try reader.column("text")
    for text in texts {
      let hasRow = try reader.next()
      #expect(hasRow)
      #expect(reader.text(column) == text)
    }
    let hasMore = try reader.next()
    #expect(!hasMore)
    let lines = String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n")
    #expect(
      lines[2] == "1,a,x" && lines[3] == "2,\"a,b\",x" && lines[4] == "3,\"say \"\"hi\"\"\",x")
  }
}

import Testing
import WeirFormats

@testable import WeirLab

@Suite struct RowPrefixTests {
  private func prefixed(_ rows: String) throws -> String {
    let study = try TinyScenario.study()
    var bytes: [UInt8] = []
    Array(rows.utf8).withUnsafeBytes { rows in
      RowPrefix(study.run(3), in: study).eachPiece(of: rows) { bytes += $0 }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("each row begins with the cells that tell its run apart")
  func rows() throws {
    #expect(try prefixed("1,a\n2,\n") == "waterfall,base,1,1,a\nwaterfall,base,1,2,\n")
    #expect(try prefixed("") == "")
  }

  @Test("a line feed within quotes ends no row")
  func quotes() throws {
    #expect(
      try prefixed("\"a\nb\"\"\n\",1\n2\n")
        == "waterfall,base,1,\"a\nb\"\"\n\",1\nwaterfall,base,1,2\n")
  }

  @Test("rows that come in several pieces are all there")
  func pieces() throws {
    let row = String(repeating: "x", count: 999) + "\n"
    let text = try prefixed(String(repeating: row, count: 600))
    #expect(text == String(repeating: "waterfall,base,1," + row, count: 600))
  }
}

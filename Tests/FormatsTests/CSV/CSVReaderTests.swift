import Testing
import WeirFormats

@Suite struct CSVReaderTests {
  private func reader(_ text: String) throws -> CSVReader {
    try CSVReader(SourceFile(name: "t.csv", text: text))
  }

  private func rows(_ text: String) throws -> [[String]] {
    var reader = try reader(text)
    let columns = try reader.header.map { try reader.column($0) }
    var rows: [[String]] = []
    while try reader.next() { rows.append(columns.map { reader.text($0) }) }
    return rows
  }

  @Test(
    "line ends, the last line and the byte order mark may vary",
    arguments: [
      "a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r\n1,2\r\n3,4",
      "\u{FEFF}a,b\n1,2\n3,4", "a,b\n\n1,2\r\n\n3,4\n\n", "\"a\",\"b\"\n\"1\",2\n3,\"4\"",
    ])
  func variants(text: String) throws { #expect(try rows(text) == [["1", "2"], ["3", "4"]]) }

  @Test("quoted cells hold commas, quotes and line ends; empty cells are empty")
  func quoted() throws {
    let text = "a,b,c\n\"x,\"\"y\"\"\n\",,\"\"\n\"\"\"\",\" \",z\n"
    #expect(try rows(text) == [["x,\"y\"\n", "", ""], ["\"", " ", "z"]])
    #expect(try rows("a\n\"\"\nb\n") == [[""], ["b"]])
    #expect(try rows("a,b\n,\n") == [["", ""]])
  }

  @Test(
    "what is not CSV is refused at its place",
    arguments: [
      ("a,b\n1\n", "t.csv:2:1", "expected 2 cells, found 1"),
      ("a,b\n1,2,3\n", "t.csv:2:1", "expected 2 cells, found 3"),
      ("a,b\n1,2\n\n\n\"x\ny\",2,3", "t.csv:5:2", "expected 2 cells, found 3"),
      ("a,b\n1,\"2\n", "t.csv:2:3", "expected a closing quote, found the end of the file"),
      (
        "a,b\n1,\"2\"x\n", "t.csv:2:6",
        "expected a comma or the end of the line after a cell, found text"
      ),
      (
        "a,b\n1,2\"x\n", "t.csv:2:4",
        "expected a comma or the end of the line after a cell, found '\"'"
      ),
      ("a,b\n1,2\rx", "t.csv:2:4", "found a carriage return"),
      ("", "t.csv:1:1", "expected a header row, found the end of the file"),
      ("a,b,a\n", "t.csv:1:5", "expected each name once, found \"a\" again (first at 1:1)"),
    ])
  func malformed(text: String, place: String, message: String) throws {
    let issue = try #require(throws: ScenarioIssue.self) { try rows(text) }
    #expect(issue.position?.description == place)
    #expect(IssueRenderer.message(issue).contains(message))
  }

  @Test("after a mistake the reader goes on with the next line")
  func recovery() throws {
    var reader = try reader("a,b\n1,2\n3\n4,5\rx\n6,\"7\"8\n9,10\n11,\"12\n")
    let first = try reader.column("a")
    var found: [String] = []
    while true {
      do throws(ScenarioIssue) {
        guard try reader.next() else { break }
        found.append(reader.text(first))
      } catch {
        found.append(error.position?.description ?? "")
      }
    }
    #expect(found == ["1", "t.csv:3:1", "t.csv:4:4", "t.csv:5:6", "9", "t.csv:7:4"])
  }

  @Test("a column that is not there is named with the nearest that is")
  func columns() throws {
    let reader = try reader("time_ns,tokens\n")
    #expect(try reader.column("tokens").index == 1)
    #expect(reader.columnIfPresent("token") == nil)
    let issue = try #require(throws: ScenarioIssue.self) { try reader.column("time_n") }
    #expect(issue.suggestion == "\"time_ns\"")
    #expect(issue.problem.name == "missingField")
  }

  @Test("numbers are read exactly")
  func numbers() throws {
    var reader = try reader(
      "n,x\n-12,0.1\n9223372036854775807,1e-7\n12.0,-123456789.125\n,\n0,12345678901234567890\n")
    let (n, x) = (try reader.column("n"), try reader.column("x"))
    var whole: [Int64?] = []
    var numbers: [Double?] = []
    while try reader.next() {
      whole.append(try reader.optionalInteger(n))
      numbers.append(try reader.optionalNumber(x))
    }
    #expect(whole == [-12, .max, 12, nil, 0])
    #expect(numbers == [0.1, 1e-7, -123_456_789.125, nil, 12_345_678_901_234_567_168])
  }

  @Test(
    "numbers of every length are the nearest to their text", arguments: 1...2 as ClosedRange<UInt64>
  )
  func nearest(seed: UInt64) throws {
    var random = FixedSeed(state: seed)
    var writer = CSVWriter(columns: ["x"])
    var texts: [String] = []
    for _ in 0..<1000 {
      let digits = String(random.next() >> UInt64.random(in: 0...63, using: &random))
      let point = Int.random(in: 1...digits.count, using: &random)
      let text = digits.prefix(point) + (point < digits.count ? "." + digits.dropFirst(point) : "")
      texts.append(String(text))
      writer.text(texts.last)
      writer.endRow()
    }
    var reader = try CSVReader(SourceFile(name: "t.csv", bytes: writer.bytes))
    let x = try reader.column("x")
    for text in texts {
      _ = try reader.next()
      let value = try reader.number(x)
      #expect(value == Double(text), "\(text)")
    }
  }

  @Test(
    "a cell that is no number is named by line and column",
    arguments: ["ten", "", "1.5", "0x1", "-", "1e", "nan", "9223372036854775808", "-1"])
  func noNumber(cell: String) throws {
    var reader = try reader("a,n\n1,1\n2,\(cell)\n")
    let column = try reader.column("n")
    _ = try reader.next()
    _ = try reader.next()
    let issue = try #require(throws: ScenarioIssue.self) { try reader.integer(column, in: 0...) }
    #expect(issue.position?.description == "t.csv:3:3")
    #expect(issue.column == "n")
    #expect(
      IssueRenderer.text(issue).hasPrefix(
        "t.csv:3:3: column \"n\": expected a whole number of at least 0, found "))
    if !["1.5", "-1", "9223372036854775808"].contains(cell) {
      #expect(throws: ScenarioIssue.self) { try reader.number(column) }
      #expect(throws: ScenarioIssue.self) { try reader.decimal(column) }
    }
  }

  /// Nanoseconds from GNU `date -u -d … +%s%N`.
  @Test(
    "instants are read to the nanosecond",
    arguments: [
      ("2023-11-16 18:15:46.6805900", 1_700_158_546_680_590_000),
      ("2024-05-10 00:00:00.009930+00:00", 1_715_299_200_009_930_000),
      ("2026-02-01T12:34:56Z", 1_769_949_296_000_000_000), ("1970-01-01T00:00:00", 0),
      ("2026-02-01T12:34:56+01:00", 1_769_945_696_000_000_000),
      ("2026-02-01T12:34:56.5-00:30", 1_769_951_096_500_000_000),
      ("1969-12-31T23:59:59.999999999Z", -1),
    ] as [(String, Int64)])
  func instants(text: String, nanoseconds: Int64) throws {
    var reader = try reader("t\n\(text)\n")
    let column = try reader.column("t")
    _ = try reader.next()
    #expect(try reader.timestamp(column) == nanoseconds)
  }

  @Test(
    "other texts are no instants",
    arguments: [
      "2023-11-16", "2023-11-16 18:15", "2023-02-29 00:00:00", "2023-11-16 24:00:00",
      "2023-11-16 18:15:46.",
      "2023-11-16 18:15:46.1234567890", "2023-11-16 18:15:46+1", "2023-11-16 18:15:46Zx",
      "9999-01-01 00:00:00",
      "1700158546",
    ])
  func noInstants(text: String) throws {
    var reader = try reader("t\n\(text)\n")
    let column = try reader.column("t")
    _ = try reader.next()
    #expect(throws: ScenarioIssue.self) { try reader.timestamp(column) }
  }

  @Test("random bytes are read or refused, never more", arguments: 1...2 as ClosedRange<UInt64>)
  func fuzz(seed: UInt64) {
    var random = FixedSeed(state: seed)
    let alphabet = Array("a1,,\"\"\n\n\r.-é".utf8) + [0, 0xFF]
    for _ in 0..<1000 {
      let count = Int.random(in: 0...40, using: &random)
      let bytes = (0..<count).compactMap { _ in alphabet.randomElement(using: &random) }
      do throws(ScenarioIssue) {
        var reader = try CSVReader(SourceFile(name: "t.csv", bytes: bytes))
        while try reader.next() {
          for name in reader.header {
            #expect(reader.text(try reader.column(name)).utf8.count <= 3 * count)
          }
        }
      } catch {
        #expect((0...count).contains(error.position?.offset ?? -1))
      }
    }
  }
}

/// A reader of CSV that visits each byte once and makes no string unless asked for one.
///
/// Lines end with LF or CRLF, the last one may be unended, blank lines are skipped, a byte order
/// mark at the start too; cells in double quotes may hold commas, line ends and doubled quotes.
/// The first row names the columns. A cell without a byte is empty, which means undefined.
///
/// ```swift
/// var rows = try CSVReader(SourceFile(name: "trace.csv", bytes: bytes))
/// let tokens = try rows.column("tokens")
/// while try rows.next() { total += try rows.integer(tokens, in: 0...) }
/// ```
///
/// Source: RFC 4180.
public struct CSVReader {
  /// The names of the columns.
  public private(set) var header: [String] = []

  /// The file that is read.
  public let source: SourceFile

  let bytes: [UInt8]
  private var offset: Int
  private var cells: [CSVCell] = []
  private var headerOffsets: [Int] = []

  /// Reads the header.
  ///
  /// - Throws: When there is none, or a name stands twice.
  public init(_ source: SourceFile) throws(ScenarioIssue) {
    self.source = source
    bytes = source.bytes
    offset = source.textStart
    guard try scanRow() > 0 else {
      throw ScenarioIssue(
        .syntax(expected: "a header row", found: "the end of the file"), position: position(offset))
    }
    for cell in cells {
      let name = text(cell)
      if let first = header.firstIndex(of: name) {
        throw ScenarioIssue(
          .duplicateKey(name: name, first: position(cells[first].start)),
          position: position(cell.start))
      }
      header.append(name)
      headerOffsets.append(cell.start)
    }
  }

  /// The column called `name`.
  ///
  /// - Throws: When there is none, with the nearest name.
  public func column(_ name: String) throws(ScenarioIssue) -> CSVColumn {
    if let column = columnIfPresent(name) { return column }
    throw ScenarioIssue(
      .missingField(name: name, expected: "a column of that name"),
      position: position(source.textStart),
      suggestion: nearestName(name, in: header).map { JSONWriter.quoted($0) })
  }

  /// The column called `name`, or `nil`.
  public func columnIfPresent(_ name: String) -> CSVColumn? {
    header.firstIndex(of: name).map { CSVColumn(index: $0, name: name) }
  }

  /// Where the header of `column` stands.
  public func headerPosition(of column: CSVColumn) -> SourcePosition {
    position(headerOffsets[column.index])
  }

  /// Moves to the next row; `false` at the end of the file.
  ///
  /// Complexity: one pass over the bytes of the row, without allocation.
  ///
  /// - Throws: When the row has another number of cells than the header, or a quote is misplaced;
  ///   the next call goes on with the line after the mistake.
  public mutating func next() throws(ScenarioIssue) -> Bool {
    let start = offset
    let count: Int
    do throws(ScenarioIssue) {
      count = try scanRow()
    } catch {
      skipLine()
      throw error
    }
    if count == 0 { return false }
    if count != header.count {
      let first = count > 0 && !cells.isEmpty ? cells[0].start : start
      throw ScenarioIssue(
        .syntax(expected: "\(header.count) cells", found: "\(count)"), position: position(first))
    }
    return true
  }

  /// The place of a byte.
  func position(_ offset: Int) -> SourcePosition { SourcePosition(file: source, offset: offset) }

  /// The cell of the current row in a column.
  @inline(__always)
  func cell(_ column: CSVColumn) -> CSVCell { cells[column.index] }

  /// The text of a cell; bytes that are not UTF-8 are replaced.
  func text(_ cell: CSVCell) -> String {
    if !cell.hasDoubledQuotes {
      return String(decoding: bytes[cell.start..<cell.end], as: UTF8.self)
    }
    var plain: [UInt8] = []
    var isSecondQuote = false
    for byte in bytes[cell.start..<cell.end] {
      isSecondQuote = byte == quote && !isSecondQuote
      if !isSecondQuote { plain.append(byte) }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  // MARK: Scanning

  /// Finds the cells of the next row that is not blank; returns their number, 0 at the end.
  private mutating func scanRow() throws(ScenarioIssue) -> Int {
    while offset < bytes.count {
      if bytes[offset] == newline {
        offset += 1
      } else if bytes[offset] == carriageReturn, offset + 1 < bytes.count,
        bytes[offset + 1] == newline
      {
        offset += 2
      } else {
        return try scanCells()
      }
    }
    return 0
  }

  /// Leaves the present line, which cannot be read.
  private mutating func skipLine() {
    while offset < bytes.count, bytes[offset] != newline { offset += 1 }
  }

  private mutating func scanCells() throws(ScenarioIssue) -> Int {
    var count = 0
    var ended = false
    while !ended {
      let isQuoted = offset < bytes.count && bytes[offset] == quote
      let cell = isQuoted ? try quotedCell() : plainCell()
      if count < cells.count { cells[count] = cell } else if header.isEmpty { cells.append(cell) }
      count += 1
      ended = try takeSeparator()
    }
    return count
  }

  /// The bytes up to the next comma, quote, carriage return or line feed.
  private mutating func plainCell() -> CSVCell {
    let start = offset
    offset = bytes.withUnsafeBufferPointer { bytes in
      var place = start
      while place < bytes.count {
        let byte = bytes[place]
        if byte <= UInt8(ascii: ","),
          byte == UInt8(ascii: ",") || byte == newline || byte == carriageReturn || byte == quote
        {
          break
        }
        place += 1
      }
      return place
    }
    return CSVCell(start: start, end: offset, hasDoubledQuotes: false)
  }

  private mutating func quotedCell() throws(ScenarioIssue) -> CSVCell {
    let opening = offset
    var hasDoubledQuotes = false
    offset += 1
    while offset < bytes.count {
      if bytes[offset] == quote {
        if offset + 1 < bytes.count, bytes[offset + 1] == quote {
          hasDoubledQuotes = true
          offset += 1
        } else {
          offset += 1
          return CSVCell(
            start: opening + 1, end: offset - 1, hasDoubledQuotes: hasDoubledQuotes)
        }
      }
      offset += 1
    }
    throw ScenarioIssue(
      .syntax(expected: "a closing quote", found: "the end of the file"),
      position: position(opening))
  }

  /// Steps over a comma or a line end; returns whether the row has ended.
  private mutating func takeSeparator() throws(ScenarioIssue) -> Bool {
    guard offset < bytes.count else { return true }
    switch bytes[offset] {
    case UInt8(ascii: ","):
      offset += 1
      return false
    case newline:
      offset += 1
      return true
    case carriageReturn where offset + 1 < bytes.count && bytes[offset + 1] == newline:
      offset += 2
      return true
    default:
      let byte = bytes[offset]
      let found = byte == carriageReturn ? "a carriage return" : byte == quote ? "'\"'" : "text"
      throw ScenarioIssue(
        .syntax(expected: "a comma or the end of the line after a cell", found: found),
        position: position(offset))
    }
  }
}

/// A column of a file that is read.
@frozen
public struct CSVColumn: Hashable, Sendable {
  /// The number of the column, from 0.
  public let index: Int

  /// Its header.
  public let name: String

  @usableFromInline
  init(index: Int, name: String) {
    self.index = index
    self.name = name
  }
}

/// The bytes of one cell, without its quotes.
struct CSVCell {
  var start: Int
  var end: Int
  var hasDoubledQuotes: Bool
}

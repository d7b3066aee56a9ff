/// Rows of CSV as bytes: UTF-8, line feeds, quotes only where they are needed.
///
/// An empty cell means undefined. Numbers are written as ``NumberText/shortest(_:)`` does; whole
/// numbers and times go digit by digit into the buffer, without a string between.
///
/// Source: RFC 4180, except for its line ends.
public struct CSVWriter: Sendable {
  /// What was written and not yet drained.
  public private(set) var bytes: [UInt8] = []

  /// The headers of the columns.
  public let columns: [String]

  private var cellsInRow = 0

  /// Creates a writer and writes the header row, unless told otherwise.
  public init(columns: [String], writesHeader: Bool = true) {
    precondition(!columns.isEmpty, "a table without columns")
    self.columns = columns
    if writesHeader {
      for column in columns { text(column) }
      endRow()
    }
  }

  /// Writes a whole number.
  public mutating func integer(_ value: Int64) {
    startCell()
    NumberText.appendInteger(value, to: &bytes)
  }

  /// Writes a whole number.
  public mutating func integer(_ value: Int) { integer(Int64(value)) }

  /// Writes a whole number.
  public mutating func integer(_ value: UInt64) {
    startCell()
    NumberText.appendInteger(value, to: &bytes)
  }

  /// Writes a whole number; `nil` is undefined.
  public mutating func integer(_ value: Int64?) {
    if let value { integer(value) } else { empty() }
  }

  /// Writes a number; `nil`, NaN and infinities are undefined.
  public mutating func number(_ value: Double?) {
    startCell()
    if let value, value.isFinite { NumberText.appendShortest(value, to: &bytes) }
  }

  /// Writes a time given in nanoseconds as exact seconds; `nil` is undefined.
  public mutating func seconds(nanoseconds value: Int64?) {
    startCell()
    guard let value else { return }
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    NumberText.appendInteger(whole, to: &bytes)
    if rest > 0 { appendFraction(UInt32(rest)) }
  }

  /// Writes `true` or `false`; `nil` is undefined.
  public mutating func flag(_ value: Bool?) {
    startCell()
    if let value { bytes += (value ? "true" : "false").utf8 }
  }

  /// Writes a text, in quotes when it holds a comma, a quote or a line end; `nil` is undefined.
  public mutating func text(_ value: String?) {
    startCell()
    guard var value else { return }
    value.withUTF8 { text in
      let needsQuotes = text.contains {
        $0 == UInt8(ascii: ",") || $0 == quote || $0 == newline || $0 == carriageReturn
      }
      if needsQuotes { appendQuoted(text) } else { bytes.append(contentsOf: text) }
    }
  }

  /// Writes an undefined cell.
  public mutating func empty() { startCell() }

  /// Ends the row; traps unless it has a cell for each column.
  public mutating func endRow() {
    precondition(
      cellsInRow == columns.count, "\(cellsInRow) cells in a row of \(columns.count) columns")
    let isBlank = columns.count == 1 && (bytes.isEmpty || bytes.last == newline)
    if isBlank { bytes += [quote, quote] }
    bytes.append(newline)
    cellsInRow = 0
  }

  /// Hands the complete rows to `body` and forgets them; the memory is kept for the next rows.
  public mutating func drain<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(cellsInRow == 0, "a row is not ended")
    var failure: Failure?
    bytes.withUnsafeBytes { buffer in
      do throws(Failure) { try body(buffer) } catch { failure = error }
    }
    bytes.removeAll(keepingCapacity: true)
    if let failure { throw failure }
  }

  private mutating func startCell() {
    if cellsInRow > 0 { bytes.append(UInt8(ascii: ",")) }
    cellsInRow += 1
  }

  private mutating func appendFraction(_ billionths: UInt32) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 10) { text in
      text[0] = UInt8(ascii: ".")
      var rest = billionths
      var count = 10
      for place in (1...9).reversed() {
        let tenth = rest / 10
        let digit = UInt8(truncatingIfNeeded: rest &- tenth &* 10)
        text[place] = UInt8(ascii: "0") + digit
        if digit == 0, count == place + 1 { count = place }
        rest = tenth
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[..<count]))
    }
  }

  private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(quote)
    for byte in text {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}

/// The byte of a double quote.
let quote = UInt8(ascii: "\"")

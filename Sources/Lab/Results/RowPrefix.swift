import WeirFormats

/// The cells that tell a run apart, to be put before each of its rows.
struct RowPrefix {
  private let bytes: [UInt8]
  /// Rows are handed on in pieces of about this many bytes.
  private static var pieceSize: Int { 1 << 18 }

  init(_ run: Run, in study: Study) {
    let columns: [TableColumn<Run>] = study.runColumns { $0 }
    var csv = CSVWriter(columns: columns.map(\.column.name), writesHeader: false)
    for column in columns { column.write(run, &csv) }
    csv.endRow()
    bytes = csv.bytes.dropLast() + [UInt8(ascii: ",")]
  }

  /// Hands complete rows of CSV to `body`, each with the prefix, in pieces.
  func eachPiece<Failure: Error>(
    of rows: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var piece: [UInt8] = []
    var start = 0
    while start < rows.count {
      let end = Self.endOfRow(in: rows, from: start)
      piece += bytes
      piece += UnsafeRawBufferPointer(rebasing: rows[start..<end])
      start = end
      if piece.count >= Self.pieceSize || start == rows.count {
        try Self.hand(piece, body)
        piece.removeAll(keepingCapacity: true)
      }
    }
  }

  private static func hand<Failure: Error>(
    _ piece: [UInt8], _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var failure: Failure?
    piece.withUnsafeBytes { bytes in
      do throws(Failure) { try body(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// The place after the line feed that ends a row; one within quotes does not.
  private static func endOfRow(in rows: UnsafeRawBufferPointer, from start: Int) -> Int {
    var isQuoted = false
    for place in start..<rows.count {
      let byte = rows[place]
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { return place + 1 }
    }
    return rows.count
  }
}

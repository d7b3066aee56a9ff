import Foundation

/// A run that is over: its measures, and its rows for each file that grows run by run.
///
/// The rows are CSV without the columns that tell runs apart, which belong to the study: so they
/// serve every study that the run is part of.
struct FinishedRun: Sendable {
  /// The rows of one file.
  struct Rows: Sendable, Equatable {
    /// The name of the file without its ending.
    let table: String
    /// The names of the columns.
    let columns: [String]
    /// Where the rows lie among the bytes.
    let range: Range<Int>
  }

  let measures: RunMeasures
  let rows: [Rows]
  /// The rows of all tables, one after another.
  let bytes: Data

  init(measures: RunMeasures, rows: [Rows], bytes: Data) {
    self.measures = measures
    self.rows = rows
    self.bytes = bytes
  }

  /// What `record` comes to in `tables`, in memory.
  init(_ record: RunRecord, _ tables: [any RunTable]) {
    var bytes = Data()
    rows = FinishedRun.render(record, tables) { bytes.append(contentsOf: $0) }
    measures = RunMeasures(record.result)
    self.bytes = bytes
  }

  /// The rows for the table called `name` with these columns; `nil` when there are none such.
  func rows(of name: String, columns: [String]) -> Rows? {
    rows.first { $0.table == name && $0.columns == columns }
  }

  /// Hands the bytes of rows to `body`.
  func withBytes<Failure: Error>(
    of rows: Rows, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    var failure: Failure?
    bytes.withUnsafeBytes { all in
      do throws(Failure) { try body(UnsafeRawBufferPointer(rebasing: all[rows.range])) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Writes the rows of `record` for `tables` through `write`, in pieces, and says where they lie.
  static func render<Failure: Error>(
    _ record: RunRecord, _ tables: [any RunTable],
    _ write: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) -> [Rows] {
    var rows: [Rows] = []
    var end = 0
    for table in tables {
      let start = end
      try table.writeOwnRows(of: record) { piece throws(Failure) in
        end += piece.count
        try write(piece)
      }
      rows.append(
        Rows(
          table: table.description.name, columns: table.ownColumns(in: record.study),
          range: start..<end))
    }
    return rows
  }
}

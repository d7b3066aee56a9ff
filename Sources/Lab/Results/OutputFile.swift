import Foundation
import WeirFormats

/// A file that is being written, with the digest of what is in it.
///
/// Bytes go to the system as they come; the digest is taken on the way, so that nothing is read
/// back.
final class OutputFile {
  let name: String
  private let file: DescriptorFile
  private var digest = SHA256()
  private(set) var size: Int64 = 0

  /// Creates the file called `name` in `folder`, where none may be.
  convenience init(_ name: String, in folder: String) throws(ResultFailure) {
    try self.init(name, in: folder, flags: O_CREAT | O_EXCL)
  }

  /// Opens a file; with no flags it must be there already, as a device is.
  init(_ name: String, in folder: String, flags: Int32) throws(ResultFailure) {
    self.name = name
    file = try DescriptorFile(folder + "/" + name, flags: flags)
  }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(ResultFailure) {
    try file.write(bytes)
    digest.update(bytes)
    size += Int64(bytes.count)
  }

  /// Appends a text.
  func write(_ text: String) throws(ResultFailure) {
    try Array(text.utf8).withBytes { bytes throws(ResultFailure) in try write(bytes) }
  }

  /// Ends the file.
  func close() throws(ResultFailure) { try file.close() }

  /// The digest of all bytes written.
  var hexadecimalDigest: String { digest.hexadecimalDigest() }
}

extension ResultFailure {
  /// The failure that the system's last call reports.
  static func lastError(at path: String) -> ResultFailure {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }
}

/// A table on its way into a file.
struct TableFile<Row> {
  let table: Table<Row>
  private let file: OutputFile
  private var csv: CSVWriter

  /// Rows are handed to the system in pieces of about this many bytes.
  private static var pieceSize: Int { 1 << 18 }

  init(_ table: Table<Row>, in folder: ResultFolder) throws(ResultFailure) {
    self.table = table
    file = try folder.file(table.description.fileName)
    csv = CSVWriter(columns: table.columns.map { $0.column.name })
  }

  mutating func write(_ row: Row) throws(ResultFailure) {
    table.write(row, to: &csv)
    if csv.bytes.count >= Self.pieceSize { try flush() }
  }

  mutating func flush() throws(ResultFailure) {
    let file = file
    try csv.drain { bytes throws(ResultFailure) in try file.write(bytes) }
  }
}

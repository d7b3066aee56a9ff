import Foundation
import WeirFormats

/// A file that is being written, with the digest of what is in it.
///
/// Bytes go to the system as they come; the digest is taken on the way, so that nothing is read
/// back.
final class OutputFile {
  let name: String
  private let path: String
  private var descriptor: Int32
  private var digest = SHA256()
  private(set) var size: Int64 = 0

  /// Creates the file called `name` in `folder`, where none may be.
  convenience init(_ name: String, in folder: String) throws(ResultFailure) {
    try self.init(name, in: folder, flags: O_CREAT | O_EXCL)
  }

  /// Opens a file; with no flags it must be there already, as a device is.
  init(_ name: String, in folder: String, flags: Int32) throws(ResultFailure) {
    self.name = name
    path = folder + "/" + name
    descriptor = open(path, O_WRONLY | flags, 0o666)
    if descriptor < 0 { throw .lastError(at: path) }
  }

  deinit { if descriptor >= 0 { _ = Foundation.close(descriptor) } }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(ResultFailure) {
    var rest = bytes[...]
    while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
      let written = Foundation.write(descriptor, start, rest.count)
      if written < 0, errno == EINTR { continue }
      if written < 0 { throw .lastError(at: path) }
      rest = rest.dropFirst(written)
    }
    digest.update(bytes)
    size += Int64(bytes.count)
  }

  /// Appends a text.
  func write(_ text: String) throws(ResultFailure) {
    var failure: ResultFailure?
    Array(text.utf8).withUnsafeBytes { bytes in
      do throws(ResultFailure) { try write(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Ends the file; some systems notice only now that there is no room.
  func close() throws(ResultFailure) {
    let open = descriptor
    descriptor = -1
    if Foundation.close(open) != 0 { throw .lastError(at: path) }
  }

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
    csv = CSVWriter(columns: table.columns.map(\.column.name))
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

import Foundation
import WeirFormats

/// The file that keeps a finished run: a line that names it, its rows, and its measures.
///
/// The line has a fixed length, so that rows can be written as they come: format, address, digest
/// of all that follows, the build of Weir, and the length of the last part in bytes. The last part
/// is a document with the measures and the places of the rows.
enum RunRecordFile {
  /// Why a file is not the record of a run that can be used.
  enum Problem: Error, Equatable, Sendable {
    /// There is none.
    case absent
    /// The system does not give it.
    case unreadable(reason: String)
    /// It is not what was written: its bytes do not have the digest that it states.
    case damaged
    /// It is whole, and the record of something else.
    case foreign
    /// It was made by another build of Weir, which may have measured otherwise.
    case otherBuild
    /// It lacks rows for these files.
    case lacks([String])

    /// The problem in words, to follow "is run again:".
    var words: String {
      switch self {
      case .absent: "not run yet"
      case .unreadable(let reason): "its record cannot be read: \(reason)"
      case .damaged: "its record is damaged"
      case .foreign: "its record is that of another run"
      case .otherBuild: "its record was made by another build of Weir"
      case .lacks(let names):
        "its record has no " + names.map { $0 + ".csv" }.joined(separator: ", ")
      }
    }
  }

  /// A file that was read and is whole.
  struct Content: Sendable {
    let address: String
    let build: String
    let digest: String
    let run: FinishedRun
  }

  private static let format = "weir-run-1"
  private static let lengthDigits = 12
  private static let buildDigits = 32
  /// The length of the first line: its five words, each with the byte after it.
  private static let lineLength = format.utf8.count + 64 + 64 + buildDigits + lengthDigits + 5

  // MARK: Writing

  /// Writes the record of a run to a new file at `path`.
  ///
  /// - Returns: What reading the file would give, without reading it: the rows stay on the disk
  ///   until they are asked for.
  static func write(
    _ record: RunRecord, _ tables: [any RunTable], address: String, build: String,
    to path: String
  ) throws(ResultFailure) -> FinishedRun {
    let file = try DescriptorFile(path)
    func write(_ bytes: [UInt8]) throws(ResultFailure) {
      try bytes.withBytes { bytes throws(ResultFailure) in try file.write(bytes) }
    }
    // The first line is known at the end; until then one of the same length holds its place.
    try write(Array(line(address, digest: String(repeating: "0", count: 64), build, 0).utf8))
    var digest = SHA256()
    let rows = try FinishedRun.render(record, tables) { piece throws(ResultFailure) in
      digest.update(piece)
      try file.write(piece)
    }
    let measures = RunMeasures(record.result)
    let document = Array((JSONWriter.compact(document(measures, rows)) + "\n").utf8)
    digest.update(document)
    try write(document)
    let first = line(address, digest: digest.hexadecimalDigest(), build, document.count)
    try file.rewind()
    try write(Array(first.utf8))
    try file.close()
    do throws(MappedFile.Failure) {
      let bytes = try MappedFile(path).bytes.dropFirst(lineLength).dropLast(document.count)
      return FinishedRun(measures: measures, rows: rows, bytes: bytes)
    } catch {
      throw .cannotWrite(path: path, reason: String(cString: strerror(error.code)))
    }
  }

  private static func line(
    _ address: String, digest: String, _ build: String, _ length: Int
  ) -> String {
    let digits = String(length)
    let padding = String(repeating: "0", count: lengthDigits - digits.count)
    return "\(format) \(address) \(digest) \(build) \(padding)\(digits)\n"
  }

  private static func document(_ measures: RunMeasures, _ rows: [FinishedRun.Rows]) -> JSONNode {
    .object([
      ("measures", measures.document),
      (
        "rows",
        .list(
          rows.map { rows in
            .object([
              ("table", .text(rows.table)),
              ("columns", .list(rows.columns.map { .text($0) })),
              ("bytes", .number(rows.range.count)),
            ])
          })
      ),
    ])
  }

  // MARK: Reading

  /// Reads the record at `path`, whose rows stay on the disk until they are asked for.
  ///
  /// Many records may wait for one that takes long, so that none keeps memory for its rows.
  static func read(_ path: String) throws(Problem) -> Content {
    let file: MappedFile
    do throws(MappedFile.Failure) { file = try MappedFile(path) } catch {
      throw error.code == ENOENT
        ? .absent : .unreadable(reason: String(cString: strerror(error.code)))
    }
    defer { file.forget() }
    let data = file.bytes
    guard data.count >= lineLength,
      let first = String(bytes: data.prefix(lineLength), encoding: .utf8)
    else { throw .damaged }
    let words = first.dropLast().split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 5, words[0] == format, first.last == "\n",
      let length = Int(words[4]), length >= 0, length <= data.count - lineLength
    else { throw .damaged }
    let body = data.dropFirst(lineLength)
    var digest = SHA256()
    body.withUnsafeBytes { digest.update($0) }
    guard digest.hexadecimalDigest() == words[2],
      let run = run(body, documentLength: length)
    else { throw .damaged }
    return Content(
      address: String(words[1]), build: String(words[3]), digest: String(words[2]), run: run)
  }

  private static func run(_ body: Data, documentLength length: Int) -> FinishedRun? {
    let text = SourceFile(name: "record", bytes: [UInt8](body.suffix(length)))
    guard let document = JSONNode.parse(text).node,
      let measures = document["measures"].flatMap(RunMeasures.init),
      let entries = document["rows"]?.elements
    else { return nil }
    var end = 0
    var rows: [FinishedRun.Rows] = []
    for entry in entries {
      guard let table = entry["table"]?.text,
        let columns = entry["columns"]?.elements?.compactMap(\.text),
        case .number(let digits)? = entry["bytes"]?.value, let count = Int(digits), count >= 0
      else { return nil }
      rows.append(.init(table: table, columns: columns, range: end..<(end + count)))
      end += count
    }
    guard end == body.count - length else { return nil }
    return FinishedRun(measures: measures, rows: rows, bytes: body.dropLast(length))
  }
}

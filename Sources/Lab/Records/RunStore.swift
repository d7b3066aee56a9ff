import Foundation

/// A folder of the records of finished runs, found by their content alone.
///
/// Records are written aside and renamed into place, so that none is ever half there. Any number of
/// processes may write to one folder at a time: those that make the same run write the same bytes.
struct RunStore: Sendable {
  /// The folder.
  let path: String
  /// The build of Weir whose records count; `nil` for any.
  var build: String? = WeirBuild.fingerprint

  /// The file of the record with an address.
  func place(of address: String) -> String { "\(path)/\(address).run" }

  /// The finished run with an address.
  ///
  /// - Throws: Why it has to be run.
  func find(
    _ address: String, with tables: [any RunTable], in study: Study
  ) throws(RunRecordFile.Problem) -> FinishedRun {
    try content(address, with: tables, in: study).run
  }

  /// The record with an address.
  ///
  /// - Throws: Why it does not serve.
  func content(
    _ address: String, with tables: [any RunTable], in study: Study
  ) throws(RunRecordFile.Problem) -> RunRecordFile.Content {
    let content = try RunRecordFile.read(place(of: address))
    if content.address != address { throw .foreign }
    if let build, content.build != build { throw .otherBuild }
    let missing = content.run.missing(among: tables, in: study)
    if !missing.isEmpty { throw .lacks(missing) }
    return content
  }
}

extension FinishedRun {
  /// The names of those tables for which there are no rows, or others.
  func missing(among tables: [any RunTable], in study: Study) -> [String] {
    tables.filter { table in
      rows(of: table.description.name, columns: table.ownColumns(in: study)) == nil
    }.map { $0.description.name }
  }
}

/// The way into a folder of records: for one process, from any thread.
final class RunStoreWriter: Sendable {
  let store: RunStore
  private let work: WorkPlace

  /// The folder that is open, which is only looked at after its creation.
  private struct WorkPlace: @unchecked Sendable {
    let folder: PartialFolder
  }

  /// Opens the folder, which is made when it is not there.
  init(_ store: RunStore) throws(ResultFailure) {
    self.store = store
    try ResultPath.makeFolder(store.path)
    work = WorkPlace(folder: try PartialFolder(for: "work", in: store.path))
  }

  /// Keeps the record of a run under an address; what was there is replaced.
  ///
  /// - Returns: What is kept.
  @discardableResult
  func keep(
    _ record: RunRecord, _ tables: [any RunTable], at address: String
  ) throws(ResultFailure) -> FinishedRun {
    try replace(store.place(of: address)) { draft throws(ResultFailure) in
      try RunRecordFile.write(
        record, tables, address: address, build: store.build ?? WeirBuild.fingerprint, to: draft)
    }
  }

  /// Removes what is not complete; nothing can be written any more.
  func close() { work.folder.discard() }

  /// Writes a whole file of another kind.
  func write(_ text: String, to name: String) throws(ResultFailure) {
    try replace(store.path + "/" + name) { draft throws(ResultFailure) in
      let slash = draft.lastIndex(of: "/") ?? draft.startIndex
      let file = try OutputFile(String(draft[slash...].dropFirst()), in: String(draft[..<slash]))
      try file.write(text)
      try file.close()
    }
  }

  /// Moves what `write` makes to its place.
  private func replace<Written>(
    _ place: String, _ write: (String) throws(ResultFailure) -> Written
  ) throws(ResultFailure) -> Written {
    let draft = "\(work.folder.path)/\(UUID().uuidString)"
    do throws(ResultFailure) {
      let written = try write(draft)
      if rename(draft, place) != 0 { throw .lastError(at: draft) }
      return written
    } catch {
      unlink(draft)
      throw error
    }
  }
}

import WeirFormats
import WeirLab

/// The files of a folder of results, read and checked one by one.
struct ResultsReader {
  /// The folder.
  let folder: String
  /// How bytes are got.
  let reader: FileReader

  /// Reads the manifest.
  func facts() throws(ResultsFailure) -> ManifestFacts {
    let source = try source("manifest.json")
    do throws(ScenarioIssue) {
      let facts = try ManifestFacts(source)
      guard facts.replications > 0 else {
        throw ScenarioIssue(
          .rule(expected: "at least one complete replication", found: "none"), position: nil)
      }
      return facts
    } catch {
      throw .invalid([error])
    }
  }

  /// The bytes of the manifest.
  func manifest() throws(ResultsFailure) -> [UInt8] { try source("manifest.json").bytes }

  /// Reads a file of the manifest whose digest it checks.
  func source(_ name: String, _ facts: ManifestFacts) throws(ResultsFailure) -> SourceFile {
    let source = try source(name)
    if let file = facts.files.first(where: { $0.name == name }) {
      var digest = SHA256()
      digest.update(source.bytes)
      guard digest.hexadecimalDigest() == file.digest else { throw .altered(path: source.name) }
    }
    return source
  }

  /// Reads a table that a study can be written without; `nothing` where the manifest has none.
  func read<Value>(
    _ name: String, _ facts: ManifestFacts, otherwise nothing: Value,
    _ body: (CSVReader) throws(ScenarioIssue) -> Value
  ) throws(ResultsFailure) -> Value {
    facts.has(name) ? try read(name, facts, body) : nothing
  }

  /// Reads a table of the manifest.
  func read<Value>(
    _ name: String, _ facts: ManifestFacts,
    _ body: (CSVReader) throws(ScenarioIssue) -> Value
  ) throws(ResultsFailure) -> Value {
    let source = try source(name, facts)
    do throws(ScenarioIssue) {
      return try body(try CSVReader(source))
    } catch {
      throw .invalid([error])
    }
  }

  private func source(_ name: String) throws(ResultsFailure) -> SourceFile {
    let path = folder + "/" + name
    do throws(FileReader.Unreadable) {
      return SourceFile(name: path, bytes: try reader.bytes(of: path))
    } catch {
      throw .missing(path: path, reason: error.reason)
    }
  }
}

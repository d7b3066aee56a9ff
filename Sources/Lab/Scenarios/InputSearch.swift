import Foundation
import Synchronization
import WeirFormats

/// Where the files that a scenario names, such as recorded traces, are looked for.
///
/// A path is looked for beside the scenario file that writes it, and then in the folder of traces:
/// the one that the environment variable `WEIR_TRACES` names, otherwise `../shared/traces`. An
/// absolute path is taken as it is. Files packed with gzip are unpacked, whatever their name.
public struct InputSearch: Sendable {
  /// The folder of traces.
  public var traces: String

  /// Creates a search.
  public init(traces: String) { self.traces = traces }

  /// The environment variable that names the folder of traces.
  public static let variable = "WEIR_TRACES"

  /// The search that the environment asks for.
  public static let environment = InputSearch(
    traces: getenv(variable).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
      ?? "../shared/traces")

  /// The files for the scenario at `path`.
  ///
  /// `documents` are the paths of all scenario files that were read, each the name of its source;
  /// `reader` says how bytes are got.
  func files(
    forScenarioAt path: String, documents: [String], reader: FileReader,
    gunzip: Gunzip = .system
  ) -> InputFiles {
    let found = FoundFiles()
    return InputFiles { name, position in
      // A value that was set by an argument stands in no file: it is relative to the scenario.
      let document = position.map(\.file.name).flatMap { documents.contains($0) ? $0 : nil } ?? path
      return found.file(
        at: name, in: places(of: name, namedIn: document), reader: reader, gunzip: gunzip)
    }
  }

  /// The places of a path that `document` writes, in the order of the search.
  func places(of path: String, namedIn document: String) -> [String] {
    if path.hasPrefix("/") { return [path] }
    let folder = document.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let beside = (folder.map(String.init) + [path]).joined(separator: "/")
    return [beside, traces + "/" + path]
  }
}

/// The input files found so far, by place, so that none is read twice.
private final class FoundFiles: Sendable {
  private let files = Mutex<[String: InputFile]>([:])

  func file(
    at path: String, in places: [String], reader: FileReader, gunzip: Gunzip
  ) -> Result<InputFile, InputFiles.Failure> {
    for place in places {
      if let known = files.withLock({ $0[place] }) { return .success(known) }
      do throws(FileReader.Unreadable) {
        let stored = try reader.bytes(of: place)
        let plain = Gunzip.isPacked(stored) ? try gunzip.unpacked(fileAt: place) : stored
        let file = InputFile(
          path: path, source: SourceFile(name: place, bytes: plain), stored: stored)
        files.withLock { $0[place] = file }
        return .success(file)
      } catch {
        if error.isMissing { continue }
        return .failure(.unusable(reason: "\(place): \(error.reason)"))
      }
    }
    return .failure(.missing(searched: places))
  }
}

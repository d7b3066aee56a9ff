import Foundation
import WeirFormats
import WeirLab

/// The scenario files of folders.
enum ScenarioFolder {
  /// The files among `paths`, and those named `.json` in folders among them, in the order of names.
  ///
  /// Schemas are left out, which lie beside scenarios; so is what is hidden.
  static func files(_ paths: [String]) -> [String] {
    paths.flatMap { path -> [String] in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
      else { return [path] }
      let folder = ReportCommand.withoutSlash(path)
      let found = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
      return found.filter { name in
        name.hasSuffix(".json") && !name.split(separator: "/").contains { $0.hasPrefix(".") }
      }.sorted().map { folder + "/" + $0 }.filter { !isSchema($0) }
    }
  }

  /// Whether the file is a JSON Schema.
  static func isSchema(_ path: String) -> Bool {
    guard let bytes = try? FileReader.disk.bytes(of: path),
      let node = JSONNode.parse(SourceFile(name: path, bytes: bytes)).node
    else { return false }
    return node["$schema"]?.text?.contains("json-schema.org") == true
  }
}

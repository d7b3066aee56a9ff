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
      let folder = ResultPath.withoutSlashes(path)
      let found = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
      return found.filter { name in
        name.hasSuffix(".json") && !name.split(separator: "/").contains { $0.hasPrefix(".") }
      }.sorted().map { folder + "/" + $0 }.filter { !isSchema($0) }
    }
  }

  /// The files among `paths`, and the scenarios in folders among them: not the files of plans and
  /// products, which scenarios extend.
  static func scenarios(_ paths: [String]) -> [String] {
    files(paths).filter { path in
      paths.contains(path) || !(document(path).map(ScenarioPart.isOne) ?? false)
    }
  }

  /// Whether the file is a JSON Schema.
  static func isSchema(_ path: String) -> Bool {
    document(path)?["$schema"]?.text?.contains("json-schema.org") == true
  }

  private static func document(_ path: String) -> JSONNode? {
    guard let bytes = try? FileReader.disk.bytes(of: path) else { return nil }
    return JSONNode.parse(SourceFile(name: path, bytes: bytes)).node
  }
}

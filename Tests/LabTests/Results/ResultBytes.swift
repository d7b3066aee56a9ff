import Foundation
import Testing

@testable import WeirLab

/// The bytes of all files in a folder of results, by name; without those that change each time.
func resultBytes(of folder: String?, withProvenance: Bool = false) throws -> [String: Data] {
  let folder = try #require(folder)
  var files: [String: Data] = [:]
  for file in try FileManager.default.contentsOfDirectory(atPath: folder)
  where withProvenance || file != Provenance.fileName {
    files[file] = FileManager.default.contents(atPath: folder + "/" + file)
  }
  return files
}

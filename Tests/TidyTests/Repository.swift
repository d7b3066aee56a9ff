import Foundation

/// The texts of a repository by path, as rules look at them.
struct Repository {
  /// One file: where it is, and its lines.
  struct File {
    let path: String
    let text: String

    var name: String { String(path.split(separator: "/").last ?? "") }
    var isSwift: Bool { path.hasSuffix(".swift") }
    /// Whether it is a long table that programs write and read.
    var isData: Bool { path.hasSuffix(".csv") || path.contains("/Fixtures/") }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The lines with one of these words, with their numbers, from 1.
    ///
    /// Most files have none, which is soon seen.
    func lines(with words: [String]) -> [(number: Int, text: Substring, word: String)] {
      let present = words.filter { text.contains($0) }
      if present.isEmpty { return [] }
      return numberedLines.flatMap { line in
        present.filter { line.text.contains($0) }.map { (line.number, line.text, $0) }
      }
    }

    /// The text of every line with its number, from 1.
    var numberedLines: some Sequence<(number: Int, text: Substring)> {
      lines.enumerated().lazy.map { (number: $0 + 1, text: $1) }
    }
  }

  /// The text files, in the order of their paths.
  let files: [File]
  /// What is at the top, files and folders.
  let top: [String]

  /// A repository of these texts, for samples.
  init(_ texts: [String: String]) {
    files = texts.sorted { $0.key < $1.key }.map { File(path: $0, text: $1) }
    top = Set(texts.keys.map { String($0.prefix { $0 != "/" }) }).sorted()
  }

  /// The repository that this file is in, without what is built.
  static let own = Result { try Repository(at: root) }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../..").standardized.path

  private init(at root: String) throws {
    let manager = FileManager.default
    top = try manager.contentsOfDirectory(atPath: root).filter { !Self.isBuilt($0) }.sorted()
    var files: [File] = []
    for entry in top where entry != ".git" {
      var paths = [entry]
      let inner = manager.enumerator(atPath: "\(root)/\(entry)")
      while let path = inner?.nextObject() as? String {
        if Self.isBuilt(String(path.split(separator: "/").last ?? "")) {
          inner?.skipDescendants()
        } else {
          paths.append("\(entry)/\(path)")
        }
      }
      for path in paths.sorted() {
        // A folder has no text.
        guard let text = try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8) else {
          continue
        }
        files.append(File(path: path, text: text))
      }
    }
    self.files = files
  }

  /// Whether a name is that of something built, which `.gitignore` keeps out.
  private static func isBuilt(_ name: String) -> Bool {
    name.hasPrefix(".build") || ["__pycache__", ".swiftpm", "Package.resolved"].contains(name)
      || name == "provenance.json" || name.hasSuffix(".incomplete")
  }

  /// Whether there is a file or folder at `path`.
  func has(_ path: String) -> Bool {
    files.contains { $0.path == path || $0.path.hasPrefix(path + "/") } || top.contains(path)
  }

  /// The Swift files of the library.
  var sources: [File] { files.filter { $0.isSwift && $0.path.hasPrefix("Sources/") } }
}

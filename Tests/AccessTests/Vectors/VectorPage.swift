import Foundation
import Testing
import WeirAccess
import WeirFormats

/// The table of the documentation that says which vectors were run, and what was left out.
struct VectorPage {
  struct Row: Equatable {
    var cases: Int
    var steps: Int
    var leavesOut: Bool
  }

  private let rows: [String: Row]
  /// The names in code voice of the column that says what was driven.
  let layers: [String]

  static let shared = VectorPage()

  private init() {
    let text = Self.text("../../../Sources/Weir.docc/Reference/LimiterVectors.md")
    var rows: [String: Row] = [:]
    var layers: [String] = []
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 8, let cases = Int(cells[4]), let steps = Int(cells[5]) else { continue }
      rows[cells[1]] = Row(cases: cases, steps: steps, leavesOut: !cells[6].isEmpty)
      let code = cells[3].split(separator: "`", omittingEmptySubsequences: false)
      layers += code.indices.filter { $0 % 2 == 1 }.map { String(code[$0]) }
    }
    self.rows = rows
    self.layers = layers
  }

  /// The row of a run; `nil` when the page does not have it.
  subscript(_ name: String) -> Row? { rows[name] }

  var names: Set<String> { Set(rows.keys) }

  /// The text of a file, by its path from here.
  static func text(_ path: String) -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent(path)
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  /// The names of the files in a folder, by its path from here.
  static func files(_ path: String) -> [String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent(path)
    return (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
  }
}

/// The page against the tests: each run compares its own row, and here both are compared as a whole.
@Suite struct VectorPageTests {
  /// The texts between `opening` and the next quote, in the tests that run vectors.
  private func named(after opening: String) -> Set<String> {
    let texts = VectorPage.files(".").filter { $0.hasSuffix(".swift") && $0 != "VectorPage.swift" }
      .map(VectorPage.text)
    return Set(
      texts.flatMap { text in
        text.components(separatedBy: opening).dropFirst()
          .map { String($0.prefix { $0 != "\"" }) }
      })
  }

  @Test("the page has a row for every run of vectors, and none for what is not run")
  func rows() {
    let runs = named(after: "VectorRun(\"")
    #expect(runs.count >= 37)
    #expect(VectorPage.shared.names == runs)
  }

  @Test("every fixture is run")
  func fixtures() {
    let fixtures = VectorPage.files("../Fixtures").map { String($0.dropLast(".json".count)) }
    #expect(fixtures.count >= 28)
    #expect(Set(fixtures) == named(after: "VectorFile(\""))
  }

  @Test("what the page says was driven is in the catalogue, or a field of it")
  func layers() {
    let known =
      Catalogue.layers.variants.map(\.name) + Catalogue.detectors.variants.map(\.name)
      + ["lease", "countsRefused", "overshoots"]
    #expect(VectorPage.shared.layers.filter { !known.contains($0) }.isEmpty)
    #expect(VectorPage.shared.layers.count > 40)
  }
}

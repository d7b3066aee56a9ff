import Foundation

/// The page of the documentation that says which vectors were run, and what was left out.
package struct VectorPage {
  /// A set of vectors in a table of the page.
  package struct Row: Equatable {
    package var cases: Int
    package var steps: Int
    package var leavesOut: Bool

    package init(cases: Int, steps: Int, leavesOut: Bool) {
      self.cases = cases
      self.steps = steps
      self.leavesOut = leavesOut
    }
  }

  /// The sets that layers were driven with, by name.
  package let runs: [String: Row]
  /// The sets that `weir decide` replays, by name.
  package let replays: [String: Row]
  /// The names in code voice of the column that says what was driven.
  package let layers: [String]

  package static let shared = VectorPage()

  private init() {
    let text = Self.text("../Sources/Weir.docc/Reference/LimiterVectors.md")
    var runs: [String: Row] = [:]
    var replays: [String: Row] = [:]
    var layers: [String] = []
    for line in text.split(separator: "\n") {
      // The text before the first bar and that after the last are no cells.
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .dropFirst().dropLast().map { $0.trimmingCharacters(in: .whitespaces) }
      guard let name = cells.first, let reasons = cells.last, cells.count >= 4,
        let cases = Int(cells[cells.count - 3]), let steps = Int(cells[cells.count - 2])
      else { continue }
      let row = Row(cases: cases, steps: steps, leavesOut: !reasons.isEmpty)
      if cells.count == 4 {
        replays[name] = row
      } else {
        runs[name] = row
        let code = cells[2].split(separator: "`", omittingEmptySubsequences: false)
        layers += code.indices.filter { $0 % 2 == 1 }.map { String(code[$0]) }
      }
    }
    self.runs = runs
    self.replays = replays
    self.layers = layers
  }

  /// The text of a file, by its path from the folder of the tests.
  package static func text(_ path: String) -> String {
    (try? String(contentsOf: tests.appendingPathComponent(path), encoding: .utf8)) ?? ""
  }

  /// The names of the files in a folder, by its path from the folder of the tests.
  package static func files(_ path: String) -> [String] {
    let folder = tests.appendingPathComponent(path).path
    return (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
  }

  private static var tests: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  }
}

import Foundation
import Testing

/// The table of the documentation that says which vectors were run, and what was left out.
struct VectorPage {
  struct Row: Equatable {
    var cases: Int
    var steps: Int
    var leavesOut: Bool
  }

  private let rows: [String: Row]

  static let shared = VectorPage()

  private init() {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Sources/Weir.docc/Reference/LimiterVectors.md")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    var rows: [String: Row] = [:]
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 8, let cases = Int(cells[4]), let steps = Int(cells[5]) else { continue }
      rows[cells[1]] = Row(cases: cases, steps: steps, leavesOut: !cells[6].isEmpty)
    }
    self.rows = rows
  }

  /// The row of a run; `nil` when the page does not have it.
  subscript(_ name: String) -> Row? { rows[name] }

  var names: [String] { rows.keys.sorted() }
}

@Suite struct VectorPageTests {
  @Test("the page has the vectors of the limits")
  func rows() {
    #expect(VectorPage.shared.names.count == 30)
    #expect(VectorPage.shared["token_bucket_bucket4j"]?.steps == 276)
  }
}

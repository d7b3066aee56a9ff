import Testing
import WeirVectors

/// A run of vectors: compares, counts, and says what was left out and why.
final class VectorRun {
  private let name: String
  private var cases = 0
  private var steps = 0
  private var comparisons = 0
  private var skips: [(reason: String, count: Int)] = []
  private var mismatches: [String] = []
  private var place = ""

  init(_ name: String) { self.name = name }

  /// Runs `body` over the steps of every case.
  func each(_ group: VectorGroup, _ body: (VectorCase) -> (VectorFields) -> Void) {
    for vector in group.cases {
      cases += 1
      let step = body(vector)
      for (number, fields) in vector.steps.enumerated() {
        steps += 1
        place = "\(vector.name), step \(number)"
        step(fields)
        for unread in fields.unread.sorted() where unread != "op" {
          mismatches.append("\(place): nobody looked at \(unread)")
        }
      }
    }
  }

  func compare<Value: Equatable>(_ what: String, _ found: Value, _ expected: Value?) {
    guard let expected else { return }
    comparisons += 1
    if found != expected {
      mismatches.append("\(place): \(what) is \(found), expected \(expected)")
    }
  }

  /// Leaves a field or step out, in the open.
  func skip(_ reason: String, _ fields: VectorFields, _ names: String...) {
    guard names.isEmpty || names.contains(where: { fields.has($0) }) else { return }
    for name in names { _ = fields[name] }
    if let index = skips.firstIndex(where: { $0.reason == reason }) {
      skips[index].count += 1
    } else {
      skips.append((reason, 1))
    }
  }

  /// Prints the counts and fails when something differed.
  func finish(cases expectedCases: Int, steps expectedSteps: Int) {
    print("vectors: \(name): \(cases) cases, \(steps) steps, \(comparisons) comparisons")
    for skip in skips { print("vectors: \(name): left out \(skip.count) x \(skip.reason)") }
    #expect(cases == expectedCases)
    #expect(steps == expectedSteps)
    let run = VectorPage.Row(cases: cases, steps: steps, leavesOut: !skips.isEmpty)
    #expect(VectorPage.shared.runs[name] == run, "the row of \(name) in LimiterVectors.md")
    #expect(mismatches.isEmpty, "\(mismatches.prefix(5).joined(separator: "\n"))")
  }
}

import Testing
import WeirVectors

/// What a case of a fixture becomes for `weir decide`.
enum Conversion {
  case replay(Replay)
  /// Rows cannot say it, and why.
  case cannot(String)
}

/// A set of vectors, and how its cases become rows.
struct ReplaySet: CustomTestStringConvertible, Sendable {
  /// The name of the set, as the tables of the documentation have it.
  let name: String
  let fixture: String
  let groups: [Int]
  let convert: @Sendable (VectorCase) throws -> Conversion

  init(
    _ name: String, _ fixture: String, groups: [Int] = [0],
    _ convert: @escaping @Sendable (VectorCase) throws -> Conversion
  ) {
    self.name = name
    self.fixture = fixture
    self.groups = groups
    self.convert = convert
  }

  /// A set of which rows can say nothing, and why.
  static func cannot(
    _ name: String, _ fixture: String, groups: [Int] = [0], _ reason: String
  ) -> ReplaySet {
    ReplaySet(name, fixture, groups: groups) { _ in .cannot(reason) }
  }

  var testDescription: String { name }

  /// Replays every case, prints what was counted, and fails when something differed.
  func run() throws {
    var replayed = VectorPage.Row(cases: 0, steps: 0, leavesOut: false)
    var comparisons = 0
    var reasons: [(text: String, steps: Int)] = []
    var mismatches: [String] = []
    let file = try VectorFile(fixture)
    let cases = groups.flatMap { file.groups[$0].cases }
    for vector in cases {
      var leftOut: [String] = []
      switch try convert(vector) {
      case .cannot(let reason):
        leftOut = Array(repeating: reason, count: vector.steps.count)
      case .replay(let replay):
        leftOut = replay.leftOut
        replayed.cases += 1
        comparisons += replay.comparisons
        mismatches += try replay.mismatches().map { "\(vector.name): \($0)" }
      }
      replayed.steps += vector.steps.count - leftOut.count
      for reason in leftOut {
        if let place = reasons.firstIndex(where: { $0.text == reason }) {
          reasons[place].steps += 1
        } else {
          reasons.append((reason, 1))
        }
      }
    }
    replayed.leavesOut = !reasons.isEmpty
    let steps = cases.reduce(0) { $0 + $1.steps.count }
    print(
      "vectors: through decide: \(name): \(replayed.cases) of \(cases.count) cases,",
      "\(replayed.steps) of \(steps) steps, \(comparisons) compared")
    for reason in reasons {
      print("vectors: through decide: \(name): not \(reason.steps) x \(reason.text)")
    }
    #expect(mismatches.isEmpty, "\(mismatches.prefix(5).joined(separator: "\n"))")
    #expect(
      VectorPage.shared.replays[name] == replayed, "the row of \(name) in LimiterVectors.md")
    #expect(replayed.cases == 0 || comparisons > 0)
  }
}

extension VectorFields {
  /// A number of nanoseconds as a span of a file.
  func span(_ name: String) -> String { "\"\(time(name))ns\"" }
}

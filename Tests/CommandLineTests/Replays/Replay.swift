import WeirFormats
import WeirVectors

@testable import WeirCommandLine

/// A case of a public project as `weir decide` understands it: a policy, rows, and what to expect.
struct Replay {
  /// One row that is asked, with what is expected of its answer.
  private struct Row {
    var cells: [String: String]
    var checks: [(ReplayAnswer) -> String?] = []
  }

  private let layers: [String]
  private let onShortfall: String
  private let plans: [String]
  private let products: [String]
  private var rows: [Row] = []
  /// The steps of the fixture that no row asks, with the reason.
  private(set) var leftOut: [String] = []

  private static let columns = [
    "time_ns", "account", "operation", "cost", "key", "product", "plan", "organisation",
    "layer", "set", "carry",
  ]

  /// A replay against a stack of `layers`, each as it is written in a file.
  init(_ layers: String..., onShortfall: String = "rollback") {
    self.init(layers, onShortfall: onShortfall)
  }

  init(
    _ layers: [String], onShortfall: String = "rollback", plans: [String] = ["default"],
    products: [String] = ["requests"]
  ) {
    self.layers = layers
    self.onShortfall = onShortfall
    self.plans = plans
    self.products = products
  }

  // MARK: Rows

  /// Asks one row; `others` are cells by column.
  mutating func ask(
    _ operation: String, at time: Int64, cost: Int64? = nil, key: String = "",
    _ others: [String: String] = [:]
  ) {
    var cells = [
      "time_ns": "\(time)", "account": "a", "operation": operation,
      "cost": cost.map { "\($0)" } ?? "", "key": key,
    ]
    cells.merge(others) { $1 }
    rows.append(Row(cells: cells))
  }

  /// Sets fields of a layer, such as `limit=20;per=1h`.
  mutating func change(_ layer: String, _ fields: String, carry: String, at time: Int64) {
    ask("limit", at: time, ["layer": layer, "set": fields, "carry": carry])
  }

  /// Expects something of the answer to the last row; nothing when `expected` is `nil`.
  mutating func expect<Value: Equatable>(
    _ what: String, _ expected: Value?, _ found: @escaping (ReplayAnswer) -> Value?
  ) {
    guard let expected, !rows.isEmpty else { return }
    rows[rows.count - 1].checks.append { answer in
      let found = found(answer)
      if found == expected { return nil }
      return "\(what) is \(found.map { "\($0)" } ?? "none"), expected \(expected)"
    }
  }

  /// Expects what follows from several answers.
  mutating func expect(_ what: String, _ holds: Bool) {
    rows[rows.count - 1].checks.append { _ in holds ? nil : "not so: \(what)" }
  }

  /// Leaves a step out, in the open.
  mutating func leaveOut(_ reason: String) { leftOut.append(reason) }

  /// How many things are expected.
  var comparisons: Int { rows.reduce(0) { $0 + $1.checks.count } }

  // MARK: Through the command

  private var policy: String {
    let plans = plans.map { "\"\($0)\": {}" }.joined(separator: ", ")
    let products = products.map { "\"\($0)\"" }.joined(separator: ", ")
    return """
      {"layers": [\(layers.joined(separator: ", "))], "onShortfall": "\(onShortfall)",
       "plans": {\(plans)}, "products": [\(products)]}
      """
  }

  private var requests: String {
    var table = CSVWriter(columns: Self.columns)
    for row in rows {
      for column in Self.columns { table.text(row.cells[column] ?? "") }
      table.endRow()
    }
    return String(decoding: table.bytes, as: UTF8.self)
  }

  /// What `weir decide` answers to the rows so far.
  func answers() throws -> [ReplayAnswer] {
    let folder = try ScratchFolder()
    let words = [
      "decide", "--policy", try folder.file("policy.json", policy),
      "--input", try folder.file("requests.csv", requests),
    ]
    let table = try Self.output(of: words)
    let story = try Self.output(of: words + ["--explain"])
    return try ReplayAnswer.all(table: table, story: story)
  }

  /// What differs from what is expected.
  func mismatches() throws -> [String] {
    let answers = try answers()
    guard answers.count == rows.count else {
      return ["\(answers.count) answers to \(rows.count) rows"]
    }
    return zip(rows, answers).enumerated().flatMap { number, pair in
      pair.0.checks.compactMap { $0(pair.1) }.map { "row \(number + 1): \($0)" }
    }
  }

  private static func output(of words: [String]) throws -> String {
    let captured = CapturedConsole()
    guard captured.run(words) == .success else { throw Refused(message: captured.error) }
    return captured.output
  }

  /// The command did not take the files.
  struct Refused: Error {
    let message: String
  }
}

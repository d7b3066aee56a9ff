import Foundation
import WeirFormats

/// The answer of `weir decide` to one row, and the state of the layers that it tells after it.
struct ReplayAnswer {
  let outcome: String
  let granted: Int64?
  let remaining: Int64?
  /// The wait until a request passes, or is released.
  let wait: Int64?
  let reason: String
  /// The units that each layer paid.
  let shares: [String: Int64]
  /// What is told of each layer, by its name.
  private let states: [String: String]

  var isAdmitted: Bool { outcome == "admit" }
  /// Whether it goes on, at once or after a hold.
  var goesOn: Bool { isAdmitted || outcome == "hold" }

  /// The units left in a layer, as its account sees them; `nil` without a limit.
  func left(in layer: String) -> Int64? {
    states[layer].flatMap { Int64($0.prefix { $0 != " " }) }
  }

  /// The most units that a layer holds, as its account sees them.
  func limit(of layer: String) -> Int64? {
    part(of: layer, after: " of ", until: " left").flatMap { Int64($0) }
  }

  /// The time until a layer is full again, as it is told.
  func reset(of layer: String) -> String {
    part(of: layer, after: "full in ", until: ",") ?? DurationText.text(0)
  }

  /// The time for which a layer would keep one unit more, or until it would let it pass.
  func waitOfOneMore(in layer: String) -> String {
    part(of: layer, after: "kept for ", until: ",")
      ?? part(of: layer, after: "passes in ", until: ",") ?? DurationText.text(0)
  }

  /// The balance of a layer in micro-credits.
  func balance(of layer: String) -> Int64? {
    part(of: layer, after: "balance ", until: " credits").flatMap {
      DecimalText($0)?.scaled(by: 6)
    }
  }

  private func part(of layer: String, after start: String, until end: String) -> String? {
    guard let state = states[layer] else { return nil }
    let rest = state.components(separatedBy: start).dropFirst().first
    return rest?.components(separatedBy: end).first
  }

  // MARK: Reading

  static func all(table: String, story: String) throws -> [ReplayAnswer] {
    var rows = try CSVReader(SourceFile(name: "answers.csv", text: table))
    let lines = story.split(separator: "\n").map(String.init)
    let starts = lines.indices.filter { lines[$0].hasPrefix("row ") } + [lines.endIndex]
    var answers: [ReplayAnswer] = []
    while try rows.next(), answers.count + 1 < starts.count {
      let place = answers.count
      answers.append(try ReplayAnswer(&rows, lines[(starts[place] + 1)..<starts[place + 1]]))
    }
    return answers
  }

  private init(_ rows: inout CSVReader, _ story: ArraySlice<String>) throws {
    outcome = rows.text(try rows.column("outcome"))
    granted = Int64(rows.text(try rows.column("granted")))
    remaining = Int64(rows.text(try rows.column("remaining")))
    wait = Int64(rows.text(try rows.column("retry_after_ns")))
    reason = rows.text(try rows.column("reason"))
    var shares: [String: Int64] = [:]
    for share in rows.text(try rows.column("shares")).split(separator: ";") {
      let sides = share.split(separator: ":")
      shares[String(sides[0])] = Int64(sides[1])
    }
    self.shares = shares
    // "  NAME  ROLE  what it shows"
    var states: [String: String] = [:]
    for line in story {
      let words = line.split(separator: " ", maxSplits: 2)
      states[String(words[0])] = String(words[2].drop { $0 == " " })
    }
    self.states = states
  }
}

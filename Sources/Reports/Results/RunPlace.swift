import WeirFormats

/// Which run a row belongs to.
struct RunPlace: Equatable {
  let policy: Int
  let point: Int
  let replication: Int
}

/// The columns that tell runs apart, of a file that is read.
struct RunPlaceColumns {
  private let policy: CSVColumn
  private let point: CSVColumn
  private let replication: CSVColumn
  private let facts: ManifestFacts

  init(_ rows: CSVReader, _ facts: ManifestFacts) throws(ScenarioIssue) {
    policy = try rows.column("policy")
    point = try rows.column("point")
    replication = try rows.column("replication")
    self.facts = facts
  }

  /// The run of the present row; `nil` for a replication that an interruption left incomplete.
  func place(_ rows: CSVReader) throws(ScenarioIssue) -> RunPlace? {
    let number = try rows.integer(replication, in: 0...)
    guard number < facts.replications else { return nil }
    return RunPlace(
      policy: try rows.place(of: policy, in: facts.policies),
      point: try rows.place(of: point, in: facts.points), replication: Int(number))
  }
}

extension CSVReader {
  /// The place of the cell's text among `names`.
  func place(of column: CSVColumn, in names: [String]) throws(ScenarioIssue) -> Int {
    let name = text(column)
    if let place = names.firstIndex(of: name) { return place }
    throw issue(at: column, expected: "a \(column.name) of the manifest")
  }
}

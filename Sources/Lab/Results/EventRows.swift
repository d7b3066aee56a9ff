import WeirFormats

/// The rows of an event file, which stand run by run.
struct EventRows {
  private(set) var rows: CSVReader
  /// The run of the present row.
  private(set) var run = ""
  /// Whether rows of the present run stand apart from its earlier ones.
  private(set) var isScattered = false
  private var known: Set<String> = []
  private let policy: CSVColumn
  private let point: CSVColumn
  private let replication: CSVColumn

  init(_ source: SourceFile) throws(ScenarioIssue) {
    rows = try CSVReader(source)
    policy = try rows.column("policy")
    point = try rows.column("point")
    replication = try rows.column("replication")
  }

  /// Moves to the next row; `false` at the end.
  mutating func next() throws(ScenarioIssue) -> Bool {
    guard try rows.next() else { return false }
    let number = try rows.integer(replication, in: 0...)
    let id = "\(rows.text(policy))/\(rows.text(point))/\(number)"
    if id != run {
      run = id
      isScattered = !known.insert(id).inserted
    }
    return true
  }

  /// Where the present row stands.
  var position: SourcePosition { rows.position(of: policy) }
}

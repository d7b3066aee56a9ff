import WeirFormats

/// What happened over time at one point: each column of the timeline for each policy.
struct TimelineValues: Sendable {
  /// The intervals, in seconds.
  private(set) var intervals: [(start: Double, end: Double)] = []
  /// The columns of the file that hold numbers.
  let columns: [String]
  /// The values by policy, column and interval, in each replication.
  private var values: [[[[Double?]]]]

  /// The values of a column for a policy: by interval, in each replication; `nil` when the file
  /// has no such column.
  func values(of column: String, policy: Int) -> [[Double?]]? {
    columns.firstIndex(of: column).map { values[policy][$0] }
  }

  /// Nothing, where there is no timeline.
  init(none facts: ManifestFacts) {
    columns = []
    values = Array(repeating: [], count: facts.policies.count)
  }

  /// Reads the rows of `timeline.csv` for one point.
  init(_ rows: CSVReader, _ facts: ManifestFacts, point: Int) throws(ScenarioIssue) {
    var rows = rows
    let places = try RunPlaceColumns(rows, facts)
    let interval = try rows.column("interval")
    let start = try rows.column("start_s")
    let end = try rows.column("end_s")
    // What tells rows apart, the values of swept parameters among it, comes before.
    columns = rows.header.drop { $0 != "end_s" }.dropFirst().map { String($0) }
    let cells = columns.compactMap { rows.columnIfPresent($0) }
    values = Array(repeating: Array(repeating: [], count: cells.count), count: facts.policies.count)
    let nothing = [Double?](repeating: nil, count: facts.replications)
    while try rows.next() {
      guard let place = try places.place(rows), place.point == point else { continue }
      let number = Int(try rows.integer(interval, in: 0...10_000_000))
      if number == intervals.count {
        intervals.append((try rows.number(start), try rows.number(end)))
      }
      for (index, cell) in cells.enumerated() {
        while values[place.policy][index].count <= number {
          values[place.policy][index].append(nothing)
        }
        values[place.policy][index][number][place.replication] = try rows.optionalNumber(cell)
      }
    }
  }
}

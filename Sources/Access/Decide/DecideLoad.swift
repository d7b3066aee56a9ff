import WeirFormats
import WeirKernel

/// The columns with which a row reports the load of the fleet; an empty cell is none of it.
struct DecideLoadColumns {
  static let names = [
    "utilisation", "queue_delay_ns", "queued", "in_service", "completions",
  ]

  private let columns: [CSVColumn?]

  init(_ rows: CSVReader) { columns = Self.names.map { rows.columnIfPresent($0) } }

  func sample(in rows: CSVReader, at now: SimTime) throws(ScenarioIssue) -> LoadSample {
    var sample = LoadSample.idle
    sample.sampledAt = now
    if let column = columns[0], !rows.isEmpty(column) {
      let millionths = try rows.decimal(column).scaled(by: 6)
      guard let millionths, (0...1_000_000).contains(millionths) else {
        throw rows.issue(at: column, expected: "a share from 0 to 1 in millionths")
      }
      sample.utilisationMillionths = millionths
    }
    sample.queueDelay = SimDuration(nanoseconds: try count(1, in: rows))
    sample.queued = try count(2, in: rows)
    sample.inService = try count(3, in: rows)
    sample.completions = try count(4, in: rows)
    return sample
  }

  private func count(_ column: Int, in rows: CSVReader) throws(ScenarioIssue) -> Int64 {
    guard let column = columns[column] else { return 0 }
    return try rows.optionalInteger(column, in: 0...Int64.max) ?? 0
  }
}

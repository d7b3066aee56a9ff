import WeirFormats
import WeirLab
import WeirSimulation

/// A row of `thresholds.csv`: a bound held against what one policy did.
struct ThresholdRow: Sendable {
  let id: String
  let policy: String
  let point: String
  let metric: String
  /// The layer of a metric of layers; empty for those of runs.
  let layer: String
  let population: String
  let statistic: String
  let value: Double?
  let bound: String
  let outcome: ThresholdResult.Outcome
  let reason: String

  /// Reads `thresholds.csv`.
  static func read(_ rows: CSVReader) throws(ScenarioIssue) -> [ThresholdRow] {
    var rows = rows
    let texts = try [
      "id", "policy", "point", "metric", "population", "statistic", "bound", "reason",
    ].map { name throws(ScenarioIssue) in try rows.column(name) }
    let layer = rows.columnIfPresent("layer")
    let value = try rows.column("value")
    let outcome = try rows.column("result")
    var result: [ThresholdRow] = []
    while try rows.next() {
      let cells = texts.map { rows.text($0) }
      guard let found = ThresholdResult.Outcome(rawValue: rows.text(outcome)) else {
        throw rows.issue(at: outcome, expected: "pass, fail or inconclusive")
      }
      result.append(
        ThresholdRow(
          id: cells[0], policy: cells[1], point: cells[2], metric: cells[3],
          layer: layer.map { rows.text($0) } ?? "", population: cells[4],
          statistic: cells[5], value: try rows.optionalNumber(value), bound: cells[6],
          outcome: found, reason: cells[7]))
    }
    return result
  }
}

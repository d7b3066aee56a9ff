import WeirFormats
import WeirLab
import WeirSimulation

/// A row of `comparison.csv`: one metric under one policy at one point.
struct ComparisonRow: Sendable {
  let policy: Int
  let point: Int
  /// Whose values they are, by the name that stands for them in files.
  let population: String
  let metric: Metric
  /// The mean over the replications and half the width of its interval.
  let mean: Double?
  let halfWidth: Double?
  /// The difference from the baseline and half the width of its interval.
  let difference: Double?
  let differenceHalfWidth: Double?
  /// The p-value of the difference, adjusted over the policies.
  let adjustedPValue: Double?
  /// What the difference comes to.
  let verdict: Verdict?
  /// For a tie: the replications that would decide it.
  let replicationsNeeded: Int?
  /// What common random numbers saved.
  let varianceGain: Double?

  /// Reads `comparison.csv`; metrics that this version of Weir does not know are left out.
  static func read(
    _ rows: CSVReader, _ facts: ManifestFacts
  ) throws(ScenarioIssue) -> [ComparisonRow] {
    var rows = rows
    let columns = try Columns(rows)
    var result: [ComparisonRow] = []
    while try rows.next() {
      if let row = try columns.row(rows, facts) { result.append(row) }
    }
    return result
  }

  private struct Columns {
    let policy, point, population, metric, mean, halfWidth, difference: CSVColumn
    let differenceHalfWidth, adjusted, verdict, needed, gain: CSVColumn

    init(_ rows: CSVReader) throws(ScenarioIssue) {
      policy = try rows.column("policy")
      point = try rows.column("point")
      population = try rows.column("population")
      metric = try rows.column("metric")
      mean = try rows.column("mean")
      halfWidth = try rows.column("half_width")
      difference = try rows.column("difference_mean")
      differenceHalfWidth = try rows.column("difference_half_width")
      adjusted = try rows.column("p_value_holm")
      verdict = try rows.column("verdict")
      needed = try rows.column("replications_needed")
      gain = try rows.column("variance_gain")
    }

    func row(
      _ rows: CSVReader, _ facts: ManifestFacts
    ) throws(ScenarioIssue) -> ComparisonRow? {
      guard let known = Metric(rawValue: rows.text(metric)) else { return nil }
      let word = rows.text(verdict)
      let found = Verdict(rawValue: word)
      guard word.isEmpty || found != nil else {
        throw rows.issue(
          at: verdict, expected: Verdict.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return ComparisonRow(
        policy: try rows.place(of: policy, in: facts.policies),
        point: try rows.place(of: point, in: facts.points), population: rows.text(population),
        metric: known,
        mean: try rows.optionalNumber(mean), halfWidth: try rows.optionalNumber(halfWidth),
        difference: try rows.optionalNumber(difference),
        differenceHalfWidth: try rows.optionalNumber(differenceHalfWidth),
        adjustedPValue: try rows.optionalNumber(adjusted), verdict: found,
        replicationsNeeded: try rows.optionalInteger(needed).map { Int($0) },
        varianceGain: try rows.optionalNumber(gain))
    }
  }
}

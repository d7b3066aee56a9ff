import WeirFormats
import WeirLab
import WeirSimulation

/// The value of each metric in each run, and the shares that layers paid.
struct MetricValues: Sendable {
  /// The layers with a share, in the order of the columns.
  let layers: [String]
  private let replications: Int
  private let points: Int
  private var values: [[Double?]]
  private var shares: [[Double?]]
  private var saturated: [Bool]

  private static var sharePrefix: String { BoundedMetric.sharePrefix }

  /// Nothing yet, for the columns of a file.
  init(_ rows: CSVReader, _ facts: ManifestFacts) {
    let runs = facts.policies.count * facts.points.count * facts.replications
    replications = facts.replications
    points = facts.points.count
    layers = rows.header.filter { $0.hasPrefix(Self.sharePrefix) }.map {
      String($0.dropFirst(Self.sharePrefix.count))
    }
    values = Array(
      repeating: Array(repeating: nil, count: runs), count: Metric.allCases.count)
    shares = Array(repeating: Array(repeating: nil, count: runs), count: layers.count)
    saturated = Array(repeating: false, count: runs)
  }

  /// Reads `runs.csv`.
  static func read(
    _ rows: CSVReader, _ facts: ManifestFacts
  ) throws(ScenarioIssue) -> MetricValues {
    var rows = rows
    let places = try RunPlaceColumns(rows, facts)
    let columns = try MetricValues.Columns(rows)
    var values = MetricValues(rows, facts)
    while try rows.next() {
      guard let place = try places.place(rows) else { continue }
      try values.take(rows, columns, at: place)
    }
    return values
  }

  private func run(_ place: RunPlace) -> Int {
    (place.policy * points + place.point) * replications + place.replication
  }

  /// The columns of a file that hold metrics and shares.
  struct Columns {
    let metrics: [(metric: Metric, column: CSVColumn)]
    let shares: [CSVColumn]
    let saturated: CSVColumn

    init(_ rows: CSVReader) throws(ScenarioIssue) {
      metrics = Metric.allCases.compactMap { metric in
        rows.columnIfPresent(metric.name).map { (metric, $0) }
      }
      shares = rows.header.filter { $0.hasPrefix(MetricValues.sharePrefix) }.compactMap {
        rows.columnIfPresent($0)
      }
      saturated = try rows.column("saturated")
    }
  }

  /// Takes the values of the present row.
  mutating func take(
    _ rows: CSVReader, _ columns: Columns, at place: RunPlace
  ) throws(ScenarioIssue) {
    let run = run(place)
    for (metric, column) in columns.metrics {
      values[metric.column][run] = try rows.optionalNumber(column)
    }
    for (index, column) in columns.shares.enumerated() {
      shares[index][run] = try rows.optionalNumber(column)
    }
    saturated[run] = rows.text(columns.saturated) == "true"
  }

  private func runs(_ policy: Int, _ point: Int) -> Range<Int> {
    let first = (policy * points + point) * replications
    return first..<first + replications
  }

  /// The value of a metric in each replication.
  func values(of metric: Metric, policy: Int, point: Int) -> [Double?] {
    Array(values[metric.column][runs(policy, point)])
  }

  /// The share of all paid units that a layer paid, in each replication.
  func shares(ofLayer layer: Int, policy: Int, point: Int) -> [Double?] {
    Array(shares[layer][runs(policy, point)])
  }

  /// How many replications were saturated.
  func saturatedRuns(policy: Int, point: Int) -> Int {
    saturated[runs(policy, point)].filter { $0 }.count
  }
}

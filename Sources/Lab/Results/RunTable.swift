import WeirFormats
import WeirSimulation

/// A run with its result, as it is handed to the files.
struct RunRecord: Sendable {
  let study: Study
  let run: Run
  let result: RunResult
}

/// One thing that a run measured: a row of a file that has many for each run.
struct RunRow<Value> {
  let run: Run
  let value: Value
}

/// A result file that grows run by run, and what it makes of a run.
protocol RunTable: Sendable {
  associatedtype Row

  /// The columns.
  var table: Table<Row> { get }

  /// Hands the rows of a run to `body`, in order.
  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (Row) throws(Failure) -> Void
  ) throws(Failure)
}

extension Table {
  /// The names of the columns that tell runs apart.
  static var runKey: [String] { ["policy", "point", "replication"] }

  /// The columns that tell runs apart.
  static func runColumns(
    _ run: @escaping @Sendable (Row) -> Run
  ) -> [TableColumn<Row>] {
    [
      .text("policy", "The name of the policy.") { run($0).policyName },
      .text("point", "The combination of swept parameters; base when nothing is swept.") {
        run($0).pointName
      },
      .integer("replication", "", "The number of the random world, from 0.") {
        Int64(run($0).replication)
      },
    ]
  }
}

extension Study {
  /// The column of the seed: digits of an integer below 2^64, kept as text since many readers of
  /// tables would round it.
  func seedColumn<Row>() -> TableColumn<Row> {
    let seed = String(scenario.seed)
    return .text(
      "seed", "The root of all samples of the study; with the replication it names the world."
    ) { _ in seed }
  }
}

extension Metric {
  /// The column of the metric in rows of metrics.
  func tableColumn<Row>(
    _ row: @escaping @Sendable (Row) -> MetricRow
  ) -> TableColumn<Row> {
    let definition = definition
    let kind: Column.Kind = definition.isWhole ? .integer : .number
    return TableColumn(
      column: Column(
        name: name, kind: kind, unit: definition.unit, text: definition.text)
    ) { $1.number(row($0)[self]) }
  }
}

/// The text of the column that says whether a run was saturated.
let saturatedText =
  "Whether the backlog grew through the measured time, so that averages over time mean nothing and"
  + " are left empty."

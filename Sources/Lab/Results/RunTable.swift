import WeirFormats
import WeirSimulation

/// A run with its result, as it is handed to the files.
struct RunRecord: Sendable {
  /// The study, narrowed to the point of the run.
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

extension RunTable {
  /// What the file holds.
  var description: TableDescription { table.description }

  /// The names of the columns after those that tell runs apart.
  func ownColumns(in study: Study) -> [String] {
    table.columns.dropFirst(study.runColumnCount).map { $0.column.name }
  }

  /// Hands the rows of a run to `write` as CSV in pieces, without a header and without the columns
  /// that tell runs apart.
  func writeOwnRows<Failure: Error>(
    of record: RunRecord, _ write: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let own = table.columns.dropFirst(record.study.runColumnCount)
    var csv = CSVWriter(columns: own.map { $0.column.name }, writesHeader: false)
    try eachRow(of: record) { row throws(Failure) in
      for column in own { column.write(row, &csv) }
      csv.endRow()
      if csv.bytes.count >= 1 << 18 { try csv.drain(write) }
    }
    try csv.drain(write)
  }
}

extension Table {
  /// The names of the columns that tell runs apart.
  static var runKey: [String] { ["policy", "point", "replication"] }
}

extension Study {
  /// The columns that tell runs apart.
  func runColumns<Row>(_ run: @escaping @Sendable (Row) -> Run) -> [TableColumn<Row>] {
    [.text("policy", "The name of the policy.") { run($0).policyName }]
      + pointColumns { run($0).point }
      + [
        .integer("replication", "", "The number of the random world, from 0.") {
          Int64(run($0).replication)
        }
      ]
  }

  /// How many columns tell runs apart: the first ones of every file that grows run by run.
  var runColumnCount: Int { axes.count + 3 }

  /// The columns that tell points apart: the name, and the value of each axis.
  func pointColumns<Row>(_ point: @escaping @Sendable (Row) -> Int) -> [TableColumn<Row>] {
    let names = points.map(\.name)
    let name = TableColumn<Row>.text(
      "point", "The combination of swept parameters; base when nothing is swept."
    ) { names[point($0)] }
    return [name] + axes.indices.map { axisColumn($0, point) }
  }

  private func axisColumn<Row>(
    _ index: Int, _ point: @escaping @Sendable (Row) -> Int
  ) -> TableColumn<Row> {
    let axis = axes[index]
    let text = "The value that the point sets at \(axis.pointer); empty where it sets none."
    let column = Column(name: axis.name, kind: axis.kind, unit: "", text: text)
    let values = points.map { $0.values[index] }
    let labels = points.map { $0.labels[index] }
    return TableColumn(column: column) { row, csv in
      let place = point(row)
      switch axis.kind {
      case .integer: csv.integer(values[place]?.number.flatMap { Int64(exactly: $0) })
      case .number: csv.number(values[place]?.number)
      case .flag: csv.flag(values[place].map { $0 == true })
      case .text: csv.text(labels[place])
      }
    }
  }

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

extension JSONNode {
  /// The value of a number; `nil` for other values.
  fileprivate var number: Double? {
    if case .number(let text) = value { Double(text) } else { nil }
  }
}

import WeirFormats
import WeirSimulation

/// All result files of a study while its runs come in, one after another.
struct ResultFiles {
  private var study: Study
  private let folder: ResultFolder
  private let provenance = Provenance()
  private let options: StudyOptions
  private var runs: TableFile<RunsTable.Row>
  private var runFiles: [RunFile] = []

  init(_ study: Study, _ options: StudyOptions) throws(ResultFailure) {
    self.study = study
    self.options = options
    let owner = ResultFolder.Owner(name: study.scenario.name, file: study.file.fileName)
    folder = try ResultFolder(
      at: options.folder, owner: owner, replacesOthers: options.replacesOthers)
    runs = try TableFile(RunsTable(study).table, in: folder)
    for table in Self.runTables(study, options) {
      runFiles.append(
        try RunFile(table.description, ownColumns: table.ownColumns(in: study), in: folder))
    }
  }

  /// The files with any number of rows for each run that `options` ask for.
  static func runTables(_ study: Study, _ options: StudyOptions) -> [any RunTable] {
    runTables(study, options.extras)
  }

  /// The files with any number of rows for each run, in the order of the data package.
  static func runTables(_ study: Study, _ extras: StudyPlan.Extras) -> [any RunTable] {
    var tables: [any RunTable] = [
      PopulationsTable(study), TimelineTable(study), UseTable(study), LayersTable(study),
      LatencyTable(study), LorenzTable(study),
    ]
    tables.removeAll { extras.leavesOut.contains($0.description.name) }
    if study.raisesAlarms { tables.append(AlarmsTable(study)) }
    if study.declaresSettlement { tables.append(SettlementTable(study)) }
    if extras.accounts { tables.append(AccountsTable(study)) }
    if extras.intents { tables.append(IntentsTable(study)) }
    guard extras.events else { return tables }
    return tables + [
      DecisionsTable(study), UsageEventsTable(study), MonetizationEventsTable(study),
      BalanceUpdatesTable(study),
    ]
  }

  /// Goes on with more replications of the same study.
  mutating func extend(to study: Study) { self.study = study }

  /// Writes the rows of the next run, which has some for every table that was asked for.
  mutating func write(_ finished: FinishedRun, of run: Run) throws(ResultFailure) {
    try runs.write(.init(study: study.at(run.point), run: run, measures: finished.measures))
    let prefix = RowPrefix(run, in: study)
    for file in runFiles {
      guard
        let rows = finished.rows(of: file.description.name, columns: file.ownColumns)
      else { preconditionFailure("\(run.id) has no rows for \(file.description.name)") }
      try finished.withBytes(of: rows) { bytes throws(ResultFailure) in
        try prefix.eachPiece(of: bytes) { piece throws(ResultFailure) in
          try file.file.write(piece)
        }
      }
    }
  }

  /// Writes what is known only at the end and moves the folder to its place, which is returned.
  mutating func finish(
    _ comparisons: [MetricComparison], _ outcomes: [ThresholdOutcome], runs count: Int,
    _ tally: RunTally, _ precision: PrecisionOutcome?, _ options: StudyOptions
  ) throws(ResultFailure) -> String {
    try runs.flush()
    var tables = [runs.table.description] + runFiles.map(\.description)
    let comparison = ComparisonTable(study).table
    try write(comparisons, comparison)
    let thresholds = ThresholdsTable(study).table
    try write(outcomes, thresholds)
    tables += [comparison.description, thresholds.description]
    let package = DataPackage.document(study, tables)
    try folder.write(JSONWriter.pretty(package), to: DataPackage.fileName)
    let manifest = Manifest.document(
      study, command: options.command, runs: count, precision, files: folder.files)
    try folder.write(JSONWriter.pretty(manifest), to: Manifest.fileName)
    let facts = provenance.document(jobs: options.jobs, reused: tally.reused)
    try folder.write(JSONWriter.pretty(facts), to: Provenance.fileName)
    return try folder.publish(suffix: count == study.count ? "" : Self.incompleteSuffix)
  }

  /// What the name of a folder ends with when a study was interrupted.
  static let incompleteSuffix = ".incomplete"

  private func write<Row>(_ rows: [Row], _ table: Table<Row>) throws(ResultFailure) {
    var file = try TableFile(table, in: folder)
    for row in rows { try file.write(row) }
    try file.flush()
  }
}

/// A file with rows for each run, its header written.
private struct RunFile {
  let description: TableDescription
  let ownColumns: [String]
  let file: OutputFile

  init(
    _ description: TableDescription, ownColumns: [String], in folder: ResultFolder
  ) throws(ResultFailure) {
    self.description = description
    self.ownColumns = ownColumns
    file = try folder.file(description.fileName)
    var header = CSVWriter(columns: description.columns.map(\.name))
    let file = file
    try header.drain { bytes throws(ResultFailure) in try file.write(bytes) }
  }
}

/// The files of results and their columns, for the reference.
public enum ResultReference {
  /// The names of the large tables, which a study can be written without.
  public static let optionalTables = ["usage", "timeline", "latency", "lorenz"]

  /// Every result file of a study, those written on request included.
  public static func tables(of study: Study) -> [TableDescription] {
    let byRun = ResultFiles.runTables(
      study, StudyPlan.Extras(accounts: true, intents: true, events: true))
    return [RunsTable(study).table.description] + byRun.map { $0.description }
      + [ComparisonTable(study).table.description, ThresholdsTable(study).table.description]
  }

  /// The names of all columns of all files.
  static func columnNames(of study: Study) -> Set<String> {
    Set(tables(of: study).flatMap { $0.columns.map(\.name) })
  }
}

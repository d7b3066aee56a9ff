import WeirFormats
import WeirSimulation

/// All result files of a study while its runs come in, one after another.
struct ResultFiles {
  private let study: Study
  private let folder: ResultFolder
  private let provenance = Provenance()
  private var runFiles: [any RunFile] = []

  init(_ study: Study, _ options: StudyOptions) throws(ResultFailure) {
    self.study = study
    let owner = ResultFolder.Owner(name: study.scenario.name, file: study.file.fileName)
    folder = try ResultFolder(
      at: options.folder, owner: owner, replacesOthers: options.replacesOthers)
    let tables = Self.runTables(
      study, writesAccounts: options.writesAccounts, writesEvents: options.writesEvents,
      writesIntents: options.writesIntents)
    for table in tables {
      runFiles.append(try Self.open(table, in: folder))
    }
  }

  /// The files with rows for each run, in the order of the data package.
  static func runTables(
    _ study: Study, writesAccounts: Bool, writesEvents: Bool, writesIntents: Bool
  ) -> [any RunTable] {
    var tables: [any RunTable] = [
      RunsTable(study), PopulationsTable(study), TimelineTable(study), UseTable(study),
      LayersTable(study), LatencyTable(study), LorenzTable(study),
    ]
    if writesAccounts { tables.append(AccountsTable(study)) }
    if writesIntents { tables.append(IntentsTable(study)) }
    guard writesEvents else { return tables }
    return tables + [
      DecisionsTable(study), UsageEventsTable(study), MonetizationEventsTable(study),
      BalanceUpdatesTable(study),
    ]
  }

  private static func open(
    _ table: some RunTable, in folder: ResultFolder
  ) throws(ResultFailure) -> any RunFile {
    try WrittenRunTable(table, in: folder)
  }

  /// The time since the start, in seconds.
  var elapsed: Double { provenance.elapsed }

  /// Writes the rows of the next run.
  mutating func write(_ record: RunRecord) throws(ResultFailure) {
    for index in runFiles.indices { try runFiles[index].write(record) }
  }

  /// Writes what is known only at the end and moves the folder to its place, which is returned.
  func finish(
    _ comparisons: [MetricComparison], _ outcomes: [ThresholdOutcome], runs: Int,
    _ options: StudyOptions
  ) throws(ResultFailure) -> String {
    var tables = runFiles.map(\.description)
    let comparison = ComparisonTable(study).table
    try write(comparisons, comparison)
    let thresholds = ThresholdsTable(study).table
    try write(outcomes, thresholds)
    tables += [comparison.description, thresholds.description]
    let package = DataPackage.document(study, tables)
    try folder.write(JSONWriter.pretty(package), to: DataPackage.fileName)
    let manifest = Manifest.document(
      study, command: options.command, runs: runs, files: folder.files)
    try folder.write(JSONWriter.pretty(manifest), to: Manifest.fileName)
    let facts = provenance.document(jobs: options.jobs)
    try folder.write(JSONWriter.pretty(facts), to: Provenance.fileName)
    return try folder.publish(suffix: runs == study.count ? "" : Self.incompleteSuffix)
  }

  /// What the name of a folder ends with when a study was interrupted.
  static let incompleteSuffix = ".incomplete"

  private func write<Row>(_ rows: [Row], _ table: Table<Row>) throws(ResultFailure) {
    var file = try TableFile(table, in: folder)
    for row in rows { try file.write(row) }
    try file.flush()
  }
}

/// A file with rows for each run.
private protocol RunFile {
  var description: TableDescription { get }
  mutating func write(_ record: RunRecord) throws(ResultFailure)
}

private struct WrittenRunTable<Rows: RunTable>: RunFile {
  let rows: Rows
  var file: TableFile<Rows.Row>

  init(_ rows: Rows, in folder: ResultFolder) throws(ResultFailure) {
    self.rows = rows
    file = try TableFile(rows.table, in: folder)
  }

  var description: TableDescription { rows.table.description }

  mutating func write(_ record: RunRecord) throws(ResultFailure) {
    let rows = rows
    try rows.eachRow(of: record) { row throws(ResultFailure) in try file.write(row) }
    try file.flush()
  }
}

/// The files of results and their columns, for the reference.
public enum ResultReference {
  /// Every result file of a study, those written on request included.
  public static func tables(of study: Study) -> [TableDescription] {
    ResultFiles.runTables(study, writesAccounts: true, writesEvents: true, writesIntents: true)
      .map { $0.description }
      + [ComparisonTable(study).table.description, ThresholdsTable(study).table.description]
  }
}

extension RunTable {
  fileprivate var description: TableDescription { table.description }
}

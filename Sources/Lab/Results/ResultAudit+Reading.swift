import WeirAccess
public import WeirFormats
import WeirKernel

extension ResultAudit {
  /// Audits the event files in the folder of a study's results.
  ///
  /// - Throws: ``AuditFailure`` when a file is missing or is not what Weir writes; what does not
  ///   add up is no failure but a finding.
  public init(folder: String, reader: FileReader = .disk) throws(AuditFailure) {
    func source(_ name: String) throws(AuditFailure) -> SourceFile {
      let path = folder + "/" + name + ".csv"
      do {
        return SourceFile(name: path, bytes: try reader.bytes(of: path))
      } catch {
        throw .missing(path: path, reason: error.reason)
      }
    }
    let usage = try source(UsageEventsTable.name)
    let charges = try source(MonetizationEventsTable.name)
    let updates = try source(BalanceUpdatesTable.name)
    do {
      var study = AuditedStudy()
      try study.readUsage(usage)
      try study.readCharges(charges)
      try study.readUpdates(updates)
      self.init(try study.finish(charges))
    } catch {
      throw .invalid(error)
    }
  }
}

/// Why an audit cannot be made.
public enum AuditFailure: Error, Sendable {
  /// An event file cannot be read; a study writes them on request.
  case missing(path: String, reason: String)
  /// An event file is not what Weir writes.
  case invalid(ScenarioIssue)
}

/// The runs of a study while their event files are read, one file after the other.
private struct AuditedStudy {
  private var places: [String: Int] = [:]
  private var runs: [RunAudit] = []

  mutating func readUsage(_ source: SourceFile) throws(ScenarioIssue) {
    var file = try EventRows(source)
    let columns = try UsageColumns(file.rows)
    while try file.next() {
      let event = try columns.event(file.rows)
      let place = place(of: file.run)
      runs[place].record(event, file)
    }
  }

  mutating func readCharges(_ source: SourceFile) throws(ScenarioIssue) {
    var file = try EventRows(source)
    let columns = try ChargeColumns(file.rows)
    while try file.next() {
      let place = place(of: file.run)
      let event = try columns.event(file.rows, &runs[place].layers)
      runs[place].record(event, file)
    }
  }

  mutating func readUpdates(_ source: SourceFile) throws(ScenarioIssue) {
    var file = try EventRows(source)
    let columns = try UpdateColumns(file.rows)
    while try file.next() {
      let place = place(of: file.run)
      let update = try columns.update(file.rows, &runs[place].layers)
      runs[place].record(update, number: try columns.number(file.rows), file)
    }
  }

  /// Ends the audit of all runs; a debit that was never made is looked up where it was charged.
  func finish(_ charges: SourceFile) throws(ScenarioIssue) -> [AuditedRun] {
    var finished: [AuditedRun] = []
    for run in runs {
      var run = run
      if let charge = run.finish() {
        try run.locateMissingDebit(of: charge, in: charges)
      }
      finished.append(run.summary)
    }
    return finished
  }

  private mutating func place(of id: String) -> Int {
    if let place = places[id] { return place }
    places[id] = runs.count
    runs.append(RunAudit(id))
    return runs.count - 1
  }
}

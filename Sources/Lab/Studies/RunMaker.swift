import WeirSimulation

/// What makes the runs of a study, on any thread: from their records where these serve.
struct RunMaker: Sendable {
  private(set) var study: Study
  let options: StudyOptions
  /// Where records are looked for, in this order.
  let stores: [RunStore]
  /// Where finished runs are kept; nowhere when `nil`.
  let writer: RunStoreWriter?
  /// Whether what is not there is made.
  let makesRuns: Bool

  init(
    study: Study, options: StudyOptions, stores: [RunStore], writer: RunStoreWriter?,
    makesRuns: Bool
  ) {
    self.study = study
    self.options = options
    self.stores = stores
    self.writer = writer
    self.makesRuns = makesRuns
  }

  /// Makes runs as `options` say, which may name a folder of records.
  init(_ study: Study, _ options: StudyOptions) throws(ResultFailure) {
    var writer: RunStoreWriter?
    if let path = options.records { writer = try RunStoreWriter(RunStore(path: path)) }
    self.init(
      study: study, options: options,
      stores: options.runsAgain ? [] : writer.map { [$0.store] } ?? [], writer: writer,
      makesRuns: true)
  }

  /// Makes runs of more replications of the same study.
  mutating func extend(to study: Study) { self.study = study }

  /// What became of a run.
  enum Output: Sendable {
    /// It was done before.
    case reused(FinishedRun)
    /// It was run, because no record served.
    case made(FinishedRun, because: RunRecordFile.Problem)
    /// It broke invariants of Weir.
    case broken([BrokenInvariant])
    /// It was not to be made, and no record served.
    case missing(RunRecordFile.Problem)
    /// Its record cannot be written.
    case unwritable(ResultFailure)
  }

  /// Run number `index`: read or run, and kept.
  func make(_ index: Int) -> Output {
    let run = study.run(index)
    let narrowed = study.at(run.point)
    let tables = ResultFiles.runTables(narrowed, options)
    let address = study.address(of: run)
    var reason = RunRecordFile.Problem.absent
    for store in stores {
      do throws(RunRecordFile.Problem) {
        return .reused(try store.find(address, with: tables, in: narrowed))
      } catch {
        if error != .absent { reason = error }
      }
    }
    guard makesRuns else { return .missing(reason) }
    let result = StudyRunner.result(
      of: index, in: study,
      keeping: EventKeeping(events: options.extras.events, intents: options.extras.intents))
    guard result.broken.isEmpty else { return .broken(result.broken) }
    let record = RunRecord(study: narrowed, run: run, result: result)
    guard let writer else { return .made(FinishedRun(record, tables), because: reason) }
    do throws(ResultFailure) {
      return .made(try writer.keep(record, tables, at: address), because: reason)
    } catch {
      return .unwritable(error)
    }
  }
}

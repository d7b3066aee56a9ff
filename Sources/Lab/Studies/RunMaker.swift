import WeirSimulation

/// What makes the runs of a study, on any thread: from their records where these serve.
struct RunMaker: Sendable {
  let study: Study
  let options: StudyOptions
  /// Where finished runs are kept; nowhere when `nil`.
  let store: RunStoreWriter?

  /// What became of a run.
  enum Output: Sendable {
    /// It was done before.
    case reused(FinishedRun)
    /// It was run, because no record served.
    case made(FinishedRun, because: RunRecordFile.Problem)
    /// It broke invariants of Weir.
    case broken([BrokenInvariant])
    /// Its record cannot be written.
    case unwritable(ResultFailure)

    /// The run when it is done.
    var finished: FinishedRun? {
      switch self {
      case .reused(let run), .made(let run, _): run
      case .broken, .unwritable: nil
      }
    }
  }

  /// Run number `index`: read or run, and kept.
  func make(_ index: Int) -> Output {
    let run = study.run(index)
    let narrowed = study.at(run.point)
    let tables = ResultFiles.runTables(narrowed, options)
    let address = study.address(of: run)
    var reason = RunRecordFile.Problem.absent
    if let store, !options.runsAgain {
      do throws(RunRecordFile.Problem) {
        return .reused(try store.store.find(address, with: tables, in: narrowed))
      } catch {
        reason = error
      }
    }
    let result = StudyRunner.result(
      of: index, in: study, keepsEvents: options.writesEvents,
      keepsIntents: options.writesIntents)
    guard result.broken.isEmpty else { return .broken(result.broken) }
    let record = RunRecord(study: narrowed, run: run, result: result)
    guard let store else { return .made(FinishedRun(record, tables), because: reason) }
    do throws(ResultFailure) {
      try store.keep(record, tables, at: address)
    } catch {
      return .unwritable(error)
    }
    do throws(RunRecordFile.Problem) {
      return .made(try store.store.find(address, with: tables, in: narrowed), because: reason)
    } catch {
      // What was written a moment ago is not what is there.
      return .unwritable(
        .cannotWrite(path: store.store.place(of: address), reason: error.words))
    }
  }
}

import WeirSimulation

/// Carries out studies.
public enum StudyRunner {
  /// Runs all runs of `study`, writes its results and folds them into comparisons.
  ///
  /// Results do not depend on the number of threads, nor on which runs were done before: each run
  /// is a value of its own, and runs are folded in their order.
  ///
  /// - Parameters:
  ///   - study: What to run.
  ///   - options: How to run it.
  ///   - cancellation: When it comes, the runs done so far are written to a folder of their own,
  ///     whose name ends with `.incomplete`.
  ///   - progress: Called after each run, on the calling thread.
  ///   - failed: Called as soon as a run broke invariants, on the calling thread. Where records are
  ///     kept, the other runs are still made.
  /// - Throws: ``StudyFailure``; an earlier folder of results is then as it was.
  public static func run(
    _ study: Study, _ options: StudyOptions, cancellation: Cancellation = Cancellation(),
    progress: (StudyProgress) -> Void = { _ in }, failed: (RunFailure) -> Void = { _ in }
  ) throws(StudyFailure) -> StudyOutcome {
    let files = try writing { () throws(ResultFailure) in try ResultFiles(study, options) }
    let maker = try writing { () throws(ResultFailure) in try RunMaker(study, options) }
    return try run(maker, files, cancellation, progress: progress, failed: failed)
  }

  /// Writes the results of runs that come from `maker`.
  static func run(
    _ maker: RunMaker, _ files: ResultFiles, _ cancellation: Cancellation = Cancellation(),
    progress: (StudyProgress) -> Void = { _ in }, failed: (RunFailure) -> Void = { _ in }
  ) throws(StudyFailure) -> StudyOutcome {
    let options = maker.options
    let writer = maker.writer
    defer { writer?.close() }
    var (maker, files) = (maker, files)
    var summary = StudySummary(maker.study)
    var tally = RunTally()
    let started = Provenance()
    let batch = maker.study.replications
    var done = 0
    var precision: PrecisionOutcome?
    while true {
      let study = maker.study
      let before = done
      done += try make(
        Array(before..<study.count), maker, cancellation, &tally, failed,
        progress: { arrived, run, tally in
          progress(
            StudyProgress(
              done: before + arrived, total: study.count, reused: tally.reused,
              elapsed: started.elapsed, run: run))
        },
        consume: { finished, run throws(ResultFailure) in
          try files.write(finished, of: run)
          summary.add(finished.measures, of: run)
        })
      precision = nil
      guard done == study.count, let wish = options.precision else { break }
      let shortfall = wish.shortfall(in: summary)
      precision = PrecisionOutcome(precision: wish, batch: batch, shortfall: shortfall)
      guard shortfall != nil, let next = wish.next(after: study.replications, batch: batch) else {
        break
      }
      let extended = study.with(replications: next)
      maker.extend(to: extended)
      files.extend(to: extended)
      summary.extend(to: extended)
    }
    return try finish(&files, summary, done, tally, precision, options)
  }

  /// Folds the runs and moves the results to their place.
  private static func finish(
    _ files: inout ResultFiles, _ summary: StudySummary, _ done: Int, _ tally: RunTally,
    _ precision: PrecisionOutcome?, _ options: StudyOptions
  ) throws(StudyFailure) -> StudyOutcome {
    let (comparisons, thresholds) = (summary.comparisons(), summary.thresholdOutcomes())
    var folder: String?
    if done > 0 {
      do throws(ResultFailure) {
        folder = try files.finish(
          comparisons, thresholds, runs: done, tally, precision, options)
      } catch {
        throw .results(error)
      }
    }
    return StudyOutcome(
      summary: summary, comparisons: comparisons, thresholds: thresholds, folder: folder,
      isComplete: done == summary.study.count, tally: tally, precision: precision)
  }

  /// Makes some runs of `study` and keeps their records, without results.
  ///
  /// `runs` are their numbers, in the order in which they are begun; `options` name the folder of
  /// records.
  ///
  /// - Returns: How the runs came about, and whether all of them are there.
  public static func keep(
    _ runs: [Int], of study: Study, _ options: StudyOptions,
    cancellation: Cancellation = Cancellation(), progress: (StudyProgress) -> Void = { _ in },
    failed: (RunFailure) -> Void = { _ in }
  ) throws(StudyFailure) -> (tally: RunTally, isComplete: Bool) {
    let started = Provenance()
    let maker = try writing { () throws(ResultFailure) in try RunMaker(study, options) }
    defer { maker.writer?.close() }
    var tally = RunTally()
    let done = try make(
      runs, maker, cancellation, &tally, failed,
      progress: { done, run, tally in
        progress(
          StudyProgress(
            done: done, total: runs.count, reused: tally.reused, elapsed: started.elapsed,
            run: run))
      }, consume: { _, _ throws(ResultFailure) in })
    return (tally, done == runs.count)
  }

  /// Makes the runs of one shard of `study`, with what ``StudyMerge`` needs to put them together.
  ///
  /// The folder of records of `options` is that of the shard; `command` makes it again.
  ///
  /// - Returns: How the runs came about, and whether all of them are there.
  public static func keep(
    _ shard: Shard, of study: Study, _ options: StudyOptions, command: String,
    cancellation: Cancellation = Cancellation(), progress: (StudyProgress) -> Void = { _ in },
    failed: (RunFailure) -> Void = { _ in }
  ) throws(StudyFailure) -> (tally: RunTally, isComplete: Bool) {
    precondition(options.records != nil, "a shard without a folder of records")
    let plan = StudyPlan(study, extras: options.extras)
    try writing { () throws(ResultFailure) in
      try ShardFolder.open(
        options.records ?? "", plan, shard, command: command,
        replacesOthers: options.replacesOthers)
    }
    return try keep(
      shard.runs(of: study.count), of: study, options, cancellation: cancellation,
      progress: progress, failed: failed)
  }

  /// Makes runs by their numbers on all threads, and hands those without a gap to `consume`.
  ///
  /// How they came about is added to `tally`.
  ///
  /// - Returns: How many were consumed.
  static func make(
    _ runs: [Int], _ maker: RunMaker, _ cancellation: Cancellation, _ tally: inout RunTally,
    _ failed: (RunFailure) -> Void, progress: (Int, Run, RunTally) -> Void,
    consume: (FinishedRun, Run) throws(ResultFailure) -> Void
  ) throws(StudyFailure) -> Int {
    let study = maker.study
    let jobs = maker.options.jobs
    let isInMemory = maker.writer == nil && maker.makesRuns
    var arrivals = 0
    // Records lie on the disk, so that many of them may wait for one that takes long.
    let runner = OrderedRunner(
      jobs: jobs, window: isInMemory ? nil : 64 * jobs)
    let done = try runner.run(
      count: runs.count, cancellation: cancellation,
      arrived: { index, output in
        let run = study.run(runs[index])
        tally.add(output, of: run)
        arrivals += 1
        if case .broken(let invariants) = output {
          failed(RunFailure(run: run, invariants: invariants))
        }
        progress(arrivals, run, tally)
      },
      produce: { maker.make(runs[$0]) },
      consume: { index, output throws(StudyFailure) in
        let run = study.run(runs[index])
        switch output {
        case .reused(let finished), .made(let finished, _):
          guard tally.failed.isEmpty else { return }
          try writing { () throws(ResultFailure) in try consume(finished, run) }
        case .broken(let invariants):
          if isInMemory { throw .broken(run: run, invariants: invariants) }
        case .missing(let problem):
          throw .results(
            .cannotWrite(
              path: maker.options.folder, reason: "\(run.id) is gone: \(problem.words)"))
        case .unwritable(let failure): throw .results(failure)
        }
      })
    if let first = tally.failed.min(by: { $0.run.index < $1.run.index }) {
      throw .broken(run: first.run, invariants: first.invariants)
    }
    return done
  }

  /// What run number `index` measured, without what would mean nothing.
  static func result(
    of index: Int, in study: Study, keeping: EventKeeping = EventKeeping()
  ) -> RunResult {
    let run = study.run(index)
    let scenario = study.points[run.point].scenario
    var world = World(
      scenario.setting, scenario.policies[run.policy],
      replication: study.samples(ofReplication: run.replication), keeping: keeping)
    var result = world.run()
    result.dropSteadyState()
    return result
  }

  /// Does something whose failure is one of the study.
  static func writing<Value>(
    _ body: () throws(ResultFailure) -> Value
  ) throws(StudyFailure) -> Value {
    do throws(ResultFailure) { return try body() } catch { throw .results(error) }
  }
}

extension RunResult {
  /// Empties the averages over time of a run whose backlog grew without end.
  ///
  /// They would only say how long the run was.
  mutating func dropSteadyState() {
    guard isSaturated else { return }
    for metric in Metric.allCases where metric.definition.isSteadyState {
      metrics[metric] = nil
      unlabelled?[metric] = nil
      for index in populations.indices { populations[index][metric] = nil }
    }
  }
}

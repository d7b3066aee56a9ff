import WeirSimulation

/// Carries out studies.
public enum StudyRunner {
  /// Runs all runs of `study`, writes its results and folds them into comparisons.
  ///
  /// Results do not depend on the number of threads: each run is a value of its own, and runs are
  /// folded in their order.
  ///
  /// - Parameters:
  ///   - study: What to run.
  ///   - options: How to run it.
  ///   - cancellation: When it comes, the runs done so far are written to a folder of their own,
  ///     whose name ends with `.incomplete`.
  ///   - progress: Called after each run, on the calling thread.
  /// - Throws: ``StudyFailure``; an earlier folder of results is then as it was.
  public static func run(
    _ study: Study, _ options: StudyOptions, cancellation: Cancellation = Cancellation(),
    progress: (StudyProgress) -> Void = { _ in }
  ) throws(StudyFailure) -> StudyOutcome {
    let files = try writing { () throws(ResultFailure) in try ResultFiles(study, options) }
    var summary = StudySummary(study)
    var stories: [RunStory] = []
    let done = try OrderedRunner(jobs: options.jobs).run(
      count: study.count, cancellation: cancellation,
      produce: { result(of: $0, in: study, keeping: options.keeping(for: study.run($0))) }
    ) { index, result throws(StudyFailure) in
      let run = study.run(index)
      guard result.broken.isEmpty else { throw .broken(run: run, invariants: result.broken) }
      let record = RunRecord(study: study.at(run.point), run: run, result: result)
      try writing { () throws(ResultFailure) in try files.write(record) }
      summary.add(result, of: run)
      if let story = result.events?.story { stories.append(RunStory(run: run, story: story)) }
      progress(
        StudyProgress(done: index + 1, total: study.count, elapsed: files.elapsed, run: run))
    }
    let (comparisons, thresholds) = (summary.comparisons(), summary.thresholdOutcomes())
    let folder =
      done == 0
      ? nil
      : try writing { () throws(ResultFailure) in
        try files.finish(comparisons, thresholds, runs: done, options)
      }
    return StudyOutcome(
      summary: summary, comparisons: comparisons, thresholds: thresholds, stories: stories,
      folder: folder, isComplete: done == study.count)
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

  private static func writing<Value>(
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
      for index in populations.indices { populations[index][metric] = nil }
    }
  }
}

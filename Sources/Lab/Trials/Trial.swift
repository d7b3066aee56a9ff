import WeirSimulation

/// A study carried out in memory: what it measured, and no files.
///
/// It is how thresholds are tested and how a search looks at a load: only metrics are kept.
public struct Trial: Sendable {
  /// The metrics of all runs; after a cancellation those of the first ones.
  public let summary: StudySummary
  /// Whether every run was done.
  public let isComplete: Bool

  /// Runs all runs of `study` on `jobs` threads, which change no number.
  ///
  /// `progress` is called after each run, on the calling thread.
  ///
  /// - Throws: ``StudyFailure/broken(run:invariants:)`` when a run breaks an invariant of Weir.
  public init(
    _ study: Study, jobs: Int, cancellation: Cancellation = Cancellation(),
    progress: (Run) -> Void = { _ in }
  ) throws(StudyFailure) {
    var summary = StudySummary(study)
    let done = try OrderedRunner(jobs: jobs).run(
      count: study.count, cancellation: cancellation,
      produce: { StudyRunner.result(of: $0, in: study) }
    ) { index, result throws(StudyFailure) in
      let run = study.run(index)
      guard result.broken.isEmpty else { throw .broken(run: run, invariants: result.broken) }
      summary.add(result, of: run)
      progress(run)
    }
    self.summary = summary
    isComplete = done == study.count
  }

  /// Every threshold of the scenario, held against what was measured.
  public var thresholds: [ThresholdOutcome] { summary.thresholdOutcomes() }
}

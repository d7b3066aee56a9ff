/// Carries out studies.
public enum StudyRunner {
  /// Runs all runs of `study`, writes its results and folds them into comparisons.
  ///
  /// - Parameters:
  ///   - cancellation: When it comes, complete replications are written to a folder of their own.
  ///   - progress: Called after each run, on the calling thread.
  /// - Throws: ``StudyFailure``; an earlier folder of results is then as it was.
  public static func run(
    _ study: Study, _ options: StudyOptions, cancellation: Cancellation = Cancellation(),
    progress: (StudyProgress) -> Void = { _ in }
  ) throws(StudyFailure) -> StudyOutcome {
    preconditionFailure("results are not written yet")
  }
}

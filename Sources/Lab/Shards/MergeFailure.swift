/// Why shards cannot be put together.
public enum MergeFailure: Error, Sendable {
  /// No folder has a plan; why each has none.
  case noPlan([String])
  /// A plan cannot be read, for a reason in words.
  case invalidPlan(folder: String, reason: String)
  /// The scenario of the plan cannot be read.
  case scenario(ScenarioFailure)
  /// Two folders have the plans of different studies.
  case otherPlans(String, String)
  /// Runs are not there; the commands make them.
  case missing([MissingRun], of: Int, commands: [String])
  /// A run was made twice, by one version of Weir, and came out differently: a fault of Weir.
  case contradiction(run: Run, places: [String])
  /// The results cannot be written.
  case study(StudyFailure)

  init(_ problem: StudyPlan.Problem, folder: String) {
    switch problem {
    case .noPlan: self = .invalidPlan(folder: folder, reason: "it is not the plan of a study")
    case .otherVersion(let version):
      self = .invalidPlan(
        folder: folder,
        reason: "version \(version) of Weir made it, and this is \(WeirVersion.current)")
    case .scenario(let failure): self = .scenario(failure)
    case .changed:
      self = .invalidPlan(
        folder: folder,
        reason: "it comes to other runs here: a file that its scenario names has changed")
    }
  }
}

/// A run that a plan asks for and that is not there.
public struct MissingRun: Sendable, Equatable {
  /// The run.
  public let run: Run
  /// Why it does not count as there, in words.
  public let reason: String
}

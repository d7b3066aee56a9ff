public import WeirAccess
public import WeirSimulation

/// What happened to one account in one run.
public struct RunStory: Sendable {
  /// The run.
  public let run: Run
  /// What happened.
  public let story: AccountStory

  /// The stories of one account under each policy, in the first replication at the first point.
  ///
  /// The runs are made for this, again where they were made before: a run is the same each time,
  /// and a kept record has no story.
  public static func stories(of account: AccountIndex, in study: Study) -> [RunStory] {
    (0..<study.scenario.policies.count).compactMap { policy in
      let run = study.run(policy)
      let result = StudyRunner.result(
        of: run.index, in: study, keeping: EventKeeping(storyOf: account))
      return result.events?.story.map { RunStory(run: run, story: $0) }
    }
  }
}

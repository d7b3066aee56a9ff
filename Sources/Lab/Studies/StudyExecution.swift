public import WeirAccess
public import WeirSimulation

/// How a study is carried out, none of which changes a byte of its results.
public struct StudyOptions: Sendable {
  /// The number of threads.
  public var jobs: Int
  /// The folder of the results.
  public var folder: String
  /// Whether a folder of another study may be replaced.
  public var replacesOthers: Bool
  /// Whether `accounts.csv` is written.
  public var writesAccounts: Bool
  /// Whether the files with one row for each event are written.
  ///
  /// The events of a run are in memory until it is written; up to twice as many runs as threads.
  public var writesEvents: Bool
  /// Whether `intents.csv` is written, from which the runs can be replayed.
  public var writesIntents: Bool
  /// The account whose story is told, of the first replication at the first point; `nil` for none.
  public var tracedAccount: AccountIndex?
  /// The command that repeats the study, for the manifest.
  public var command: String

  /// Creates options; the command is by default made from the file and its overrides.
  public init(
    jobs: Int, folder: String, replacesOthers: Bool = false, writesAccounts: Bool = false,
    writesEvents: Bool = false, writesIntents: Bool = false, tracedAccount: AccountIndex? = nil,
    command: String? = nil, for study: Study
  ) {
    self.jobs = jobs
    self.folder = folder
    self.replacesOthers = replacesOthers
    self.writesAccounts = writesAccounts
    self.writesEvents = writesEvents
    self.writesIntents = writesIntents
    self.tracedAccount = tracedAccount
    self.command = command ?? study.file.command
  }

  /// What `run` writes down event by event.
  func keeping(for run: Run) -> EventKeeping {
    EventKeeping(
      events: writesEvents, intents: writesIntents,
      storyOf: run.replication == 0 && run.point == 0 ? tracedAccount : nil)
  }
}

/// How far a study has come.
public struct StudyProgress: Sendable {
  /// Runs whose results are written.
  public let done: Int
  /// All runs.
  public let total: Int
  /// The time since the start, in seconds.
  public let elapsed: Double
  /// The run that was written last.
  public let run: Run

  /// Runs written in a second.
  public var rate: Double { elapsed > 0 ? Double(done) / elapsed : 0 }
  /// The time left at this rate, in seconds.
  public var remaining: Double { rate > 0 ? Double(total - done) / rate : 0 }
}

/// What became of a study.
public struct StudyOutcome: Sendable {
  /// The metrics of all runs.
  public let summary: StudySummary
  /// Every metric under every policy, against the baseline.
  public let comparisons: [MetricComparison]
  /// Every threshold, held against every policy that it names.
  public let thresholds: [ThresholdOutcome]
  /// The story of the traced account under each policy; none unless one is traced.
  public let stories: [RunStory]
  /// The folder of the results; `nil` when the study was interrupted before its first replication
  /// was complete.
  public let folder: String?
  /// Whether every run is in it; after a cancellation only complete replications are.
  public let isComplete: Bool
}

/// What happened to one account in one run.
public struct RunStory: Sendable {
  /// The run.
  public let run: Run
  /// What happened.
  public let story: AccountStory
}

/// Why a study has no results.
public enum StudyFailure: Error, Sendable {
  /// A run broke invariants of Weir.
  case broken(run: Run, invariants: [BrokenInvariant])
  /// The results cannot be written; earlier ones are as they were.
  case results(ResultFailure)
}

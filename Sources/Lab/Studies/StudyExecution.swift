public import WeirSimulation

/// How a study is carried out, none of which changes a byte of its results.
public struct StudyOptions: Sendable {
  /// The number of threads.
  public var jobs: Int
  /// The folder of the results.
  public var folder: String
  /// Whether a folder of another study may be replaced.
  public var replacesOthers: Bool
  /// The files that are written on request, and those that are left out.
  ///
  /// The events of a run are in memory until it is written; up to twice as many runs as threads.
  public var extras: StudyPlan.Extras
  /// The folder in which finished runs are kept, for this study and any other that has them too;
  /// `nil` to keep none.
  public var records: String?
  /// Whether runs are made again that were kept.
  public var runsAgain: Bool
  /// How precise the primary metric is to be; as many replications as the scenario says when `nil`.
  public var precision: Precision?
  private let scenarioCommand: String

  /// Creates options; `command` runs the scenario, and is made from the file and its overrides
  /// unless it is given.
  public init(
    jobs: Int, folder: String, replacesOthers: Bool = false, writesAccounts: Bool = false,
    writesEvents: Bool = false, writesIntents: Bool = false, records: String? = nil,
    runsAgain: Bool = false, precision: Precision? = nil, command: String? = nil,
    for study: Study
  ) {
    self.jobs = jobs
    self.folder = folder
    self.records = records
    self.runsAgain = runsAgain
    self.precision = precision
    self.replacesOthers = replacesOthers
    extras = StudyPlan.Extras(
      accounts: writesAccounts, intents: writesIntents, events: writesEvents)
    scenarioCommand = command ?? study.file.command
  }

  /// The command that repeats the study, for the manifest.
  public var command: String {
    ([scenarioCommand] + (precision?.words ?? [])).joined(separator: " ") + extras.withoutOption
  }
}

extension StudyOptions {
  /// The folder of the records of a study, unless another is chosen: hidden, beside its results.
  public static func records(besides folder: String) -> String {
    let parts = ResultPath.withoutSlashes(folder).split(
      separator: "/", omittingEmptySubsequences: false)
    return (parts.dropLast().map(String.init) + [".\(parts.last ?? "").runs"]).joined(
      separator: "/")
  }
}

/// How far a study has come.
public struct StudyProgress: Sendable {
  /// Runs that are over.
  public let done: Int
  /// All runs.
  public let total: Int
  /// Runs among them that were done before.
  public let reused: Int
  /// The time since the start, in seconds.
  public let elapsed: Double
  /// The run that ended last.
  public let run: Run

  /// Runs made in a second.
  public var rate: Double { elapsed > 0 ? Double(done - reused) / elapsed : 0 }
  /// The time left at this rate, in seconds.
  public var remaining: Double { rate > 0 ? Double(total - done) / rate : 0 }
}

/// What became of a study.
public struct StudyOutcome: Sendable {
  /// The metrics of all runs.
  public let summary: StudySummary
  /// Every metric under every policy, against the baseline.
  ///
  /// Where some accounts are labelled as abusive, of everyone and of the others.
  public let comparisons: [MetricComparison]
  /// Those of them that decide: of the accounts that the study is about.
  public var decisiveComparisons: [MetricComparison] {
    comparisons.filter { $0.scope == summary.study.scenario.scope(of: $0.metric) }
  }
  /// Every threshold, held against every policy that it names.
  public let thresholds: [ThresholdOutcome]
  /// The folder of the results; `nil` when the study was interrupted before its first replication
  /// was complete.
  public let folder: String?
  /// Whether every run is in it; after a cancellation only complete replications are.
  public let isComplete: Bool
  /// How the runs came about.
  public let tally: RunTally
  /// What came of a wish for precision; `nil` without one, and when the study was interrupted.
  public let precision: PrecisionOutcome?
}

/// Why a study has no results.
public enum StudyFailure: Error, Sendable {
  /// A run broke invariants of Weir.
  case broken(run: Run, invariants: [BrokenInvariant])
  /// The results cannot be written; earlier ones are as they were.
  case results(ResultFailure)
}

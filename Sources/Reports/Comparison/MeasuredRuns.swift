import WeirFormats
public import WeirLab
import WeirSimulation

/// What the runs of a folder of results measured: its metrics alone.
public struct MeasuredRuns: Sendable {
  /// The folder.
  public let folder: String
  /// What was run.
  public let facts: ManifestFacts
  /// The metrics of the accounts that the study is about.
  let metrics: HeadlineValues

  /// Reads the runs in `folder`, checked against the digest in its manifest.
  ///
  /// - Throws: ``ResultsFailure``.
  public init(_ folder: String, reader: FileReader = .disk) throws(ResultsFailure) {
    let files = ResultsReader(folder: folder, reader: reader)
    let facts = try files.facts()
    self.folder = folder
    self.facts = facts
    let everyone = try files.read("runs.csv", facts) { rows throws(ScenarioIssue) in
      try MetricValues.read(rows, facts)
    }
    let populations = try files.read("populations.csv", facts) { rows throws(ScenarioIssue) in
      try PopulationValues.read(rows, facts)
    }
    metrics = HeadlineValues(everyone: everyone, unlabelled: populations.unlabelled)
  }

  /// The smallest difference of the primary metric that matters; `nil` where none is stated.
  var smallestDifference: Double? {
    facts.smallestDifference
  }
}

import WeirFormats
public import WeirLab
import WeirSimulation

/// The results of a study as they are read back from their folder, for reports and notebooks.
///
/// Everything comes from the files: no scenario is read and nothing is simulated. Files are checked
/// against the digests of the manifest first, so that a report never shows what Weir did not write.
public struct StudyResults: Sendable {
  /// What was run.
  public let facts: ManifestFacts
  /// The point that distributions and timelines are read for, as an index.
  let point: Int
  /// The metrics of the accounts that the study is about.
  let headline: HeadlineValues
  /// The metrics of each population.
  let populations: [PopulationValues]
  /// Each metric under each policy, against the baseline.
  let comparisons: [ComparisonRow]
  /// Each threshold held against each policy.
  let thresholds: [ThresholdRow]
  /// What each layer paid and refused of the accounts that the study is about.
  let layers: [LayerValues]
  /// The same of each population, where there are several.
  let layersByPopulation: [LayerValues]
  /// The distributions of latency.
  let latency: [LatencyValues]
  /// The Lorenz curves, one for each policy.
  let lorenz: [LorenzValues]
  /// What happened over time.
  let timeline: TimelineValues

  /// Reads the results in a folder.
  ///
  /// - Parameters:
  ///   - folder: The folder that `weir run` wrote.
  ///   - point: The name of the point whose distributions and timelines are shown; the first.
  ///   - reader: How bytes are got; from the disk unless a test says otherwise.
  /// - Throws: ``ResultsFailure``.
  public init(
    _ folder: String, point: String? = nil, reader: FileReader = .disk
  ) throws(ResultsFailure) {
    let files = ResultsReader(folder: folder, reader: reader)
    let facts = try files.facts()
    self.facts = facts
    if let point {
      guard let index = facts.points.firstIndex(of: point) else {
        throw .unknownPoint(point, known: facts.points)
      }
      self.point = index
    } else {
      self.point = 0
    }
    let shown = self.point
    let everyone = try files.read("runs.csv", facts) { rows throws(ScenarioIssue) in
      try MetricValues.read(rows, facts)
    }
    let populations = try files.read("populations.csv", facts) { rows throws(ScenarioIssue) in
      try PopulationValues.read(rows, facts)
    }
    self.populations = populations.each
    headline = HeadlineValues(everyone: everyone, unlabelled: populations.unlabelled)
    comparisons = try files.read("comparison.csv", facts) { rows throws(ScenarioIssue) in
      try ComparisonRow.read(rows, facts)
    }
    thresholds = try files.read("thresholds.csv", facts) { rows throws(ScenarioIssue) in
      try ThresholdRow.read(rows)
    }
    let layers = try files.read("layers.csv", facts) { rows throws(ScenarioIssue) in
      try LayerValues.read(rows, facts)
    }
    layersByPopulation = layers.filter { $0.population != AccountScope.everyoneName }
    self.layers =
      populations.unlabelled == nil
      ? layers.filter { $0.population == AccountScope.everyoneName }
      : LayerValues.sums(
        layersByPopulation.filter { layer in
          populations.each.contains { $0.name == layer.population && !$0.isAbusive }
        }, as: AccountScope.unlabelledName)
    latency = try files.read("latency.csv", facts, otherwise: []) { rows throws(ScenarioIssue) in
      try LatencyValues.read(rows, facts, point: shown)
    }
    let scope =
      populations.unlabelled == nil ? AccountScope.everyoneName : AccountScope.unlabelledName
    lorenz = try files.read("lorenz.csv", facts, otherwise: LorenzValues.none(facts)) {
      rows throws(ScenarioIssue) in
      try LorenzValues.read(rows, facts, point: shown, scope)
    }
    timeline = try files.read("timeline.csv", facts, otherwise: TimelineValues(none: facts)) {
      rows throws(ScenarioIssue) in
      try TimelineValues(rows, facts, point: shown)
    }
  }

  /// The row of a metric under a policy at the shown point, or another: of the accounts that the
  /// study is about, or of everyone.
  func comparison(
    _ metric: Metric, policy: Int, point: Int? = nil, ofEveryone: Bool = false
  ) -> ComparisonRow? {
    let scope = ofEveryone ? AccountScope.everyoneName : headline.scopeName(of: metric)
    return comparisons.first {
      $0.metric == metric && $0.policy == policy && $0.point == (point ?? self.point)
        && $0.population == scope
    }
  }

  /// Whether the study is about some of its accounts, as the others are labelled as abusive.
  var isAboutSome: Bool { headline.unlabelled != nil }

  /// The populations that the study is about.
  var ordinary: [PopulationValues] {
    isAboutSome ? populations.filter { !$0.isAbusive } : populations
  }

  /// Whether some population is labelled as abusive.
  var isLabelled: Bool { populations.contains(where: \.isAbusive) }
}

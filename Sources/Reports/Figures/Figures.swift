import WeirFormats
import WeirLab
import WeirSimulation

/// A chart with the sentence that stands below it.
struct Figure {
  let chart: Chart
  let caption: String
}

/// The figures of a study at one point, made from its results: for the report and the notebook.
struct Figures {
  let results: StudyResults
  /// How each policy is told from the others.
  let styles: [SeriesStyle]

  /// The figures of results.
  init(_ results: StudyResults) {
    self.results = results
    styles = PolicyStyles.styles(
      count: results.facts.policies.count, baseline: results.facts.baseline)
  }

  var facts: ManifestFacts { results.facts }
  var point: Int { results.point }
  var policies: Range<Int> { facts.policies.indices }

  /// The policies in the order of charts: the baseline first, as in legends.
  var ordered: [Int] { [facts.baseline] + policies.filter { $0 != facts.baseline } }

  /// The policies with their signs, as a legend names them.
  var legend: [Legend.Entry] {
    ordered.map { Legend.Entry(name: facts.policies[$0], style: styles[$0]) }
  }

  /// The values of a metric in the replications, of the accounts that the study is about.
  func values(_ metric: Metric, _ policy: Int) -> [Double?] {
    results.headline.values(of: metric, policy: policy, point: point)
  }

  /// The quotient of two metrics in each replication; `nil` where it has none.
  func quotients(_ metric: Metric, by divisor: Metric, _ policy: Int) -> [Double?] {
    zip(values(metric, policy), values(divisor, policy)).map { Self.quotient($0, $1) }
  }

  /// Every two policies compared by a metric; `nil` when it is neither good nor bad.
  func pairs(_ metric: Metric) -> PairwiseVerdicts? {
    metric.definition.better.direction.map { direction in
      PairwiseVerdicts(
        policies.map { values(metric, $0) }, baseline: facts.baseline, better: direction,
        smallestDifference: metric == facts.primaryMetric ? facts.smallestDifference : nil)
    }
  }

  static func quotient(_ value: Double?, _ divisor: Double?) -> Double? {
    guard let value, let divisor, divisor > 0 else { return nil }
    return value / divisor
  }
}

extension ScatterChart.Estimate {
  /// The mean of an interval with its ends, in a unit.
  init(_ interval: MeanInterval, scale: Double = 1) {
    self.init(interval.mean, halfWidth: interval.halfWidth, scale: scale)
  }

  /// A mean with its half width, where it has one.
  init(_ mean: Double, halfWidth: Double?, scale: Double = 1) {
    let half = (halfWidth ?? 0) * scale
    self.init(
      value: mean * scale, lower: mean * scale - half, upper: mean * scale + half)
  }
}

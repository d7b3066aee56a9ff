import WeirLab
import WeirSimulation

/// Two folders of results, such as those of a branch and of main: what differs, policy by policy;
/// or the policies of one folder against one of them.
///
/// With the same seed the replications of both are the same random worlds and are compared pair by
/// pair; otherwise by Welch's test. P-values are adjusted by Holm's procedure for each metric: over
/// all policies and points of two folders, over the policies at a point of one. Policies and points
/// are matched by name.
public struct FolderComparison: Sendable {
  /// The folder that is compared with.
  public let first: MeasuredRuns
  /// The folder that is compared.
  public let second: MeasuredRuns
  /// The policy that the others of the same folder are compared with; `nil` for two folders.
  public let baseline: String?
  /// Whether replications are compared pair by pair.
  public let isPaired: Bool
  /// Whether metrics are of the accounts that are not labelled as abusive; otherwise of everyone.
  public let isAboutSome: Bool
  /// Every metric with a value in both, by point, policy and metric.
  let rows: [Row]

  /// One metric under one policy at one point.
  struct Row: Sendable {
    let policy: String
    let point: String
    let metric: Metric
    let first: MeanInterval?
    let second: MeanInterval?
    let test: Test?
    let smallestDifference: Double?
    var adjustedPValue: Double?
    var judgement: Judgement?
  }

  /// How the two were compared.
  enum Test: Sendable {
    case paired(PairedComparison)
    case independent(WelchComparison, replications: Int)
  }

  /// Compares `second` with `first`.
  ///
  /// `ignoresPairs` takes the replications for independent although their seeds are the same.
  public init(_ first: MeasuredRuns, _ second: MeasuredRuns, ignoresPairs: Bool = false) {
    self.first = first
    self.second = second
    baseline = nil
    let isPaired = first.facts.seed == second.facts.seed && !ignoresPairs
    self.isPaired = isPaired
    // Of some accounts only where both have such: otherwise the two would be of different ones.
    let isAboutSome = [first, second].allSatisfy { $0.metrics.unlabelled != nil }
    self.isAboutSome = isAboutSome
    let (one, two) = (first.metrics.narrowed(isAboutSome), second.metrics.narrowed(isAboutSome))
    var rows: [Row] = []
    for (place, point) in first.facts.points.enumerated() {
      guard let otherPlace = second.facts.points.firstIndex(of: point) else { continue }
      for (policy, name) in first.facts.policies.enumerated() {
        guard let other = second.facts.policies.firstIndex(of: name) else { continue }
        rows += Metric.allCases.compactMap { metric in
          Row(
            metric, policy: name, point: point,
            one.values(of: metric, policy: policy, point: place),
            two.values(of: metric, policy: other, point: otherPlace),
            isPaired: isPaired,
            smallest: metric == first.facts.primaryMetric ? first.smallestDifference : nil)
        }
      }
    }
    Self.judge(&rows, byPoint: false)
    self.rows = rows
  }

  /// Compares the policies of `runs` with one of them, by default with the baseline of the study.
  ///
  /// - Throws: ``ResultsFailure/unknownPolicy(_:known:)`` when there is no policy of that name.
  public init(policiesOf runs: MeasuredRuns, baseline name: String? = nil) throws(ResultsFailure) {
    let facts = runs.facts
    let name = name ?? facts.policies[facts.baseline]
    guard let baseline = facts.policies.firstIndex(of: name) else {
      throw .unknownPolicy(name, known: facts.policies)
    }
    (first, second, isPaired) = (runs, runs, true)
    isAboutSome = runs.metrics.unlabelled != nil
    self.baseline = name
    var rows: [Row] = []
    for (place, point) in facts.points.enumerated() {
      for (policy, name) in facts.policies.enumerated() where policy != baseline {
        rows += Metric.allCases.compactMap { metric in
          Row(
            metric, policy: name, point: point,
            runs.metrics.values(of: metric, policy: baseline, point: place),
            runs.metrics.values(of: metric, policy: policy, point: place), isPaired: true,
            smallest: metric == facts.primaryMetric ? runs.smallestDifference : nil)
        }
      }
    }
    Self.judge(&rows, byPoint: true)
    self.rows = rows
  }

  /// The metric that decides: that of the first folder.
  var primaryMetric: Metric { first.facts.primaryMetric }

  /// Whether some policy is worse in the metric that decides, or has no value of it any more.
  public var isWorse: Bool {
    rows.contains { row in
      row.metric == primaryMetric
        && (row.judgement?.verdict == .worse || row.first != nil && row.second == nil)
    }
  }

  private static func judge(_ rows: inout [Row], byPoint: Bool) {
    struct Family: Hashable {
      let metric: Metric
      let point: String?
    }
    // The order of families does not matter: each row belongs to one.
    let families = Dictionary(grouping: rows.indices.filter { rows[$0].pValue != nil }) { row in
      Family(metric: rows[row].metric, point: byPoint ? rows[row].point : nil)
    }
    for tested in families.values {
      let adjusted = Holm.adjusted(tested.compactMap { rows[$0].pValue })
      for (row, value) in zip(tested, adjusted) { rows[row].adjustedPValue = value }
    }
    for row in rows.indices { rows[row].judgement = rows[row].judged }
  }
}

extension FolderComparison.Row {
  /// The comparison of the values of both; `nil` where one of them has none at all.
  fileprivate init?(
    _ metric: Metric, policy: String, point: String, _ first: [Double?], _ second: [Double?],
    isPaired: Bool, smallest: Double?
  ) {
    guard first.contains(where: { $0 != nil }) || second.contains(where: { $0 != nil }) else {
      return nil
    }
    // More replications of the one add worlds that the other does not have.
    let common = isPaired ? min(first.count, second.count) : .max
    let (first, second) = (first.prefix(common), second.prefix(common))
    let (before, after) = (MeanInterval(all: Array(first)), MeanInterval(all: Array(second)))
    self.policy = policy
    self.point = point
    self.metric = metric
    self.first = before
    self.second = after
    smallestDifference = smallest
    guard before != nil, after != nil else {
      test = nil
      return
    }
    if isPaired {
      test = PairedComparison(all: Array(first), candidate: Array(second)).map { .paired($0) }
    } else {
      let comparison = WelchComparison(
        baseline: Moments(first.compactMap { $0 }), candidate: Moments(second.compactMap { $0 }))
      let count = max(first.count, second.count)
      test = comparison.map { .independent($0, replications: count) }
    }
  }

  var pValue: Double? {
    switch test {
    case .paired(let comparison): comparison.pValue
    case .independent(let comparison, _): comparison.pValue
    case nil: nil
    }
  }

  /// The second minus the first.
  var difference: Double? {
    switch test {
    case .paired(let comparison): comparison.difference.mean
    case .independent(let comparison, _): comparison.difference
    case nil: nil
    }
  }

  /// Half the width of the interval of the difference.
  var differenceHalfWidth: Double? {
    switch test {
    case .paired(let comparison): comparison.meanInterval.halfWidth
    case .independent(let comparison, _): comparison.halfWidth
    case nil: nil
    }
  }

  /// Whether both are the same in every replication.
  var isIdentical: Bool {
    if case .paired(let comparison) = test { comparison.isIdentical } else { false }
  }

  /// Whether the difference is real, good or bad or neither.
  var isDifferent: Bool {
    judgement.map { $0.verdict == .better || $0.verdict == .worse }
      ?? adjustedPValue.map { $0 <= 0.05 } ?? false
  }

  fileprivate var judged: Judgement? {
    guard let direction = metric.definition.better.direction else { return nil }
    switch test {
    case .paired(let comparison):
      return Judgement(
        comparison, adjustedPValue: adjustedPValue, direction: direction,
        smallestDifference: smallestDifference)
    case .independent(let comparison, let replications):
      return Judgement(
        comparison, replications: replications, adjustedPValue: adjustedPValue,
        direction: direction, smallestDifference: smallestDifference)
    case nil: return nil
    }
  }
}

public import WeirSimulation

/// What is kept of every run of a study: its metrics, for comparisons, thresholds and reports.
///
/// Runs are added in their order; the rest of their results goes to files and is forgotten.
public struct StudySummary: Sendable {
  /// The study.
  public private(set) var study: Study
  private var runs: [RunMeasures] = []
  private var load: LoadSums

  /// No runs yet.
  public init(_ study: Study) {
    self.study = study
    load = LoadSums(worlds: study.points.count * study.scenario.policies.count)
  }

  /// Adds what the next run measured.
  public mutating func add(_ measures: RunMeasures, of run: Run) {
    precondition(run.index == runs.count, "runs are added in their order")
    load.add(measures.load)
    var few = measures
    few.load = []
    runs.append(few)
  }

  /// Adds the result of the next run.
  public mutating func add(_ result: RunResult, of run: Run) { add(RunMeasures(result), of: run) }

  /// The number of runs that were added, those of an incomplete replication included.
  public var runCount: Int { runs.count }

  /// Goes on with more replications of the same study.
  mutating func extend(to study: Study) { self.study = study }

  /// The number of replications of which every run was added.
  public var completeReplications: Int {
    runs.count / (study.points.count * study.scenario.policies.count)
  }

  /// The value of `metric` in each complete replication, over all accounts or some of them.
  public func values(
    of metric: Metric, policy: Int, point: Int = 0, scope: AccountScope = .everyone
  ) -> [Double?] {
    measures(policy: policy, point: point).map { entry in
      switch scope {
      case .everyone: entry.metrics[metric]
      case .unlabelled: entry.unlabelled?[metric]
      case .population(let index): entry.populations[index][metric]
      }
    }
  }

  /// The share of all served units that a layer of a policy paid, in each complete replication.
  public func paidShares(layer: Int, policy: Int, point: Int = 0) -> [Double?] {
    measures(policy: policy, point: point).map { $0.paidShares[layer] }
  }

  /// How many complete replications of a policy were saturated.
  public func saturatedRuns(policy: Int, point: Int = 0) -> Int {
    measures(policy: policy, point: point).filter(\.isSaturated).count
  }

  /// The share of all servers that were busy in each interval, over all complete replications;
  /// `nil` where there were no servers.
  public func utilisation(policy: Int, point: Int = 0) -> [Double?] {
    load.shares(point * study.scenario.policies.count + policy)
  }

  /// What the complete replications of a policy measured.
  func measures(policy: Int, point: Int) -> [RunMeasures] {
    let policies = study.scenario.policies.count
    let perReplication = study.points.count * policies
    return (0..<completeReplications).map {
      runs[$0 * perReplication + point * policies + policy]
    }
  }
}

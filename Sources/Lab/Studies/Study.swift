public import WeirKernel
import WeirSimulation

/// All that a scenario asks for: its policies, at every point, in every replication.
public struct Study: Sendable {
  /// The scenario as it was read from its file.
  public let file: ScenarioFile
  /// The scenario; at one point, when the study was narrowed to it.
  public private(set) var scenario: Scenario

  /// The study that `file` asks for.
  public init(_ file: ScenarioFile) {
    self.file = file
    scenario = file.scenario
    replications = Int(file.scenario.replications)
  }

  /// The study with another number of replications, of which the first ones are the same.
  func with(replications: Int) -> Study {
    var study = self
    study.replications = replications
    return study
  }

  /// What differs between points, in the order of the columns.
  public var axes: [SweepAxis] { file.axes }

  /// The combinations of swept parameters; one called `base` when nothing is swept.
  public var points: [ScenarioPoint] { file.points }

  /// The study with the scenario of one point, for what runs there.
  func at(_ point: Int) -> Study {
    var study = self
    study.scenario = points[point].scenario
    return study
  }

  /// The number of replications: the scenario's, unless a wish for precision has added some.
  public private(set) var replications: Int

  /// The number of runs.
  public var count: Int { replications * points.count * scenario.policies.count }

  /// Run number `index`, from 0: all policies at all points of one replication, then the next.
  ///
  /// The first runs are then complete replications, and more replications only add runs.
  public func run(_ index: Int) -> Run {
    precondition((0..<count).contains(index))
    let policies = scenario.policies.count
    let policy = index % policies
    let point = index / policies % points.count
    return Run(
      index: index, replication: index / policies / points.count, policy: policy, point: point,
      policyName: scenario.policies[policy].name, pointName: points[point].name)
  }

  /// The run called `id`; `nil` when the study has none.
  public func run(called id: String) -> Run? {
    guard let slash = id.lastIndex(of: "/"), let replication = Int(id[slash...].dropFirst()),
      (0..<replications).contains(replication)
    else { return nil }
    let perReplication = points.count * scenario.policies.count
    return (0..<perReplication).lazy.map { run(replication * perReplication + $0) }
      .first { $0.id == id }
  }

  /// All runs in their order.
  public var runs: [Run] { (0..<count).map { run($0) } }

  /// The node below which all samples of a replication are addressed, whatever the policy.
  public func samples(ofReplication replication: Int) -> SampleKey {
    SampleKey(seed: scenario.seed).child(UInt64(replication))
  }

  /// The index of the baseline among the policies.
  public var baseline: Int {
    scenario.policies.firstIndex { $0.name == scenario.baseline } ?? 0
  }
}

/// One policy at one point in one replication.
public struct Run: Sendable, Hashable {
  /// The place among the runs of the study, from 0.
  public let index: Int
  /// The number of the replication, from 0.
  public let replication: Int
  /// The policy, as an index into the scenario.
  public let policy: Int
  /// The point, as an index into the study.
  public let point: Int
  /// The name of the policy.
  public let policyName: String
  /// The name of the point.
  public let pointName: String

  /// The run in one word, for messages and to ask for it: `waterfall/base/3`.
  public var id: String { "\(policyName)/\(pointName)/\(replication)" }
}

public import WeirKernel
import WeirSimulation

/// All that a scenario asks for: its policies, at every point, in every replication.
public struct Study: Sendable {
  /// The scenario as it was read from its file.
  public let file: ScenarioFile
  /// The combinations of swept parameters; one called `base` when nothing is swept.
  public let points: [Point]

  /// One combination of swept parameters.
  public struct Point: Sendable, Hashable {
    /// The number of the point, from 0.
    public let index: Int
    /// The name of the point in results.
    public let name: String
  }

  /// The study that `file` asks for.
  public init(_ file: ScenarioFile) {
    self.file = file
    points = [Point(index: 0, name: "base")]
  }

  /// The scenario.
  public var scenario: Scenario { file.scenario }

  /// The number of replications.
  public var replications: Int { Int(scenario.replications) }

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

  /// The run in one word, for messages: `waterfall/base/3`.
  public var id: String { "\(policyName)/\(pointName)/\(replication)" }
}

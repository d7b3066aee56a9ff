import WeirFormats
import WeirLab
import WeirSimulation

/// Which policies may be the best by the primary metric, and how many replications would decide.
struct SelectionAdvice {
  /// The name of the metric.
  let metric: String
  /// Which way it is good.
  let direction: Direction
  /// The policies that are compared.
  let policies: [String]
  /// The metric by policy and replication.
  let values: [[Double]]
  /// The smallest difference that matters; `nil` where the scenario names none.
  let smallestDifference: Double?

  /// The advice in lines, at 95 %; none below two policies or two replications.
  var lines: [String] {
    guard let screening = SubsetScreening(values, direction: direction) else { return [] }
    let kept = screening.survivors.map { policies[$0] }
    let candidates = "of \(policies.count) policies by \(metric)"
    let found =
      kept.count == 1
      ? "\(kept[0]) is the best \(candidates)"
      : "the best \(candidates) is among \(kept.joined(separator: ", "))"
    return ["screening: \(found) (subset screening, 95 %)"] + [secondStage].compactMap { $0 }
  }

  private var secondStage: String? {
    guard let smallestDifference else {
      return
        "selection: name a \"smallestDifference\" to learn how many replications select the best"
    }
    let there = values[0].count
    let zone = "differences below \(NumberText.shortest(smallestDifference)) do not matter"
    guard let plan = TwoStageSelection(values, delta: smallestDifference) else {
      return "selection: no number of replications selects the best where \(zone)"
    }
    if plan.replications <= there {
      return "selection: \(there) replications select the best where \(zone)"
    }
    return "selection: \(NumberText.grouped(Int64(plan.replications))) replications select the best"
      + " where \(zone) (two stages, 95 %)"
  }
}

extension SelectionAdvice {
  /// The advice on the shown point of a study; `nil` when the metric is neither good nor bad.
  ///
  /// Policies without a value in some replication are left out.
  init?(_ results: StudyResults) {
    let facts = results.facts
    guard let direction = facts.primaryMetric.definition.better.direction else { return nil }
    let measured = facts.policies.indices.map { policy in
      results.headline.values(of: facts.primaryMetric, policy: policy, point: results.point)
    }
    let complete = facts.policies.indices.filter { !measured[$0].contains { $0 == nil } }
    metric = facts.primaryMetric.name
    self.direction = direction
    policies = complete.map { facts.policies[$0] }
    values = complete.map { measured[$0].compactMap { $0 } }
    smallestDifference = facts.smallestDifference
  }
}

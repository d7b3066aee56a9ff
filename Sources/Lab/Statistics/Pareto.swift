/// The policies that no other policy beats on every objective at once.
public enum Pareto {
  /// The indices of the points that none dominates, in ascending order.
  ///
  /// A point dominates another if it is nowhere worse and somewhere better; equal points stay
  /// together. Quadratic in the number of points.
  ///
  /// - Parameters:
  ///   - points: One row per policy, one value per objective.
  ///   - directions: Which way each objective is good.
  public static func front(_ points: [[Double]], directions: [Direction]) -> [Int] {
    points.indices.filter { index in
      !points.contains { dominates($0, points[index], directions) }
    }
  }

  private static func dominates(
    _ point: [Double], _ other: [Double], _ directions: [Direction]
  ) -> Bool {
    var isBetter = false
    for (axis, direction) in directions.enumerated() {
      let lead = point[axis] - other[axis]
      if lead == 0 { continue }
      guard (lead > 0) == (direction == .higherIsBetter) else { return false }
      isBetter = true
    }
    return isBetter
  }
}

// MARK: Decided by replications

extension Pareto {
  /// Whether each of `policies` policies is dominated, as far as their replications can tell.
  ///
  /// Then another policy is surely better on one objective and surely worse on none. A policy
  /// without a value in some replication neither dominates nor is dominated. Policies that the
  /// replications cannot tell apart stay, so that the set of the others is one that no noise has
  /// thinned out.
  ///
  /// Source: the paired-t test of Law, "Simulation Modeling and Analysis", section 10.2.1, in place
  /// of the comparison of means of ``front(_:directions:)``.
  public static func dominated(_ objectives: [PairwiseVerdicts], policies: Int) -> [Bool] {
    (0..<policies).map { policy in
      (0..<policies).contains { $0 != policy && surelyDominates($0, policy, objectives) }
    }
  }

  private static func surelyDominates(
    _ policy: Int, _ other: Int, _ objectives: [PairwiseVerdicts]
  ) -> Bool {
    let verdicts = objectives.map { $0[policy, other]?.judgement?.verdict }
    return verdicts.allSatisfy { $0 != nil && $0 != .worse } && verdicts.contains(.better)
  }
}

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

// MARK: Decided by intervals

extension Pareto {
  /// One objective: what each policy came to in each replication, and which way is good.
  public struct Objective: Sendable {
    /// The values by policy and replication; `nil` where there is none.
    public let values: [[Double?]]
    /// Which way is good.
    public let better: Direction

    /// An objective of policies in the same replications.
    public init(values: [[Double?]], better: Direction) {
      self.values = values
      self.better = better
    }
  }

  /// Whether each policy is dominated, as far as its replications can tell.
  ///
  /// Then another policy is surely better on one objective and surely worse on none: the interval
  /// of the paired difference, at 95 %, lies beyond 0. A policy without a value in some replication
  /// neither dominates nor is dominated. Policies that the replications cannot tell apart stay, so
  /// that the set of the others is one that no noise has thinned out.
  ///
  /// Source: the paired-t interval of Law, "Simulation Modeling and Analysis", section 10.2.1, in
  /// place of the comparison of means of ``front(_:directions:)``.
  public static func dominated(_ objectives: [Objective]) -> [Bool] {
    let policies = objectives.first?.values.indices ?? 0..<0
    return policies.map { policy in
      policies.contains { $0 != policy && surelyDominates($0, policy, objectives) }
    }
  }

  private static func surelyDominates(
    _ policy: Int, _ other: Int, _ objectives: [Objective]
  ) -> Bool {
    var isBetter = false
    for objective in objectives {
      guard
        let interval = PairedComparison(
          all: objective.values[other], candidate: objective.values[policy]
        )?.meanInterval.interval
      else { return false }
      let (low, high) =
        objective.better == .higherIsBetter
        ? (interval.lower, interval.upper) : (-interval.upper, -interval.lower)
      if high < 0 { return false }
      if low > 0 { isBetter = true }
    }
    return isBetter
  }
}

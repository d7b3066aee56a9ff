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

/// Comparison with the allocation that a max-min fair system would have made.
extension Fairness {
  /// The max-min fair allocation of `capacity`.
  ///
  /// Nobody gets more than the demand, and nobody can get more without taking from someone who has
  /// less for the weight.
  ///
  /// Source: water-filling, Keshav, "An Engineering Approach to Computer Networking", section 9.4.
  /// O(n log n).
  ///
  /// - Parameters:
  ///   - capacity: What there is to share, at least 0.
  ///   - demands: What each account asked for, at least 0.
  ///   - weights: The size of each account's claim, above 0; equal if absent.
  public static func maxMinAllocation(
    of capacity: Double, demands: [Double], weights: [Double]? = nil
  ) -> [Double] {
    let weights = weights ?? Array(repeating: 1, count: demands.count)
    precondition(weights.count == demands.count)
    let order = demands.indices.sorted {
      (demands[$0] / weights[$0], $0) < (demands[$1] / weights[$1], $1)
    }
    var remainingWeight = 0.0
    for index in order { remainingWeight += weights[index] }
    var remaining = capacity
    var allocation = demands
    for (place, index) in order.enumerated() {
      // The least demanding first; from the first one that cannot be filled, all share alike.
      if demands[index] * remainingWeight > remaining * weights[index] {
        for rest in order[place...] {
          allocation[rest] = remaining * weights[rest] / remainingWeight
        }
        break
      }
      remaining -= demands[index]
      remainingWeight -= weights[index]
    }
    return allocation
  }

  /// How far an allocation is from the max-min fair one, from 0 to 1: Σ|x − a*| / 2C.
  ///
  /// - Returns: Nothing where there was no capacity.
  public static func maxMinDistance(
    _ allocation: [Double], capacity: Double, demands: [Double], weights: [Double]? = nil
  ) -> Double? {
    guard capacity > 0 else { return nil }
    let ideal = maxMinAllocation(of: capacity, demands: demands, weights: weights)
    var distance = 0.0
    for (value, fair) in zip(allocation, ideal) { distance += (value - fair).magnitude }
    return distance / (2 * capacity)
  }

  /// The share of the max-min fair allocation that the worst-served account got: min x / a*.
  ///
  /// - Returns: Nothing where nobody had a claim.
  public static func worstShareOfMaxMin(
    _ allocation: [Double], capacity: Double, demands: [Double], weights: [Double]? = nil
  ) -> Double? {
    let ideal = maxMinAllocation(of: capacity, demands: demands, weights: weights)
    return zip(allocation, ideal).filter { $0.1 > 0 }.map { $0.0 / $0.1 }.min()
  }

  /// How much accounts would gain by having another one's allocation, up to their demand.
  ///
  /// The envy of i towards j is min(dᵢ, aⱼ) − min(dᵢ, aᵢ) where positive. O(n log n).
  ///
  /// - Returns: The largest envy of a pair, and the sum over all pairs.
  public static func envy(
    _ allocation: [Double], demands: [Double]
  ) -> (greatest: Double, total: Double) {
    let sorted = allocation.sorted()
    var cumulative = [0.0]
    for value in sorted { cumulative.append(cumulative[cumulative.count - 1] + value) }
    let richest = sorted.last ?? 0
    var (greatest, total) = (0.0, 0.0)
    for (own, demand) in zip(allocation, demands) where demand > own {
      greatest = max(greatest, min(demand, richest) - own)
      let above = firstIndex(above: own, in: sorted)
      let beyond = firstIndex(above: demand, in: sorted)
      total += cumulative[beyond] - cumulative[above]
      total += demand * Double(sorted.count - beyond) - own * Double(sorted.count - above)
    }
    return (greatest, total)
  }

  /// The service difference of one window: the most that an account with unmet demand lags behind.
  ///
  /// An account that asked for little is not counted as wronged. Source: Sheng et al., "Fairness in
  /// serving large language models", OSDI 2024.
  public static func serviceDifference(service: [Double], requested: [Double]) -> Double? {
    guard let most = service.max() else { return nil }
    return zip(service, requested).map { min(most - $0, $1 - $0) }.max()
  }

  private static func firstIndex(above value: Double, in sorted: [Double]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

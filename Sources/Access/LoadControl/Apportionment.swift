/// Rules by which a capacity is shared out among claimants that want so much each.
///
/// A claimant counts as `weight` equal ones. The shares are floating-point numbers made by `+ − ×
/// /` alone; whoever decides by them takes their whole part.
///
/// Complexity: linear in the claimants for each share.
///
/// Source: youtube/doorman, `doc/algorithms.md` and the algorithms FAIR_SHARE and
/// PROPORTIONAL_SHARE.
public enum Apportionment: String, CaseIterable, Hashable, Sendable {
  /// Equal shares; what is left over is dealt out again, twice.
  case fairShare
  /// Equal shares; what is left over goes to the others in proportion to what they lack.
  case proportionalShare

  /// Who wants a share.
  struct Claimant: Hashable, Sendable {
    /// What it wants.
    var wants: Double
    /// How many equal claimants it counts as.
    var weight: Int64
    /// What it has been given already.
    var has: Double = 0
  }

  /// The share of the claimant at `place`, at most what nobody else has.
  func share(of place: Int, among claimants: [Claimant], capacity: Double) -> Double {
    var unused = capacity
    for other in claimants.indices where other != place { unused -= claimants[other].has }
    let claimant = claimants[place]
    let weights = claimants.reduce(0) { $0 + $1.weight }
    let equal = capacity / Double(weights)
    let deserved = equal * Double(claimant.weight)
    if claimant.wants <= deserved { return min(claimant.wants, unused) }
    switch self {
    case .fairShare:
      return min(fair(place, claimants, equal), unused)
    case .proportionalShare:
      let wanted = claimants.reduce(0) { $0 + $1.wants }
      if wanted <= capacity { return min(claimant.wants, unused) }
      return min(proportional(claimant, claimants, equal), unused)
    }
  }

  /// The share of each claimant, given one after the other.
  func shares(_ claimants: [Claimant], capacity: Double) -> [Double] {
    var claimants = claimants
    for place in claimants.indices {
      claimants[place].has = share(of: place, among: claimants, capacity: capacity)
    }
    return claimants.map(\.has)
  }

  /// The equal share and two rounds of what others leave of theirs.
  private func fair(_ place: Int, _ claimants: [Claimant], _ equal: Double) -> Double {
    let claimant = claimants[place]
    let weight = Double(claimant.weight)
    let deserved = equal * weight
    var left = 0.0
    var contenders = claimant.weight
    for other in claimants.indices where other != place {
      let share = equal * Double(claimants[other].weight)
      if claimants[other].wants < share {
        left += share - claimants[other].wants
      } else if claimants[other].wants > share {
        contenders += claimants[other].weight
      }
    }
    let first = deserved + left / Double(contenders) * weight
    if claimant.wants < first { return claimant.wants }
    left = 0
    contenders = claimant.weight
    for other in claimants.indices where other != place {
      guard claimants[other].wants > equal * Double(claimants[other].weight) else { continue }
      if claimants[other].wants < first {
        left += first - claimants[other].wants
      } else if claimants[other].wants > first {
        contenders += claimants[other].weight
      }
    }
    return first + left / Double(contenders) * weight
  }

  /// The equal share, and of what others leave the part that the claimant has of all that lacks.
  private func proportional(
    _ claimant: Claimant, _ claimants: [Claimant], _ equal: Double
  ) -> Double {
    var left = 0.0
    var lacking = 0.0
    for other in claimants {
      let share = equal * Double(other.weight)
      if other.wants < share { left += share - other.wants } else { lacking += other.wants - share }
    }
    let deserved = equal * Double(claimant.weight)
    return deserved + (claimant.wants - deserved) * (left / lacking)
  }
}

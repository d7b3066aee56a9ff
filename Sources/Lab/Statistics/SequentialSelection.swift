import WeirKernel

/// Selection of the best of several policies, dropping the others one by one as evidence grows.
///
/// With confidence 1 − α the best is selected, if it leads by the indifference zone delta. Common
/// random numbers are allowed. Source: Kim and Nelson, "A fully sequential procedure for
/// indifference-zone selection in simulation", 2001 (KN, c = 1).
public struct SequentialSelection: Sendable {
  /// A system that left, and after how many replications.
  public struct Elimination: Sendable, Equatable {
    /// The index of the system.
    public let system: Int
    /// The number of replications at which it left.
    public let replications: Int
  }

  /// The slope constant η of the triangle that differences have to leave.
  public let eta: Double
  /// The constant h² = 2 η (n₀ − 1).
  public let squaredWidth: Double
  /// The systems still in contention, by index.
  public private(set) var survivors: [Int]
  /// Who left when, in order.
  public private(set) var eliminations: [Elimination] = []
  /// How many replications were seen.
  public private(set) var replications: Int

  private let delta: Double
  private let sign: Double
  private let variances: [[Double]]
  private var sums: [Double]

  /// Starts from a first stage, and drops what it already rules out.
  ///
  /// - Parameters:
  ///   - values: The first stage, `values[system][replication]`; ten replications or more.
  ///   - delta: The smallest difference that matters, above 0.
  ///   - alpha: The error that is accepted.
  ///   - direction: Which way the metric is good.
  /// - Returns: Nothing below two systems or two replications.
  public init?(
    _ values: [[Double]], delta: Double, alpha: Double = 0.05, direction: Direction
  ) {
    precondition(delta > 0)
    guard let first = values.first, values.count > 1, first.count > 1 else { return nil }
    precondition(values.allSatisfy { $0.count == first.count })
    eta = Self.eta(systems: values.count, alpha: alpha, firstStage: first.count)
    squaredWidth = 2 * eta * Double(first.count - 1)
    self.delta = delta
    sign = direction == .higherIsBetter ? 1 : -1
    variances = values.map { left in
      values.map { right in Moments(zip(left, right).map { $0 - $1 }).variance ?? 0 }
    }
    survivors = Array(values.indices)
    replications = first.count
    sums = values.map { row in row.reduce(0, +) }
    eliminate()
  }

  /// η for `systems` alternatives at the error `alpha` after `firstStage` replications.
  public static func eta(systems: Int, alpha: Double, firstStage: Int) -> Double {
    let base = 2 * alpha / Double(systems - 1)
    return (DeterministicMath.pow(base, -2 / Double(firstStage - 1)) - 1) / 2
  }

  /// The selected system, once all others have left.
  public var selected: Int? { survivors.count == 1 ? survivors[0] : nil }

  /// Adds one replication of each system; those that have left may hold anything.
  public mutating func add(_ values: [Double]) {
    precondition(values.count == sums.count)
    replications += 1
    for system in survivors { sums[system] += values[system] }
    eliminate()
  }

  private mutating func eliminate() {
    let count = Double(replications)
    let kept = survivors.filter { system in
      survivors.allSatisfy { other in
        let ratio = squaredWidth * variances[system][other] / (delta * delta)
        let width = max(0, delta / (2 * count) * (ratio - count))
        return system == other || sign * (sums[system] - sums[other]) / count >= -width
      }
    }
    for system in survivors where !kept.contains(system) {
      eliminations.append(Elimination(system: system, replications: replications))
    }
    survivors = kept
  }
}

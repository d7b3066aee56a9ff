/// When there are enough replications: the half width of the mean has reached its target.
///
/// Source: Law, "Simulation Modeling and Analysis", section 9.4.1.
public struct StoppingRule: Sendable, Equatable {
  /// How narrow the interval has to be.
  public enum Target: Sendable, Equatable {
    /// A half width in the unit of the metric.
    case absolute(Double)
    /// A share γ of the true mean: the half width is held to γ / (1 + γ) of the estimate.
    case relative(Double)
  }

  /// How narrow the interval has to be.
  public let target: Target
  /// The fewest replications.
  public let minimum: Int
  /// The confidence of all metrics together.
  public let level: Double
  /// How many metrics share the error.
  public let metrics: Int

  /// The rule that stops at `target`, from `minimum` replications on.
  public init(_ target: Target, minimum: Int = 10, level: Double = 0.95, metrics: Int = 1) {
    self.target = target
    self.minimum = minimum
    self.level = level
    self.metrics = metrics
  }

  /// Whether the replications in `moments` are enough.
  public func isMet(by moments: Moments) -> Bool {
    guard moments.count >= minimum,
      let interval = MeanInterval(moments, level: level, comparisons: metrics),
      let halfWidth = interval.halfWidth
    else { return false }
    switch target {
    case .absolute(let width): return halfWidth <= width
    case .relative(let share): return halfWidth <= share / (1 + share) * interval.mean.magnitude
    }
  }

  /// The number of replications at which the rule first holds; nothing where it never does.
  ///
  /// Replications join in whole rounds and in index order, so that neither threads nor shards
  /// decide where a study stops.
  public func firstStop(in values: [Double], roundsOf round: Int = 1) -> Int? {
    var moments = Moments()
    for value in values {
      moments.add(value)
      if moments.count % round == 0, isMet(by: moments) { return moments.count }
    }
    return nil
  }
}

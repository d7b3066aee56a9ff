/// A share of successes with its confidence intervals.
public struct Proportion: Sendable, Equatable {
  /// The number of successes.
  public let successes: Int
  /// The number of trials, above 0.
  public let trials: Int

  /// `successes` of `trials`.
  public init(_ successes: Int, of trials: Int) {
    precondition(trials > 0 && (0...trials).contains(successes))
    self.successes = successes
    self.trials = trials
  }

  /// The share of successes.
  public var share: Double { Double(successes) / Double(trials) }

  /// Wilson's score interval: close to the stated level on average, also near 0 and 1.
  public func wilson(level: Double = 0.95) -> Interval {
    let z = Normal.upperQuantile((1 - level) / 2)
    let n = Double(trials)
    let scale = 1 + z * z / n
    let center = (share + z * z / (2 * n)) / scale
    let halfWidth = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / scale
    return Interval(
      lower: successes == 0 ? 0 : center - halfWidth,
      upper: successes == trials ? 1 : center + halfWidth)
  }

  /// Clopper and Pearson's exact interval: never below the stated level, and wider for it.
  public func clopperPearson(level: Double = 0.95) -> Interval {
    let tail = (1 - level) / 2
    let (hits, misses) = (Double(successes), Double(trials - successes))
    return Interval(
      lower: successes == 0 ? 0 : IncompleteBeta.quantile(tail, hits, misses + 1),
      upper: successes == trials ? 1 : IncompleteBeta.quantile(1 - tail, hits + 1, misses))
  }
}

/// A closed interval of numbers, such as a confidence interval.
public struct Interval: Sendable, Equatable {
  /// The lower end.
  public let lower: Double
  /// The upper end, at or above the lower one.
  public let upper: Double

  /// The interval from `lower` to `upper`.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The interval `halfWidth` to both sides of `center`.
  public init(center: Double, halfWidth: Double) {
    self.init(lower: center - halfWidth, upper: center + halfWidth)
  }

  /// Whether `value` lies between the ends or on one of them.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// A mean over replications with its two-sided Student-t confidence interval.
public struct MeanInterval: Sendable, Equatable {
  /// The number of replications.
  public let count: Int
  /// The mean over the replications.
  public let mean: Double
  /// The confidence level of the whole statement, between 0 and 1.
  public let level: Double
  /// The distance from the mean to either end; undefined below two replications.
  public let halfWidth: Double?

  /// The interval around the mean of `moments`.
  ///
  /// Undefined without any value, or where one of them is infinite or not a number.
  ///
  /// - Parameters:
  ///   - moments: What was measured, one value per replication.
  ///   - level: The confidence that all intervals of the family cover together.
  ///   - comparisons: The size of that family; each interval gets its share (Bonferroni).
  public init?(_ moments: Moments, level: Double = 0.95, comparisons: Int = 1) {
    guard moments.count > 0, moments.squares.isFinite else { return nil }
    count = moments.count
    mean = moments.mean
    self.level = level
    halfWidth = moments.standardError.map { error in
      // A spread of nothing needs no quantile, and 0 times anything would be the same.
      error == 0
        ? 0
        : error
          * Bonferroni.criticalValue(
            alpha: 1 - level, comparisons: comparisons, degreesOfFreedom: moments.count - 1)
    }
  }

  private init(negating other: MeanInterval) {
    (count, mean) = (other.count, 0 - other.mean)
    (level, halfWidth) = (other.level, other.halfWidth)
  }

  /// The interval of the same values with their signs turned round.
  var negated: MeanInterval { MeanInterval(negating: self) }

  /// The ends; undefined below two replications.
  public var interval: Interval? { halfWidth.map { Interval(center: mean, halfWidth: $0) } }

  /// The half width as a share of the mean's size; undefined for a mean of 0.
  public var relativeHalfWidth: Double? {
    mean == 0 ? nil : halfWidth.map { $0 / mean.magnitude }
  }
}

extension MeanInterval {
  /// The mean over replications; `nil` unless all have a value.
  public init?(all values: [Double?]) {
    let defined = values.compactMap { $0 }
    guard defined.count == values.count else { return nil }
    self.init(Moments(defined))
  }
}

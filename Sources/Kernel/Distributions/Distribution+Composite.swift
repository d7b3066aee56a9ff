extension Distribution {
  /// How an empirical law fills the gaps between its values.
  public enum Gaps: Hashable, Sendable {
    /// Not at all: exactly the values come, each equally likely (resampling).
    case steps
    /// Evenly: the inverse of the distribution function is linear from each value to the next.
    ///
    /// This is type 7 of Hyndman and Fan, whose extremes are the least and the greatest value.
    case linear
  }

  /// The law of measured `values`, in any order; traps when there is none, or one is not finite.
  public static func empirical(_ values: [Double], gaps: Gaps = .linear) -> Distribution {
    precondition(!values.isEmpty, "an empirical law needs a value")
    precondition(values.allSatisfy(\.isFinite), "an empirical law needs finite values")
    let sorted = values.sorted()
    if sorted.count == 1 { return constant(sorted[0]) }
    return Distribution(gaps == .steps ? .steps(sorted) : .interpolated(sorted))
  }

  /// One of `values`, with probabilities in proportion to `weights`.
  ///
  /// Traps unless there are as many weights as values, none negative and one positive.
  /// Complexity: a sample takes one random word, whatever the number of values.
  public static func discrete(values: [Double], weights: [Double]) -> Distribution {
    precondition(values.count == weights.count, "a discrete law needs a weight for each value")
    precondition(values.allSatisfy(\.isFinite), "a discrete law needs finite values")
    return Distribution(.discrete(AliasTable(weights: weights), values))
  }

  /// One of `components`, with probabilities in proportion to `weights`.
  ///
  /// Traps unless there are as many weights as components, none negative and one positive.
  public static func mixture(weights: [Double], components: [Distribution]) -> Distribution {
    precondition(components.count == weights.count, "a mixture needs a weight for each component")
    return Distribution(.mixture(AliasTable(weights: weights), components))
  }

  /// This law times `factor`.
  public func scaled(by factor: Double) -> Distribution {
    precondition(factor.isFinite, "a law is scaled by a finite factor")
    return Distribution(.affine(self, factor: factor, offset: 0))
  }

  /// This law plus `offset`.
  public func shifted(by offset: Double) -> Distribution {
    precondition(offset.isFinite, "a law is shifted by a finite offset")
    return Distribution(.affine(self, factor: 1, offset: offset))
  }

  /// This law with samples below `minimum` raised to it and those above `maximum` lowered to it.
  ///
  /// Nothing is sampled again, so that the sample at an address is the same but for the cap.
  public func clamped(
    minimum: Double = -.infinity, maximum: Double = .infinity
  ) -> Distribution {
    precondition(minimum <= maximum, "a clamped law needs minimum <= maximum")
    return Distribution(.clamped(self, minimum: minimum, maximum: maximum))
  }
}

import WeirKernel

/// Where the values of an axis fall on the page.
struct Scale {
  /// How distances on the page relate to values.
  enum Kind {
    /// Equal differences are equally long.
    case linear
    /// Equal ratios are equally long; only values above 0 have a place.
    case logarithmic
  }

  let kind: Kind
  /// The values at the two ends; the lower one first, and never equal.
  let domain: ClosedRange<Double>
  /// Where the lower end of the domain lies on the page.
  let start: Double
  /// Where the upper end lies; above or below `start`.
  let end: Double

  /// Creates a scale; a domain of one value is widened around it.
  init(
    _ kind: Kind = .linear, domain: ClosedRange<Double>, from start: Double, to end: Double
  ) {
    precondition(kind == .linear || domain.lowerBound > 0, "a logarithm needs values above 0")
    self.kind = kind
    self.domain = domain.lowerBound < domain.upperBound ? domain : Self.widened(domain, kind)
    self.start = start
    self.end = end
  }

  private static func widened(_ domain: ClosedRange<Double>, _ kind: Kind) -> ClosedRange<Double> {
    let value = domain.lowerBound
    if kind == .logarithmic { return value / 2...value * 2 }
    let margin = value == 0 ? 1 : value.magnitude / 2
    return value - margin...value + margin
  }

  /// The place of a value; values beyond the domain lie at its ends.
  func position(_ value: Double) -> Double {
    let (low, high) = (domain.lowerBound, domain.upperBound)
    let inside = min(max(value, low), high)
    let share: Double
    switch kind {
    case .linear: share = (inside - low) / (high - low)
    case .logarithmic:
      share =
        DeterministicMath.log(inside / low) / DeterministicMath.log(high / low)
    }
    return start + share * (end - start)
  }
}

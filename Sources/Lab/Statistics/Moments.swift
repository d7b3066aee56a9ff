/// Count, mean and spread of a series, updated one value at a time without cancellation.
///
/// The order of the values decides the last bits: add replications in index order. Source: Welford,
/// "Note on a method for calculating corrected sums of squares and products", 1962.
public struct Moments: Sendable, Equatable {
  /// How many values were added.
  public private(set) var count = 0
  /// The arithmetic mean; 0 before the first value.
  public private(set) var mean = 0.0
  /// The sum of squared distances from the mean.
  public private(set) var squares = 0.0

  /// No values yet.
  public init() {}

  /// The moments of `values`, added in their order.
  public init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Adds one value.
  public mutating func add(_ value: Double) {
    count += 1
    let distance = value - mean
    mean += distance / Double(count)
    squares += distance * (value - mean)
  }

  /// The moments of the same values with their signs turned round.
  var negated: Moments {
    var moments = self
    moments.mean = 0 - mean
    return moments
  }

  /// The unbiased sample variance; undefined below two values.
  public var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

  /// The square root of the sample variance; undefined below two values.
  public var standardDeviation: Double? { variance?.squareRoot() }

  /// The standard error of the mean; undefined below two values.
  public var standardError: Double? { variance.map { ($0 / Double(count)).squareRoot() } }
}

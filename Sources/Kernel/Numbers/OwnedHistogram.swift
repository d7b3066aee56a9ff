/// A histogram with one owner, for values that are recorded many times per event.
///
/// It counts as a ``Histogram`` does, but in memory that nobody shares, so that it need not ask at
/// each value whether somebody does. What it has counted is read as a ``Histogram`` in the end.
public struct OwnedHistogram: ~Copyable, Sendable {
  private var buckets = UnsharedArray<UInt64>()
  private var sum: Int128 = 0
  private var least = Int64.max
  private var greatest = Int64.min

  /// Creates an empty histogram.
  public init() {}

  /// Counts `value`; traps on a negative one.
  ///
  /// Complexity: O(1), except when a value lies above all before it.
  public mutating func record(_ value: Int64) {
    precondition(value >= 0, "a histogram counts values that are not negative")
    let bucket = Histogram.bucketIndex(of: value, precisionBits: Histogram.usualPrecisionBits)
    if bucket >= buckets.count { reach(bucket) }
    buckets[bucket] &+= 1
    // Fewer than 2⁶⁴ values, each below 2⁶³.
    sum &+= Int128(value)
    least = min(least, value)
    greatest = max(greatest, value)
  }

  /// Makes buckets up to number `bucket`.
  @inline(never)
  private mutating func reach(_ bucket: Int) {
    while bucket >= buckets.count { buckets.append(0) }
  }

  /// What has been counted so far, and `unbounded` values of +∞.
  public func histogram(unbounded: UInt64 = 0) -> Histogram {
    Histogram(
      buckets: buckets.elements, sum: sum, least: least, greatest: greatest, unbounded: unbounded)
  }
}

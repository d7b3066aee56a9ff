/// Counts of integer values in buckets of a stated relative width; merging is exact.
///
/// The log-linear scheme of HdrHistogram: values below 2^`precisionBits` have a bucket each, and
/// every octave above has 2^(`precisionBits` − 1) of them. So a bucket is narrower than
/// 2^(1 − `precisionBits`) of its values: below 0.8 % with the usual 8 bits.
///
/// Ranks beyond the finite values belong to the unbounded ones: intents that were refused for good
/// count as +∞, so that refusing more never looks faster.
///
/// Source: Gil Tene, HdrHistogram, 2012; the bounds of the buckets are the same as there.
@frozen
public struct Histogram: Hashable, Sendable {
  /// How many bits of a value its bucket keeps, 1 to 16.
  public let precisionBits: Int

  /// The number of values, the unbounded ones included.
  @inlinable
  public var count: UInt64 { finiteCount + unboundedCount }

  /// The number of values that are not +∞.
  public private(set) var finiteCount: UInt64 = 0

  /// The number of values that are +∞.
  public private(set) var unboundedCount: UInt64 = 0

  /// The exact sum of the finite values.
  public private(set) var sum: Int128 = 0

  /// Counts by bucket, as far as the greatest bucket that was ever hit.
  @usableFromInline var buckets: [UInt64] = []
  @usableFromInline var least: Int64 = .max
  @usableFromInline var greatest: Int64 = .min

  /// The usual number of bits.
  public static let usualPrecisionBits = 8

  /// Creates an empty histogram; traps unless `precisionBits` is in 1...16.
  public init(precisionBits: Int = usualPrecisionBits) {
    precondition((1...16).contains(precisionBits), "a histogram keeps 1 to 16 bits")
    self.precisionBits = precisionBits
  }

  /// A histogram of the usual precision that has counted so much.
  init(buckets: [UInt64], sum: Int128, least: Int64, greatest: Int64, unbounded: UInt64) {
    self.init()
    self.buckets = buckets
    self.sum = sum
    self.least = least
    self.greatest = greatest
    finiteCount = buckets.reduce(0, +)
    unboundedCount = unbounded
  }

  /// The least finite value, exact.
  @inlinable
  public var minimum: Int64? { finiteCount == 0 ? nil : least }

  /// The greatest finite value, exact.
  @inlinable
  public var maximum: Int64? { finiteCount == 0 ? nil : greatest }

  /// The mean of the finite values; nothing when there is none.
  public var mean: Double? { finiteCount == 0 ? nil : Double(sum) / Double(finiteCount) }

  /// Counts `value`; traps on a negative one.
  ///
  /// Complexity: O(1), except when a value lies above all before it.
  public mutating func record(_ value: Int64) {
    precondition(value >= 0, "a histogram counts values that are not negative")
    let bucket = bucketIndex(of: value)
    if bucket >= buckets.count { growBuckets(to: bucket + 1) }
    buckets[bucket] &+= 1
    finiteCount &+= 1
    // Fewer than 2⁶⁴ values, each below 2⁶³.
    sum &+= Int128(value)
    least = min(least, value)
    greatest = max(greatest, value)
  }

  /// Counts `value` `times` over; traps on a negative value.
  ///
  /// Complexity: as for one of them.
  public mutating func record(_ value: Int64, count times: UInt64) {
    if times == 0 { return }
    record(value)
    buckets[bucketIndex(of: value)] += times - 1
    finiteCount += times - 1
    sum += Int128(value) * Int128(times - 1)
  }

  /// Counts +∞ `times` over: something that never came to an end.
  public mutating func recordUnbounded(count times: UInt64 = 1) {
    unboundedCount += times
  }

  /// Adds all that `other` counted: exact, and the same in any order.
  ///
  /// Traps unless both keep the same number of bits.
  public mutating func merge(_ other: Histogram) {
    precondition(precisionBits == other.precisionBits, "histograms of one precision merge")
    if other.buckets.count > buckets.count { growBuckets(to: other.buckets.count) }
    for (bucket, times) in other.buckets.enumerated() { buckets[bucket] += times }
    finiteCount += other.finiteCount
    unboundedCount += other.unboundedCount
    sum += other.sum
    least = min(least, other.least)
    greatest = max(greatest, other.greatest)
  }

  private mutating func growBuckets(to count: Int) {
    buckets.append(contentsOf: repeatElement(0, count: count - buckets.count))
  }
}

extension Histogram {
  /// The value at `rank` in ascending order, from 1 to `count`; nothing when it is +∞.
  ///
  /// It is the upper end of the bucket, at most the exact maximum: never below the true value, and
  /// above it by less than 2^(1 − `precisionBits`) of it. Traps on a rank outside 1...`count`.
  public func value(atRank rank: UInt64) -> Int64? {
    precondition(rank >= 1 && rank <= count, "a rank lies between 1 and the count")
    if rank > finiteCount { return nil }
    var passed: UInt64 = 0
    for (bucket, times) in buckets.enumerated() {
      passed += times
      if passed >= rank { return min(bounds(ofBucket: bucket).upperBound, greatest) }
    }
    return greatest
  }

  /// The value at the nearest rank ⌈p · count⌉; nothing without values and when it is +∞.
  ///
  /// A probability of 0 means the first rank. Traps unless it is at most 1.
  public func quantile(_ probability: Ratio) -> Int64? {
    precondition(probability <= .one, "a quantile lies between 0 and 1")
    guard count > 0, let rank = probability.times(Int64(count), rounding: .up) else { return nil }
    return value(atRank: max(1, rank.magnitude))
  }

  /// All values that share the bucket of `value`.
  public func bucketBounds(of value: Int64) -> ClosedRange<Int64> {
    precondition(value >= 0, "a histogram counts values that are not negative")
    return bounds(ofBucket: bucketIndex(of: value))
  }

  func bucketIndex(of value: Int64) -> Int {
    Self.bucketIndex(of: value, precisionBits: precisionBits)
  }

  /// The bucket of a value: its leading bits, after the octaves below.
  @inline(__always)
  static func bucketIndex(of value: Int64, precisionBits: Int) -> Int {
    // A value of fewer bits than are kept counts as one of just as many: it is not shifted.
    let floor = Int64(1) &<< Int64(precisionBits &- 1)
    let shift = 64 &- precisionBits &- (value | floor).leadingZeroBitCount
    return shift &<< (precisionBits &- 1) &+ Int(value &>> Int64(shift))
  }

  func bounds(ofBucket bucket: Int) -> ClosedRange<Int64> {
    let halfOctave = precisionBits - 1
    let shift = max(0, bucket >> halfOctave - 1)
    let lower = Int64(bucket - shift << halfOctave) << shift
    return lower...(lower + (1 << shift - 1))
  }
}

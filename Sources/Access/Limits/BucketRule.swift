import WeirKernel

/// What is in one token bucket.
struct Bucket: Hashable, Sendable {
  /// The tokens times the length of a period in nanoseconds, so that fractions are whole.
  var level: Int128 = 0
  /// When tokens last came.
  var last = SimTime.zero
}

/// How the bucket of one plan fills: the arithmetic of ``TokenBucket``.
struct BucketRule: Sendable {
  /// The most tokens in a bucket.
  let capacity: Units
  /// The scaled level of a full bucket.
  let full: Int128
  // Kept in 64 bits: a product of two such numbers is one multiplication and cannot overflow.
  private let tokens: Int64
  private let nanoseconds: Int64
  private let isGreedy: Bool

  init(capacity: Units, refill: Units, period: SimDuration, isGreedy: Bool) {
    nanoseconds = period.nanoseconds
    tokens = refill.count
    self.isGreedy = isGreedy
    // Where tokens come without limit, the bucket is always full.
    self.capacity = refill == .unlimited ? .unlimited : capacity
    full = Int128(capacity.count, times: period.nanoseconds)
  }

  /// The tokens of one period.
  @inline(__always)
  var refill: Int128 { Int128(tokens) }

  /// The length of a period in nanoseconds: the scale of levels.
  @inline(__always)
  var period: Int128 { Int128(nanoseconds) }

  /// The level that `units` make.
  @inline(__always)
  func scaled(_ units: Units) -> Int128 { Int128(units.count, times: nanoseconds) }

  /// The rule with another rate or capacity.
  init(_ rule: BucketRule, capacity: Units? = nil, refill: Units? = nil) {
    self.init(
      capacity: capacity ?? rule.capacity, refill: refill ?? Units(Int64(rule.refill)),
      period: SimDuration(nanoseconds: Int64(rule.period)), isGreedy: rule.isGreedy)
  }

  /// Whether nothing is counted.
  var isUnlimited: Bool { capacity == .unlimited }

  /// The bucket as it is at `now`; a time before the last call brings nothing.
  @inline(__always)
  func refilled(_ bucket: Bucket, at now: SimTime) -> Bucket {
    guard now > bucket.last else { return bucket }
    var bucket = bucket
    // Exact even where the difference of two instants leaves the range of `Int64`.
    var elapsed = UInt64(bitPattern: now.nanoseconds &- bucket.last.nanoseconds)
    if isGreedy {
      bucket.last = now
    } else {
      if elapsed < UInt64(period) { return bucket }
      elapsed -= elapsed % UInt64(period)
      bucket.last = SimTime(
        nanoseconds: bucket.last.nanoseconds &+ Int64(bitPattern: elapsed))
    }
    // Without branches: whether a bucket is full by now is not to be predicted.
    let missing = max(0, full - bucket.level)
    let (high, low) = elapsed.multipliedFullWidth(by: UInt64(refill))
    let comes = Int128(high) << 64 | Int128(low)
    bucket.level &+= min(comes, missing)
    return bucket
  }

  /// The time until `cost` tokens are in a bucket as it is at `now`; `nil` when they never are.
  @inline(__always)
  func wait(for cost: Units, in bucket: Bucket, at now: SimTime) -> SimDuration? {
    let missing = scaled(cost) - bucket.level
    if missing <= 0 { return .zero }
    if refill == 0 { return nil }
    if isGreedy {
      return SimDuration(
        nanoseconds: Int64(clamping: Self.quotient(missing + refill - 1, refill)))
    }
    let perPeriod = refill * period
    let elapsed = Int128(now.nanoseconds) - Int128(bucket.last.nanoseconds)
    let wait = (missing + perPeriod - 1) / perPeriod * period - elapsed
    return SimDuration(nanoseconds: Int64(clamping: wait))
  }

  /// The bucket of another rule at `now`, as one of this rule that leaves what it should.
  func carried(
    _ bucket: Bucket, from old: BucketRule, _ inheritance: Inheritance, at now: SimTime
  ) -> Bucket {
    var carried = old.refilled(bucket, at: now)
    carried.level =
      old.isUnlimited || isUnlimited
      ? full
      : inheritance.left(carried.level, of: old.full, per: old.period, under: full, per: period)
    // Where tokens come in whole periods, there are no parts of one.
    if !isGreedy { carried.level = carried.level.floored(by: period) * period }
    return carried
  }

  /// `dividend / divisor`, by way of 64 bits where they suffice: a third of the time.
  @inline(__always)
  static func quotient(_ dividend: Int128, _ divisor: Int128) -> Int128 {
    if divisor == 1 { return dividend }
    guard let dividend = Int64(exactly: dividend), let divisor = Int64(exactly: divisor) else {
      return dividend / divisor
    }
    return Int128(dividend / divisor)
  }

  /// The whole tokens in a bucket, at least 0.
  @inline(__always)
  func tokens(in bucket: Bucket) -> Units {
    if bucket.level < period { return 0 }
    return Units(Int64(clamping: Self.quotient(bucket.level, period)))
  }

  /// The whole tokens that will have come to a bucket as it is at `now` when `time` has passed,
  /// however few it can hold.
  func tokens(in bucket: Bucket, after time: SimDuration, from now: SimTime) -> Units {
    if time == .zero { return tokens(in: bucket) }
    var elapsed = Int128(time.nanoseconds)
    if !isGreedy {
      elapsed += Int128(now.nanoseconds) - Int128(bucket.last.nanoseconds)
      elapsed -= elapsed % period
    }
    return Units(Int64(clamping: max(0, bucket.level + elapsed * refill) / period))
  }

  /// Whether `cost` tokens are ever there, or come to a full bucket within `time`.
  @inline(__always)
  func comes(_ cost: Units, within time: SimDuration) -> Bool {
    if time == .zero { return cost <= capacity }
    var elapsed = Int128(time.nanoseconds)
    // At best one more refill than there are whole periods, a moment from now.
    if !isGreedy { elapsed = (elapsed + period - 1) / period * period }
    return scaled(cost) <= full + elapsed * refill
  }

  /// The last of the refills at `first` plus whole periods that is not after `now`.
  func lastRefill(before now: SimTime, from first: SimTime) -> SimTime {
    let ahead = Int128(first.nanoseconds) - Int128(now.nanoseconds)
    let rest = ((ahead % period) + period) % period
    return SimTime(nanoseconds: now.nanoseconds - Int64(rest == 0 ? 0 : period - rest))
  }
}

import WeirKernel

/// Two sums over the last while, in buckets of one length: such as requests and how many succeeded.
///
/// The bucket that is being filled counts among the `count` buckets, so that the window covers
/// between `count - 1` and `count` lengths. Asking for a time changes nothing.
struct RollingSums: Hashable, Sendable {
  /// The sums of one bucket.
  struct Bucket: Hashable, Sendable {
    /// The number of the bucket: its start, in lengths.
    fileprivate var number = Int64.min
    /// The first sum.
    var first: Int64 = 0
    /// The second sum.
    var second: Int64 = 0
  }

  /// The length of a bucket in nanoseconds.
  let length: Int64
  private var buckets: [Bucket]

  /// Creates an empty window of `count` buckets that are together `window` long.
  init(_ window: SimDuration, buckets count: Int64) {
    length = max(1, window.nanoseconds / count)
    buckets = Array(repeating: Bucket(), count: Int(count))
  }

  /// Adds to the bucket of `now`.
  mutating func add(_ first: Int64, _ second: Int64, at now: SimTime) {
    let number = now.nanoseconds / length
    let place = Int(number % Int64(buckets.count))
    if buckets[place].number != number { buckets[place] = Bucket(number: number) }
    buckets[place].first += first
    buckets[place].second += second
  }

  /// The sums over the window that ends at `now`.
  ///
  /// Complexity: linear in the number of buckets.
  func total(at now: SimTime) -> (first: Int64, second: Int64) {
    let oldest = now.nanoseconds / length - Int64(buckets.count)
    var sums: (first: Int64, second: Int64) = (0, 0)
    for bucket in buckets where bucket.number > oldest {
      sums.first += bucket.first
      sums.second += bucket.second
    }
    return sums
  }

  /// Calls `body` with each bucket of the window but the one that is being filled at `now`.
  func forEachFull(at now: SimTime, _ body: (Bucket) -> Void) {
    let newest = now.nanoseconds / length
    let oldest = newest - Int64(buckets.count)
    for bucket in buckets where bucket.number > oldest && bucket.number < newest { body(bucket) }
  }
}

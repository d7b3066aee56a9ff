/// Events in buckets by the leading hexadecimal digit in which their time differs from a base.
///
/// All lie in one array, in chunks that the buckets chain together: the memory is that of the most
/// events that were ever pending, and nothing is allocated once it has been reached.
struct EventBuckets: ~Copyable, Sendable {
  struct Bucket: Hashable, Sendable {
    /// The number of its newest chunk, the only one that may not be full.
    var chunk: UInt32 = 0
    var count: UInt32 = 0
  }

  static let digitBits = 4
  static let chunkSize = 16

  /// The start of the nearest bucket that was opened: no event lies before it.
  private(set) var base: UInt64 = 0

  /// By level (the place of the leading digit that differs) and digit.
  private(set) var buckets = UnsharedArray(repeating: Bucket(), count: 16 << digitBits)

  /// One bit for each level that has events, and for each of its digits.
  private(set) var levels: UInt32 = 0
  private(set) var digits = UnsharedArray(repeating: UInt16(0), count: 16)

  private var pool = UnsharedArray<Event>()
  /// By chunk, the one that comes after it in its bucket or in the free list.
  private var nextChunk = UnsharedArray<UInt32>()
  private var freeChunk = UInt32.max

  /// The bucket that was opened, taken out of the others.
  private var nearest = Bucket()
  private var nearestLevel = 0

  /// Whether the opened bucket covers more than one instant.
  var isNearestDivisible: Bool { nearestLevel > 0 }

  /// The first key of time beyond the opened bucket.
  private(set) var nearestLimit: UInt64 = 0

  /// The number of chunks that were ever in use at once.
  var chunkCount: Int { nextChunk.count }

  mutating func reserveCapacity(_ capacity: Int) {
    // Each bucket may have one chunk that is not full.
    let chunks = capacity / Self.chunkSize + buckets.count
    pool.reserveCapacity(chunks * Self.chunkSize)
    nextChunk.reserveCapacity(chunks)
  }

  /// Adds `event`, which lies at the base or after it.
  @inline(__always)
  mutating func push(_ event: Event) {
    let difference = event.timeKey ^ base
    let level = (63 - (difference | 1).leadingZeroBitCount) / Self.digitBits
    let digit = Int(truncatingIfNeeded: event.timeKey >> UInt64(level * Self.digitBits)) & 15
    let index = level << Self.digitBits | digit
    let bucket = buckets.pointer(to: index)
    let place = Int(bucket.pointee.count) & (Self.chunkSize - 1)
    if place == 0 {
      let chunk = takeChunk(filling: event)
      nextChunk[Int(chunk)] = bucket.pointee.chunk
      bucket.pointee.chunk = chunk
      levels |= 1 << UInt32(level)
      digits[level] |= 1 << UInt16(digit)
    }
    pool[Int(bucket.pointee.chunk) * Self.chunkSize + place] = event
    bucket.pointee.count += 1
  }

  /// Opens the nearest bucket that has events, splitting it until it holds at most `limit` of them
  /// or covers one instant; false when there are no events at all.
  mutating func openNearest(atMost limit: UInt32) -> Bool {
    while levels != 0 {
      let level = levels.trailingZeroBitCount
      let digit = digits[level].trailingZeroBitCount
      let index = level << Self.digitBits | digit
      nearest = buckets[index]
      nearestLevel = level
      buckets[index] = Bucket()
      digits[level] &= digits[level] - 1
      if digits[level] == 0 { levels &= levels - 1 }
      let shift = UInt64(level * Self.digitBits)
      base = (base & ~(16 << shift &- 1)) | UInt64(digit) << shift
      if nearest.count <= limit || level == 0 {
        let (end, overflow) = base.addingReportingOverflow(1 << shift)
        nearestLimit = overflow ? .max : end
        return true
      }
      splitNearest()
    }
    return false
  }

  /// Moves all events of the opened bucket to `events`, where there are none, and gives its chunks
  /// back.
  ///
  /// A counting sort puts them in descending order of the first digit in which they may differ, so
  /// that little is left to sort.
  mutating func moveNearest(to events: inout UnsharedArray<Event>) {
    guard nearest.count > 0 else { return }
    let shift = UInt64(max(0, nearestLevel - 1) * Self.digitBits)
    // By digit: how many events have it, then where the next of them goes.
    var places = InlineArray<16, Int>(repeating: 0)
    var bucket = nearest
    while bucket.count > 0 {
      for index in newestEvents(of: bucket) {
        places[Int(truncatingIfNeeded: pool[index].timeKey >> shift) & 15] += 1
      }
      bucket = withoutNewestChunk(bucket)
    }
    var place = 0
    for digit in (0..<16).reversed() {
      let count = places[digit]
      places[digit] = place
      place += count
    }
    events.append(repeating: pool[newestEvents(of: nearest).lowerBound], count: place)
    while nearest.count > 0 {
      for index in newestEvents(of: nearest) {
        let digit = Int(truncatingIfNeeded: pool[index].timeKey >> shift) & 15
        events[places[digit]] = pool[index]
        places[digit] += 1
      }
      releaseNewestChunk()
    }
  }

  /// The least event, found by looking at all of the nearest bucket.
  var least: Event? {
    guard levels != 0 else { return nil }
    let level = levels.trailingZeroBitCount
    var bucket = buckets[level << Self.digitBits | digits[level].trailingZeroBitCount]
    var least: Event?
    while bucket.count > 0 {
      for index in newestEvents(of: bucket) where least.map({ pool[index] < $0 }) ?? true {
        least = pool[index]
      }
      bucket = withoutNewestChunk(bucket)
    }
    return least
  }

  /// Files the events of the opened bucket by their lower digits.
  private mutating func splitNearest() {
    while nearest.count > 0 {
      for index in newestEvents(of: nearest) { push(pool[index]) }
      releaseNewestChunk()
    }
  }

  private mutating func releaseNewestChunk() {
    let chunk = nearest.chunk
    nearest = withoutNewestChunk(nearest)
    nextChunk[Int(chunk)] = freeChunk
    freeChunk = chunk
  }

  /// What is left of a bucket when its newest chunk is taken off.
  @inline(__always)
  private func withoutNewestChunk(_ bucket: Bucket) -> Bucket {
    Bucket(
      chunk: nextChunk[Int(bucket.chunk)],
      count: bucket.count - UInt32(newestEvents(of: bucket).count))
  }

  /// Where the events of the newest chunk of a bucket lie in the pool.
  private func newestEvents(of bucket: Bucket) -> Range<Int> {
    let start = Int(bucket.chunk) * Self.chunkSize
    return start..<(start + (Int(bucket.count) - 1) & (Self.chunkSize - 1) + 1)
  }

  @inline(never)
  private mutating func takeChunk(filling event: Event) -> UInt32 {
    if freeChunk != .max {
      let chunk = freeChunk
      freeChunk = nextChunk[Int(chunk)]
      return chunk
    }
    nextChunk.append(0)
    for _ in 0..<Self.chunkSize { pool.append(event) }
    return UInt32(nextChunk.count - 1)
  }
}

extension EventQueue {
  /// Traps in debug builds unless the parts of the queue fit together.
  ///
  /// What costs more than a few comparisons is left to `checkAllInvariants()`.
  @inline(__always)
  func checkInvariants() {
    assert(count >= front.count + crowd.events.count, "the front is part of the queue")
    assert(
      front.last.map { $0.timeKey >= lastTimeKey } ?? true,
      "nothing is pending before the last event popped")
    assert(
      front.last.map { $0.timeKey < frontLimit } ?? true,
      "the front ends where the buckets begin")
  }

  /// Traps unless order, counts and places are right throughout; linear in the queue.
  func checkAllInvariants() {
    let near = front.elements
    precondition(zip(near, near.dropFirst()).allSatisfy { $0 >= $1 }, "the front descends")
    precondition(near.allSatisfy { $0.timeKey < frontLimit }, "the front lies below its limit")
    for index in crowd.events.indices.dropFirst() {
      precondition(!(crowd.events[index] < crowd.events[(index - 1) / 2]), "the crowd is a heap")
    }
    let farCount = far.buckets.elements.reduce(0) { $0 + Int($1.count) }
    precondition(count == front.count + crowd.events.count + farCount, "no event is lost")
    for (index, bucket) in far.buckets.elements.enumerated() {
      let (level, digit) = (index >> EventBuckets.digitBits, index & 15)
      let isMarked = far.digits[level] >> UInt16(digit) & 1 == 1
      precondition((bucket.count > 0) == isMarked, "a bucket with events is marked")
      precondition(!isMarked || far.levels >> UInt32(level) & 1 == 1, "so is its level")
    }
    if let least = far.least {
      precondition(least.timeKey >= frontLimit, "the buckets begin where the front ends")
      precondition(least.timeKey >= far.base, "and not before their base")
    }
  }
}

import WeirKernel

/// How long the measured intents of one population took, in integers, so that merging is exact.
struct Latencies: Sendable {
  /// Time in the queue, over all attempts' waits of an intent, in nanoseconds.
  var queueWait = Histogram()
  /// From the first attempt to the first token, in nanoseconds.
  var timeToFirstToken = Histogram()
  /// From the first attempt, through every retry, to the end, in nanoseconds.
  var endToEnd = Histogram()
  /// End-to-end time over work alone, in thousandths.
  var slowdown = Histogram()
  /// Excess of the wait until admission over the hint that was given, in nanoseconds.
  var hintError = Histogram()
  /// From the first refusal to admission, or to giving up, in nanoseconds.
  var lockout = Histogram()

  mutating func merge(_ other: Latencies) {
    queueWait.merge(other.queueWait)
    timeToFirstToken.merge(other.timeToFirstToken)
    endToEnd.merge(other.endToEnd)
    slowdown.merge(other.slowdown)
    hintError.merge(other.hintError)
    lockout.merge(other.lockout)
  }
}

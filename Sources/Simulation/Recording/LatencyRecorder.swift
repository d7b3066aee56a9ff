import WeirKernel

/// ``Latencies`` while they are recorded, with one owner.
struct LatencyRecorder: ~Copyable, Sendable {
  var queueWait = OwnedHistogram()
  var timeToFirstToken = OwnedHistogram()
  var endToEnd = OwnedHistogram()
  var slowdown = OwnedHistogram()
  var hintError = OwnedHistogram()
  var lockout = OwnedHistogram()
  /// Intents that were never served: later than everything.
  var unserved: UInt64 = 0

  /// What has been recorded so far.
  var latencies: Latencies {
    Latencies(
      queueWait: queueWait.histogram(unbounded: unserved),
      timeToFirstToken: timeToFirstToken.histogram(unbounded: unserved),
      endToEnd: endToEnd.histogram(unbounded: unserved),
      slowdown: slowdown.histogram(unbounded: unserved),
      hintError: hintError.histogram(), lockout: lockout.histogram())
  }
}

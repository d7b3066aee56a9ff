import WeirKernel

/// What one adaptive limit learns at a time: a latency, what was under way, whether work was lost.
struct LatencySample: Hashable, Sendable {
  /// The latency since admission, in nanoseconds, at least 1.
  var latency: Int64
  /// The most requests that were under way, the sampled ones included.
  var underWay: Int64
  /// Whether a request was lost: it left the queue out of patience.
  var isDrop: Bool
}

/// Gathers requests that have ended into one sample: their mean latency.
///
/// A window ends with the first request that ends `length` after the last window was ended; when it
/// has fewer than `least` requests they are thrown away. A window of no length makes every request
/// a sample of its own.
///
/// Source: Netflix/concurrency-limits, WindowedLimit with ImmutableAverageSampleWindow.
struct LatencyWindow: Hashable, Sendable {
  private var total: Int64 = 0
  private var count: Int64 = 0
  private var mostUnderWay: Int64 = 0
  private var isDrop = false
  private var endsAt = SimTime(nanoseconds: .min)

  /// Adds a request that has ended at `now`; what the window came to when it ends with it.
  mutating func add(
    _ sample: LatencySample, at now: SimTime, length: SimDuration, least: Int64
  ) -> LatencySample? {
    guard length > .zero else { return sample }
    total += sample.latency
    count += 1
    mostUnderWay = max(mostUnderWay, sample.underWay)
    isDrop = isDrop || sample.isDrop
    guard now > endsAt else { return nil }
    let window = self
    self = LatencyWindow()
    endsAt = now + length
    return window.count < least ? nil : window.sample
  }

  /// The mean of what was added.
  var sample: LatencySample {
    LatencySample(latency: total / max(1, count), underWay: mostUnderWay, isDrop: isDrop)
  }
}

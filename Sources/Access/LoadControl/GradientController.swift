import WeirKernel

/// The limit of one product under an ``EnvoyGradient``: its samples, measurements and timers.
///
/// Timers are kept by whoever comes next: what has fallen due happens, at its own time, before
/// anything else. Asking for a time that lies beyond a timer looks at a copy.
struct GradientController: Sendable {
  /// The limit in force.
  private(set) var limit: Int64
  /// The requests under way.
  var underWay: Int64 = 0
  /// The least latency in nanoseconds, as last measured; 0 before the first measurement.
  private(set) var leastLatency: Int64 = 0
  /// The limit to return to; `nil` when no measurement is going on.
  private(set) var deferredLimit: Int64?
  /// Latencies in nanoseconds since the last update, or of the measurement.
  private var samples = Histogram()
  /// When the latest measurement began.
  private var measuredFrom = SimTime.zero
  private var nextUpdate = SimTime.distantFuture
  private var nextMeasurement = SimTime.distantFuture
  /// How often on end an update has left the limit at its minimum.
  private var updatesAtMinimum = 0

  /// Begins with a measurement.
  init(_ terms: EnvoyGradient.Terms) {
    limit = terms.minimum
    deferredLimit = terms.minimum
  }

  /// The limit that is in force at `now`.
  func limit(at now: SimTime, _ terms: EnvoyGradient.Terms) -> Int64 {
    guard deferredLimit == nil, min(nextUpdate, nextMeasurement) <= now else { return limit }
    var later = self
    later.advance(to: now, terms)
    return later.limit
  }

  /// Lets happen what has fallen due by `now`.
  mutating func advance(to now: SimTime, _ terms: EnvoyGradient.Terms) {
    while deferredLimit == nil {
      if nextUpdate <= nextMeasurement, nextUpdate <= now {
        update(until: min(now, nextMeasurement), terms)
      } else if nextMeasurement <= now {
        beginMeasurement(at: nextMeasurement, terms)
      } else {
        return
      }
    }
  }

  /// Adds the latency of a request that has ended at `now`.
  mutating func record(
    _ latency: SimDuration, at now: SimTime, _ key: SampleKey, _ terms: EnvoyGradient.Terms
  ) {
    guard now - latency >= measuredFrom else { return }
    samples.record(max(1, latency.nanoseconds))
    guard let before = deferredLimit, samples.count >= UInt64(terms.measureRequests) else { return }
    leastLatency = takeSample(terms)
    updatesAtMinimum = 0
    limit = before
    deferredLimit = nil
    nextUpdate = now + terms.update
    var random = key.samples(.leastLatency)
    nextMeasurement = now + Self.jittered(terms.measureEvery, terms.jitter, random.next())
  }

  private mutating func beginMeasurement(at time: SimTime, _ terms: EnvoyGradient.Terms) {
    deferredLimit = limit
    limit = terms.minimum
    updatesAtMinimum = 0
    samples = Histogram()
    measuredFrom = time
  }

  /// Updates the limit; without samples, skips the updates up to `end` that would change nothing.
  private mutating func update(until end: SimTime, _ terms: EnvoyGradient.Terms) {
    let time = nextUpdate
    nextUpdate = time + terms.update
    guard samples.count > 0 else {
      let skipped = (end - time).nanoseconds / terms.update.nanoseconds
      nextUpdate = nextUpdate + SimDuration(nanoseconds: skipped * terms.update.nanoseconds)
      return
    }
    let next = next(sampled: takeSample(terms), terms)
    updatesAtMinimum =
      limit == terms.minimum && next == terms.minimum ? updatesAtMinimum + 1 : 0
    limit = next
    if updatesAtMinimum >= 5 { nextMeasurement = time }
  }

  private func next(sampled: Int64, _ terms: EnvoyGradient.Terms) -> Int64 {
    let ideal = Double(leastLatency) * (1 + terms.buffer.approximation)
    let gradient = max(0.5, min(2, ideal / Double(sampled)))
    let aim = Double(limit) * gradient
    let next = Int64(aim + DeterministicMath.sqrt(aim))
    return max(terms.minimum, min(terms.maximum, next))
  }

  private mutating func takeSample(_ terms: EnvoyGradient.Terms) -> Int64 {
    let latency = samples.quantile(terms.percentile) ?? 1
    samples = Histogram()
    return latency
  }

  /// The `interval` and up to `jitter` of it, in whole milliseconds, by 64 `random` bits.
  static func jittered(_ interval: SimDuration, _ jitter: Ratio, _ random: UInt64) -> SimDuration {
    let milliseconds = interval.nanoseconds / 1_000_000
    let range = jitter.times(milliseconds, rounding: .up) ?? 0
    guard range > 0 else { return interval }
    return interval + .milliseconds(Int64(random % UInt64(range)))
  }
}

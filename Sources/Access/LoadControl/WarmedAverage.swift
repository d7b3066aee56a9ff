/// An exponentially weighted mean that begins as the plain mean of its first values.
///
/// Source: Netflix/concurrency-limits, ExpAvgMeasurement.
struct WarmedAverage: Hashable, Sendable {
  /// The mean so far.
  private(set) var value = 0.0
  private var sum = 0.0
  private var count: Int64 = 0

  /// Adds a value and returns the mean: plain over the first `warmup`, then of weight 2/(window +
  /// 1).
  mutating func add(_ sample: Double, window: Int64, warmup: Int64) -> Double {
    if count < warmup {
      count += 1
      sum += sample
      value = sum / Double(count)
    } else {
      let weight = 2 / Double(window + 1)
      value = value * (1 - weight) + sample * weight
    }
    return value
  }

  /// Multiplies the mean.
  mutating func scale(by factor: Double) { value *= factor }
}

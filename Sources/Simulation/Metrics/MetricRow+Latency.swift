import WeirKernel

extension MetricRow {
  /// The least number of intents for which a quantile is reported; below it the cell is empty.
  ///
  /// The numbers at which the order statistics of a sample bound the quantile from above with 95 %
  /// confidence on both sides: Hahn and Meeker, "Statistical Intervals", section 5.2.
  private static let quantiles: [(probability: Ratio, least: UInt64)] = [
    (Ratio(1, over: 2), 6), (Ratio(95, over: 100), 72), (Ratio(99, over: 100), 368),
    (Ratio(999, over: 1000), 3688),
  ]

  /// Fills the columns of latency: means over the served, quantiles over all intents.
  mutating func fill(_ latencies: Latencies) {
    fill(
      latencies.queueWait, mean: .queueWaitMean,
      [.queueWaitP50, .queueWaitP95, .queueWaitP99, .queueWaitP999], max: .queueWaitMax)
    fill(
      latencies.timeToFirstToken, mean: .timeToFirstTokenMean,
      [
        .timeToFirstTokenP50, .timeToFirstTokenP95, .timeToFirstTokenP99, .timeToFirstTokenP999,
      ], max: .timeToFirstTokenMax)
    fill(
      latencies.endToEnd, mean: .endToEndMean,
      [.endToEndP50, .endToEndP95, .endToEndP99, .endToEndP999], max: .endToEndMax)
    self[.slowdownMean] = latencies.slowdown.mean.map { $0 / 1000 }
    self[.slowdownP99] = Self.quantile(latencies.slowdown, 2).map { $0 / 1000 }
    self[.lockoutMean] = latencies.lockout.mean.map { $0 / 1e9 }
    self[.retryAfterErrorP95] = Self.quantile(latencies.hintError, 1).map { $0 / 1e9 }
  }

  private mutating func fill(
    _ histogram: Histogram, mean: Metric, _ quantiles: [Metric], max: Metric
  ) {
    self[mean] = histogram.mean.map { $0 / 1e9 }
    for (place, metric) in quantiles.enumerated() {
      self[metric] = Self.quantile(histogram, place).map { $0 / 1e9 }
    }
    self[max] = histogram.unboundedCount > 0 ? nil : histogram.maximum.map { Double($0) / 1e9 }
  }

  /// The quantile by nearest rank; `nil` when it is +∞ or too deep for so few intents.
  static func quantile(_ histogram: Histogram, _ place: Int) -> Double? {
    let (probability, least) = quantiles[place]
    guard histogram.count >= least else { return nil }
    return histogram.quantile(probability).map { Double($0) }
  }
}

import WeirKernel

/// A quantile as an exact share, so that no rounding picks the rank.
///
/// The definition everywhere in Weir is nearest rank, x₍⌈np⌉₎ (Hyndman and Fan's type 1, numpy's
/// `inverted_cdf`).
public struct QuantileRank: Sendable, Hashable {
  /// The share below the quantile, in parts per ten thousand, from 0 to 10,000.
  public let partsPerTenThousand: Int

  /// The quantile that `partsPerTenThousand` of the values do not exceed.
  public init(partsPerTenThousand: Int) {
    precondition((0...10_000).contains(partsPerTenThousand))
    self.partsPerTenThousand = partsPerTenThousand
  }

  /// The median.
  public static let p50 = QuantileRank(partsPerTenThousand: 5_000)
  /// The 90th percentile.
  public static let p90 = QuantileRank(partsPerTenThousand: 9_000)
  /// The 95th percentile.
  public static let p95 = QuantileRank(partsPerTenThousand: 9_500)
  /// The 99th percentile.
  public static let p99 = QuantileRank(partsPerTenThousand: 9_900)
  /// The 99.9th percentile.
  public static let p999 = QuantileRank(partsPerTenThousand: 9_990)

  /// The share as a number between 0 and 1.
  public var share: Double { Double(partsPerTenThousand) / 10_000 }

  /// The place of the quantile among `count` sorted values, from 1; 0 of nothing.
  public func rank(of count: Int) -> Int {
    min(count, max(1, (count * partsPerTenThousand + 9_999) / 10_000))
  }

  /// The quantile of values in ascending order; undefined of nothing.
  public func value(ofSorted values: [Double]) -> Double? {
    values.isEmpty ? nil : values[rank(of: values.count) - 1]
  }

  /// The fewest values that bound the quantile from above at a two-sided confidence `level`.
  ///
  /// Below it the largest value may well lie under the true quantile, and the cell stays empty: 72
  /// for p95, 368 for p99, 3,688 for p99.9 at 0.95. Undefined for the shares 0 and 1.
  public func minimumCount(level: Double = 0.95) -> Int? {
    guard share > 0, share < 1 else { return nil }
    let tail = (1 - level) / 2
    return Int((DeterministicMath.log(tail) / DeterministicMath.log(share)).rounded(.up))
  }

  /// The ranks between which the true quantile lies with at least the confidence `level`.
  ///
  /// For independent values only: one value per replication, never the requests of one run.
  ///
  /// - Returns: Ranks from 1; an end is missing where `count` values cannot bound it.
  public func confidenceRanks(
    of count: Int, level: Double = 0.95
  ) -> (lower: Int?, upper: Int?) {
    let tail = (1 - level) / 2
    // How surely at most `successes` of the values lie below the quantile.
    func atMost(_ successes: Int) -> Double {
      if successes >= count { return 1 }
      let (failures, next) = (Double(count - successes), Double(successes + 1))
      return IncompleteBeta.value(1 - share, complement: share, failures, next)
    }
    func atLeast(_ successes: Int) -> Double {
      if successes <= 0 { return 1 }
      let (rest, successes) = (Double(count - successes + 1), Double(successes))
      return IncompleteBeta.value(share, complement: 1 - share, successes, rest)
    }
    let lower = (1..<(count + 1)).partitioningIndex { atMost($0 - 1) > tail } - 1
    let upper = (1..<(count + 1)).partitioningIndex { atLeast($0) <= tail }
    return (lower >= 1 ? lower : nil, upper <= count ? upper : nil)
  }
}

extension Range<Int> {
  /// The first element that belongs, where all after it belong too; the upper bound if none does.
  fileprivate func partitioningIndex(_ belongs: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

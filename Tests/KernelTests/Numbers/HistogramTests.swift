import Foundation
import Testing

@testable import WeirKernel

@Suite struct HistogramTests {
  struct Published: Decodable {
    struct Bucket: Decodable {
      var value: Int64
      var lowest_equivalent: Int64
      var highest_equivalent: Int64
    }
    struct Quantile: Decodable {
      var value: Int64
    }
    var equivalent: [Bucket]
    var quantiles: [Quantile]
  }

  /// HdrHistogram with three significant digits keeps 11 bits.
  @Test("the buckets are those of HdrHistogram")
  func publishedBuckets() throws {
    let url = try #require(
      Bundle.module.url(
        forResource: "hdrhistogram", withExtension: "json", subdirectory: "Fixtures"))
    let published = try JSONDecoder().decode(Published.self, from: Data(contentsOf: url))
    let histogram = Histogram(precisionBits: 11)
    for bucket in published.equivalent {
      let bounds = histogram.bucketBounds(of: bucket.value)
      #expect(bounds == bucket.lowest_equivalent...bucket.highest_equivalent)
    }
    for quantile in published.quantiles {
      #expect(histogram.bucketBounds(of: quantile.value).upperBound == quantile.value)
    }
  }

  @Test("values lie in their buckets, which are as narrow as stated", arguments: [1, 2, 8, 11, 16])
  func buckets(bits: Int) {
    let histogram = Histogram(precisionBits: bits)
    var values: [Int64] = [0, 1, 2, .max, .max - 1]
    for shift in 1..<63 { values += [1 << shift - 1, 1 << shift, 1 << shift + 1] }
    for value in values {
      let bounds = histogram.bucketBounds(of: value)
      #expect(bounds.contains(value))
      let width = bounds.upperBound - bounds.lowerBound
      if value < 1 << bits { #expect(width == 0) }
      #expect(width <= bounds.lowerBound >> (bits - 1), "value \(value)")
      if bounds.upperBound < .max {
        let next = histogram.bucketBounds(of: bounds.upperBound + 1)
        #expect(next.lowerBound == bounds.upperBound + 1, "no gap after \(value)")
      }
    }
  }

  @Test("a quantile is the nearest rank's value, at most 0.8 % above it", arguments: 1...4)
  func quantiles(seed: UInt64) throws {
    let values = lognormalValues(seed: seed, count: 700)
    let sorted = values.sorted()
    let histogram = filled(values)
    for rank in 1...sorted.count {
      let value = try #require(histogram.value(atRank: UInt64(rank)))
      let exact = sorted[rank - 1]
      #expect(value >= exact && value - exact <= exact / 128, "seed \(seed), rank \(rank)")
    }
    #expect(histogram.quantile(Ratio(1, over: 2)) == histogram.value(atRank: 350))
    #expect(histogram.quantile(Ratio(1, over: 7)) == histogram.value(atRank: 100))
    #expect(histogram.quantile(.zero) == histogram.value(atRank: 1))
    #expect(histogram.quantile(.one) == sorted.last)
    #expect(histogram.minimum == sorted.first)
    #expect(histogram.maximum == sorted.last)
    #expect(histogram.sum == sorted.reduce(0) { $0 + Int128($1) })
  }

  @Test("p50 <= p95 <= p99 <= max, down to a single value", arguments: [1, 2, 3, 19, 20, 101, 900])
  func monotone(count: Int) throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let histogram = filled(lognormalValues(seed: seed, count: count))
      let ranks = [Ratio(1, over: 2), Ratio(19, over: 20), Ratio(99, over: 100), .one]
      let quantiles = try ranks.map { try #require(histogram.quantile($0)) }
      #expect(quantiles == quantiles.sorted(), "seed \(seed)")
      #expect(quantiles.last == histogram.maximum)
    }
  }

  @Test("merging is exact and the same in any order")
  func merging() {
    let parts = (1...4 as ClosedRange<UInt64>).map { seed in
      var part = filled(lognormalValues(seed: seed, count: Int(seed) * 50))
      part.recordUnbounded(count: seed)
      return part
    }
    var forward = Histogram()
    for part in parts { forward.merge(part) }
    var backward = Histogram()
    for part in parts.reversed() { backward.merge(part) }
    var whole = filled((1...4).flatMap { lognormalValues(seed: $0, count: Int($0) * 50) })
    whole.recordUnbounded(count: 10)
    #expect(forward == backward)
    #expect(forward == whole)
    var same = whole
    same.merge(Histogram())
    #expect(same == whole)
  }

  @Test("what never ended ranks above all values, and has none")
  func unbounded() {
    var histogram = Histogram()
    histogram.record(10, count: 94)
    histogram.recordUnbounded(count: 6)
    #expect(histogram.count == 100)
    #expect(histogram.quantile(Ratio(94, over: 100)) == 10)
    #expect(histogram.quantile(Ratio(95, over: 100)) == nil)
    #expect(histogram.maximum == 10)
    #expect(histogram.mean == 10)
  }

  @Test("without values there is no quantile, extreme or mean")
  func empty() {
    let histogram = Histogram()
    #expect(histogram.quantile(.one) == nil)
    #expect(histogram.minimum == nil)
    #expect(histogram.maximum == nil)
    #expect(histogram.mean == nil)
  }

  @Test("the greatest value there is can be counted")
  func greatest() {
    var histogram = Histogram()
    histogram.record(.max)
    histogram.record(0)
    #expect(histogram.value(atRank: 2) == .max)
    #expect(histogram.value(atRank: 1) == 0)
  }

  private func filled(_ values: [Int64]) -> Histogram {
    var histogram = Histogram()
    for value in values { histogram.record(value) }
    return histogram
  }

  private func lognormalValues(seed: UInt64, count: Int) -> [Int64] {
    var samples = SampleKey(seed: seed).samples(Purpose(rawValue: 1))
    return (0..<count).map { _ in Int64(exp(12 + 3 * samples.normal())) }
  }
}

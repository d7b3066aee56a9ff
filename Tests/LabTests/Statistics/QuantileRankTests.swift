import Testing
import WeirLab

@Suite struct QuantileRankTests {
  struct Case: Decodable {
    let x: [Double]
    let p: Double
    let inverted_cdf: Double
  }

  struct RankCase: Decodable {
    let n: Int
    let p: Double
    let level: Double
    let lower_rank: Int?
    let upper_rank: Int?
  }

  struct MinimumCase: Decodable {
    let p: Double
    let level: Double
    let min_n_for_two_sided_upper_bound: Int
  }

  private func quantile(_ p: Double) -> QuantileRank {
    QuantileRank(partsPerTenThousand: Int((p * 10_000).rounded()))
  }

  @Test("quantiles are those of numpy's inverted_cdf")
  func nearestRank() {
    let cases = vectors("quantiles", as: Case.self)
    #expect(cases.count == 30)
    for expected in cases {
      let actual = quantile(expected.p).value(ofSorted: expected.x)
      #expect(actual == expected.inverted_cdf, "p \(expected.p) of \(expected.x)")
    }
  }

  @Test("no rounding of the share moves the rank")
  func exactShare() {
    // In doubles 0.07 · 100 is 7.000000000000001, whose ceiling is 8.
    #expect((0.07 * 100).rounded(.up) == 8)
    #expect(quantile(0.07).rank(of: 100) == 7)
    #expect(QuantileRank.p999.rank(of: 1_000) == 999)
    #expect(QuantileRank.p999.rank(of: 1_001) == 1_000)
  }

  @Test("quantiles never decrease with their share")
  func monotone() {
    let ranks = [QuantileRank.p50, .p90, .p95, .p99, .p999]
    for count in 1...200 {
      let places = ranks.map { $0.rank(of: count) }
      #expect(places == places.sorted())
      #expect(places.allSatisfy { (1...count).contains($0) })
    }
  }

  @Test("nothing has no quantile")
  func empty() {
    #expect(QuantileRank.p50.value(ofSorted: []) == nil)
    #expect(QuantileRank.p50.rank(of: 0) == 0)
  }

  @Test("too few values cannot bound a deep quantile")
  func minimumCount() {
    let cases = vectors("minimum_sample", as: MinimumCase.self)
    #expect(cases.count == 5)
    for expected in cases {
      let actual = quantile(expected.p).minimumCount(level: expected.level)
      #expect(actual == expected.min_n_for_two_sided_upper_bound, "p \(expected.p)")
    }
    #expect(QuantileRank(partsPerTenThousand: 10_000).minimumCount() == nil)
  }

  @Test("confidence ranks are those of the binomial distribution")
  func confidenceRanks() {
    let cases = vectors("quantile_ci", as: RankCase.self)
    #expect(cases.count == 12)
    for expected in cases {
      let ranks = quantile(expected.p).confidenceRanks(of: expected.n, level: expected.level)
      #expect(ranks.lower == expected.lower_rank, "n \(expected.n) p \(expected.p)")
      #expect(ranks.upper == expected.upper_rank, "n \(expected.n) p \(expected.p)")
    }
  }

  @Test("an upper bound appears exactly at the minimum count", arguments: [QuantileRank.p95, .p99])
  func minimumIsSharp(_ quantile: QuantileRank) throws {
    let minimum = try #require(quantile.minimumCount())
    #expect(quantile.confidenceRanks(of: minimum).upper == minimum)
    #expect(quantile.confidenceRanks(of: minimum - 1).upper == nil)
  }
}

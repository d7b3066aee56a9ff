import Testing
import WeirLab

@Suite struct SignedRankTests {
  struct Case: Decodable {
    struct Exact: Decodable {
      let W: Double
      let p: Double
    }
    let pair: [String]
    let first: [Double]
    let second: [Double]
    let wilcoxon_exact: Exact
  }

  @Test(
    "four systems in the same ten worlds, as scipy has them",
    arguments: vectors("paired_crn", as: Case.self))
  func pairs(_ expected: Case) throws {
    let test = try #require(SignedRankTest(zip(expected.first, expected.second).map { $0 - $1 }))
    #expect(test.statistic == expected.wilcoxon_exact.W, "\(expected.pair)")
    #expect(test.pValue == expected.wilcoxon_exact.p, "\(expected.pair)")
  }

  @Test(
    "with n pairs the p-value cannot be below 2 / 2^n: 0.0625 for five of them", arguments: 1...30)
  func least(_ count: Int) throws {
    let test = try #require(SignedRankTest((1...count).map { Double($0) }))
    #expect(test.statistic == 0)
    #expect(test.pValue == min(1, 2 / Double(1 << count)))
  }

  @Test("equal sizes share their ranks, and the p-value is on the safe side")
  func ties() throws {
    // Ranks 1.5, 1.5 and 3; of the 8 sums of the ranks 1, 2 and 3, three are at most 2.
    let test = try #require(SignedRankTest([1, -1, 2]))
    #expect(test.statistic == 1.5)
    #expect(test.pValue == 0.75)
  }

  @Test("differences of 0 say nothing, and nothing else has no test")
  func zeros() throws {
    #expect(SignedRankTest([0, 3, 0, 1]) == SignedRankTest([3, 1]))
    #expect(SignedRankTest([0, 0]) == nil)
    #expect(SignedRankTest([]) == nil)
    #expect(SignedRankTest(Array(repeating: 1, count: 31)) == nil)
  }
}

import Testing
import WeirKernel

@Suite struct RatioTests {
  @Test(
    "decimal text is read exactly",
    arguments: [
      ("113", 113, 1), ("0.0125", 1, 80), ("1e-3", 1, 1000), ("1.50", 3, 2), ("0", 0, 1),
      ("0.000", 0, 1), ("0e999999999999", 0, 1), ("2.5E+3", 2500, 1), ("007", 7, 1),
      ("0.1000000000000000000000000000000", 1, 10),
      ("9223372036854775807", Int64.max, 1), ("92233720368547758.07", Int64.max, 100),
      ("1000000000000000000000e-21", 1, 1), ("0.000000000000000001", 1, 1_000_000_000_000_000_000),
      ("5e-19", 1, 2_000_000_000_000_000_000), ("1e18", 1_000_000_000_000_000_000, 1),
    ] as [(String, Int64, Int64)])
  func decimals(text: String, numerator: Int64, denominator: Int64) throws {
    let ratio = try #require(Ratio(decimal: text))
    #expect(ratio.numerator == numerator)
    #expect(ratio.denominator == denominator)
  }

  @Test(
    "other text and what does not fit 64 bits fails",
    arguments: [
      "", ".", "1.", ".5", "-1", "+1", "1e", "1e+", " 1", "1 ", "1_000", "0x10", "1,5", "1.2.3",
      "٣", "nan", "9223372036854775808", "1e19", "1e-19", "1e400", "1e-99999999999999999999",
      "3.3333333333333333333",
    ])
  func decimals_Fails(text: String) { #expect(Ratio(decimal: text) == nil) }

  @Test("ratios are kept in lowest terms, so that equal ones are the same")
  func lowestTerms() {
    #expect(Ratio(6, over: 4) == Ratio(3, over: 2))
    #expect(Ratio(0, over: 7) == .zero)
    #expect(Ratio(.max, over: .max) == .one)
  }

  @Test("ratios that no double tells apart are compared exactly")
  func comparison() {
    let low = Ratio(.max - 2, over: .max - 1)
    let high = Ratio(.max - 1, over: .max)
    #expect(low.approximation == high.approximation)
    #expect(low < high)
    #expect(!(high < low))
    #expect(!(low < low))
    #expect(Ratio(1, over: 3) < Ratio(1, over: 2))
  }

  @Test(
    "a product is rounded once, as asked",
    arguments: [
      (7, 2, 1, 3, 4, 4), (5, 3, 1, 1, 2, 2), (4, 3, 1, 1, 2, 1), (1, 2, 0, 0, 0, 0),
      (Int64.max, 3, 3, Int64.max, Int64.max, Int64.max), (1, 8, 20, 2, 3, 3),
      (1, Int64.max, .max - 1, 0, 1, 1),
    ] as [(Int64, Int64, Int64, Int64, Int64, Int64)])
  func products(
    numerator: Int64, denominator: Int64, count: Int64, down: Int64, up: Int64, halfUp: Int64
  ) {
    let ratio = Ratio(numerator, over: denominator)
    #expect(ratio.times(count, rounding: .down) == down)
    #expect(ratio.times(count, rounding: .up) == up)
    #expect(ratio.times(count, rounding: .halfUp) == halfUp)
  }

  @Test("a product beyond 64 bits is none")
  func products_Fails() {
    #expect(Ratio(2).times(.max, rounding: .down) == nil)
    #expect(Ratio(.max, over: 2).times(3, rounding: .halfUp) == nil)
    #expect(Ratio(.max, over: 2).times(2, rounding: .halfUp) == .max)
  }

  /// Each part alone would round to 1, 1 and 0.
  @Test("a sum is rounded once, not part by part")
  func sum() {
    var sum = RatioSum()
    for ratio in [Ratio(1, over: 2), Ratio(1, over: 2), Ratio(49, over: 100)] {
      let isAdded = sum.add(ratio, times: 1)
      #expect(isAdded)
    }
    #expect(sum.rounded(.halfUp) == 1)
    #expect(sum.rounded(.up) == 2)
    let isAdded = sum.add(Ratio(1, over: 100), times: 1)
    #expect(isAdded)
    #expect(sum.rounded(.halfUp) == 2)
    #expect(sum.rounded(.down) == 1)
  }

  @Test("a sum that overflows is left as it was")
  func sum_Fails() {
    var sum = RatioSum()
    let first = sum.add(Ratio(.max, over: .max - 1), times: .max)
    let before = sum
    let second = sum.add(Ratio(.max, over: .max - 2), times: .max)
    #expect(first && !second)
    #expect(sum == before)
    var large = RatioSum()
    for _ in 0..<3 { _ = large.add(Ratio(.max), times: 1) }
    #expect(large.rounded(.halfUp) == nil)
  }
}

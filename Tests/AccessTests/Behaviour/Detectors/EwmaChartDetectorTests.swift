import Testing
import WeirAccess
import WeirKernel

@Suite struct EwmaChartDetectorTests {
  /// Average run lengths of weight 0.1 and width 2.814 for normal counts.
  ///
  /// Source: Lucas and Saccucci, Technometrics 32(1), 1990, table 3. Their chart has a lower limit
  /// too, which a rise of one deviation hardly ever reaches.
  @Test(
    "run lengths after a rise are those of the published tables",
    arguments: [
      (shift: 500, length: 31.3), (shift: 1000, length: 10.3), (shift: 2000, length: 4.36),
    ])
  func runLengths(_ row: (shift: Int64, length: Double)) {
    let detector = EwmaChartDetector(
      target: Ratio(10_000), deviation: Ratio(1000), weight: Ratio(1, over: 10),
      width: Ratio(2814, over: 1000))
    let found = RunLength(mean: 10_000 + row.shift).average(detector, runs: 4000)
    #expect(abs(found / row.length - 1) < 0.05, "found \(found)")
  }

  @Test("a weight of one is a plain limit, so many deviations above the target")
  func plain() {
    var detector = EwmaChartDetector(target: Ratio(10), deviation: Ratio(2), weight: .one)
    detector.prepare(for: .alike(accounts: 1), series: 1)
    detector.learn(1000, of: 0, isViolation: true)
    #expect(!detector.standsOut(16, of: 0) && detector.standsOut(17, of: 0))
  }
}

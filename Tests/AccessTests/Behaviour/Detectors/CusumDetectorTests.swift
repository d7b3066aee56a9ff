import Testing
import WeirAccess
import WeirKernel

@Suite struct CusumDetectorTests {
  /// One-sided average run lengths of k = 0.5, h = 5 for normal counts.
  ///
  /// Source: Lucas and Crosier, Technometrics 24(3), 1982, table 1.
  @Test(
    "run lengths are those of the published tables, with and without a head start",
    arguments: [
      (shift: 0, head: Ratio.zero, length: 930.0, tolerance: 0.12),
      (shift: 1000, head: .zero, length: 10.4, tolerance: 0.04),
      (shift: 2000, head: .zero, length: 4.01, tolerance: 0.04),
      (shift: 1000, head: Ratio(1, over: 2), length: 6.35, tolerance: 0.05),
    ])
  func runLengths(_ row: (shift: Int64, head: Ratio, length: Double, tolerance: Double)) {
    let detector = CusumDetector(
      target: Ratio(10_000), slack: Ratio(500), threshold: Ratio(5000), headStart: row.head)
    let runs = row.shift == 0 ? 500 : 4000
    let found = RunLength(mean: 10_000 + row.shift).average(detector, runs: runs)
    #expect(abs(found / row.length - 1) < row.tolerance, "found \(found)")
  }

  @Test("without a target each series is compared with itself, after its warm-up")
  func ownLevel() {
    var detector = CusumDetector(slack: .one, threshold: Ratio(5), warmup: 4)
    detector.prepare(for: .alike(accounts: 2), series: 2)
    for _ in 0..<3 { detector.learn(100, of: 0, isViolation: false) }
    #expect(!detector.standsOut(1_000_000, of: 0), "not judged before the warm-up is over")
    detector.learn(100, of: 0, isViolation: false)
    for _ in 0..<4 { detector.learn(3, of: 1, isViolation: false) }
    // A count of 106 is 6 above the mean, 5 above with the slack: exactly the threshold.
    #expect(!detector.standsOut(106, of: 0) && detector.standsOut(107, of: 0))
    #expect(!detector.standsOut(9, of: 1) && detector.standsOut(10, of: 1))
    // Two counts of 104 are 3 too many each: the second is one too many.
    detector.learn(104, of: 0, isViolation: false)
    #expect(detector.standsOut(105, of: 0))
  }

  @Test("after a violation the sum starts again and the level stays")
  func restarts() {
    var detector = CusumDetector(slack: .one, threshold: Ratio(5), warmup: 1)
    detector.prepare(for: .alike(accounts: 1), series: 1)
    detector.learn(10, of: 0, isViolation: false)
    detector.learn(1000, of: 0, isViolation: true)
    #expect(!detector.standsOut(16, of: 0) && detector.standsOut(17, of: 0))
  }

  @Test("counts without bound neither trap nor hide")
  func extremes() {
    var detector = CusumDetector(
      slack: .zero, threshold: Ratio(1_000_000_000), restarts: false, warmup: 1)
    detector.prepare(for: .alike(accounts: 1), series: 1)
    for count in [0, Int64.max, 0, .max, .max] {
      detector.learn(count, of: 0, isViolation: false)
    }
    #expect(detector.standsOut(.max, of: 0))
  }
}

import Testing
import WeirAccess
import WeirKernel

@Suite struct PageHinkleyDetectorTests {
  /// Learns `count` so many times over, unless it stands out before; says whether it did.
  private func feed(_ detector: inout PageHinkleyDetector, _ count: Int64, times: Int) -> Bool {
    for _ in 0..<times {
      let standsOut = detector.standsOut(count, of: 0)
      detector.learn(count, of: 0, isViolation: standsOut)
      if standsOut { return true }
    }
    return false
  }

  @Test("a new level is found once and then the normal one, or again and again")
  func forgets() {
    for forgets in [true, false] {
      var detector = PageHinkleyDetector(
        slack: .one, threshold: Ratio(20), warmup: 5, forgets: forgets)
      detector.prepare(for: .alike(accounts: 1), series: 1)
      #expect(!feed(&detector, 10, times: 50))
      #expect(feed(&detector, 30, times: 5))
      #expect(feed(&detector, 30, times: 20) == !forgets)
    }
  }

  @Test("less is never found, and counts without bound do not trap")
  func extremes() {
    var detector = PageHinkleyDetector(slack: .zero, threshold: Ratio(20), warmup: 1)
    detector.prepare(for: .alike(accounts: 1), series: 1)
    #expect(!feed(&detector, 1000, times: 20) && !feed(&detector, 0, times: 100))
    for count in [Int64.max, .max, 0, .max] { detector.learn(count, of: 0, isViolation: false) }
    #expect(detector.standsOut(.max, of: 0))
  }
}

import Testing
import WeirAccess
import WeirKernel

@Suite struct EwmaDetectorTests {
  @Test("each series is judged by its own history, after the warm-up")
  func ownHistory() {
    var detector = EwmaDetector(warmup: 3)
    detector.prepare(for: .alike(accounts: 2), series: 2)
    for _ in 0..<2 { detector.learn(10, of: 0, isViolation: false) }
    #expect(!detector.standsOut(1000, of: 0))
    detector.learn(10, of: 0, isViolation: false)
    for _ in 0..<3 { detector.learn(100, of: 1, isViolation: false) }
    #expect(detector.standsOut(15, of: 0) && !detector.standsOut(14, of: 0))
    #expect(detector.standsOut(105, of: 1) && !detector.standsOut(104, of: 1))
  }

  @Test("a violation is learnt only when that is asked for", arguments: [false, true])
  func learns(_ learns: Bool) {
    var detector = EwmaDetector(warmup: 1, learnsViolations: learns)
    detector.prepare(for: .alike(accounts: 1), series: 1)
    detector.learn(10, of: 0, isViolation: false)
    for _ in 0..<10 { detector.learn(50, of: 0, isViolation: true) }
    #expect(detector.standsOut(50, of: 0) == !learns)
  }
}

import Testing
import WeirAccess
import WeirKernel

@Suite struct AnyOfDetectorTests {
  @Test("an interval stands out when it does for one member, and all learn which did")
  func members() {
    var detector = AnyOfDetector([
      CeilingDetector(above: UnitsByPlan(100)), EwmaDetector(warmup: 1),
    ])
    detector.prepare(for: .alike(accounts: 1), series: 1)
    #expect(detector.standsOut(101, of: 0) && !detector.standsOut(100, of: 0))
    detector.learn(101, of: 0, isViolation: true)
    #expect(!detector.standsOut(20, of: 0), "the violation was not learnt as normal")
    detector.learn(10, of: 0, isViolation: false)
    #expect(detector.standsOut(20, of: 0) && !detector.standsOut(14, of: 0))
  }
}

import Testing
import WeirAccess

@Suite struct CeilingDetectorTests {
  @Test("only so many intervals on end above the ceiling stand out")
  func sustained() {
    var detector = CeilingDetector(above: UnitsByPlan(10), intervals: 3)
    detector.prepare(for: .alike(accounts: 1), series: 1)
    var found: [Bool] = []
    for count: Int64 in [11, 11, 10, 11, 11, 12, 11, 0, 11] {
      found.append(detector.standsOut(count, of: 0))
      detector.learn(count, of: 0, isViolation: found.last == true)
    }
    #expect(found == [false, false, false, false, false, true, true, false, false])
  }

  @Test("each plan has its own ceiling, or none")
  func plans() {
    var detector = CeilingDetector(above: UnitsByPlan(plans: ["free": 5, "plus": 50]))
    let directory = Directory(
      planOfAccount: [0, 1, 2],
      plans: [Plan(name: "free"), Plan(name: "plus"), Plan(name: "pro")])
    detector.prepare(for: directory, series: 3)
    #expect(detector.standsOut(6, of: 0) && !detector.standsOut(5, of: 0))
    #expect(detector.standsOut(51, of: 1) && !detector.standsOut(50, of: 1))
    #expect(!detector.standsOut(1_000_000, of: 2))
  }
}

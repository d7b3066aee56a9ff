import Testing
import WeirAccess
import WeirKernel

@Suite struct VelocityDetectorTests {
  /// Six accounts of one organisation, and one on its own.
  private let directory = Directory(
    planOfAccount: Array(repeating: 0, count: 7), organisationOfAccount: [0, 0, 0, 0, 0, 0, 1],
    plans: [Plan(name: "default")])

  private func detector() -> VelocityDetector {
    var detector = VelocityDetector(accounts: 4, above: 20)
    detector.prepare(for: directory, series: 7)
    return detector
  }

  private func note(
    _ detector: inout VelocityDetector, _ series: Int, _ amount: Int64, interval: Int64 = 0
  ) {
    detector.note(amount, of: Request(account: 0, cost: 1), series: series, interval: interval)
  }

  @Test("many accounts that are each below any limit stand out together")
  func together() {
    var detector = detector()
    for series in 0..<4 { note(&detector, series, 5) }
    #expect(!detector.standsOut(5, of: 0), "twenty together are allowed")
    note(&detector, 4, 1)
    #expect(detector.standsOut(5, of: 0) && detector.standsOut(1, of: 4))
  }

  @Test("few accounts do not, however much they do, and neither does one on its own")
  func few() {
    var detector = detector()
    for series in 0..<3 { note(&detector, series, 500) }
    note(&detector, 6, 500)
    #expect(!detector.standsOut(500, of: 0) && !detector.standsOut(500, of: 6))
  }

  @Test("an account is active once in an interval, and not in the next one")
  func intervals() {
    var detector = detector()
    for _ in 0..<9 { note(&detector, 0, 5) }
    #expect(!detector.standsOut(45, of: 0))
    for series in 0..<4 { note(&detector, series, 10) }
    #expect(detector.standsOut(55, of: 0))
    note(&detector, 0, 100, interval: 1)
    #expect(!detector.standsOut(100, of: 0))
  }

  @Test("in the ladder a swarm is flagged as it asks, and the plans that are not watched are not")
  func ladder() {
    for plans in [nil, ["other"]] {
      var test = TestStack(
        BehaviourLadder(detector: VelocityDetector(accounts: 4, above: 20), plans: plans),
        for: Directory(
          planOfAccount: directory.planOfAccount,
          organisationOfAccount: directory.organisationOfAccount,
          plans: [Plan(name: "default"), Plan(name: "other")]))
      for second in Int64(0)..<30 { _ = test.decide(1, at: second, account: UInt32(second % 6)) }
      let flagged = (UInt32(0)..<7).filter { test.stack.judges[0].isFlagged($0, at: .second(31)) }
      #expect(flagged == (plans == nil ? [0, 1, 2, 3, 4, 5] : []))
    }
  }
}

import Testing
import WeirAccess
import WeirKernel

@Suite struct ConcentrationDetectorTests {
  private let directory = Directory(
    planOfAccount: [0], plans: [Plan(name: "default")], models: ["small", "large"],
    operations: ["call", "review", "image"])

  /// Whether a series stands out that went these routes in turn, so many times each.
  private func standsOut(_ routes: [(model: UInt16, operation: UInt16, times: Int64)]) -> Bool {
    var detector = ConcentrationDetector(share: Ratio(9, over: 10), volume: 100)
    detector.prepare(for: directory, series: 1)
    for route in routes {
      let request = Request(
        account: 0, model: route.model, operation: route.operation, cost: 1)
      for _ in 0..<route.times { detector.note(1, of: request, series: 0, interval: 0) }
    }
    return detector.standsOut(routes.reduce(0) { $0 + $1.times }, of: 0)
  }

  @Test("nearly always one route stands out, once it is much")
  func share() {
    #expect(standsOut([(0, 1, 91), (1, 1, 9)]))
    #expect(!standsOut([(0, 1, 90), (1, 1, 10)]), "exactly nine tenths are not more")
    #expect(!standsOut([(0, 1, 99)]), "99 are not much")
  }

  @Test("model and operation make the route, whatever the order, with more routes than counters")
  func routes() {
    #expect(!standsOut([(0, 1, 60), (1, 1, 60)]) && !standsOut([(0, 1, 60), (0, 2, 60)]))
    let others: [(UInt16, UInt16, Int64)] = [
      (0, 0, 1), (0, 1, 1), (0, 2, 1), (1, 0, 1), (1, 1, 1),
    ]
    let few = others.map { (model: $0.0, operation: $0.1, times: $0.2) }
    #expect(standsOut(few + [(1, 2, 200)]) && standsOut([(1, 2, 200)] + few))
  }

  @Test("each interval begins anew")
  func intervals() {
    var detector = ConcentrationDetector(share: Ratio(1, over: 2), volume: 1)
    detector.prepare(for: directory, series: 1)
    detector.note(100, of: Request(account: 0, cost: 1), series: 0, interval: 0)
    detector.learn(100, of: 0, isViolation: true)
    #expect(!detector.standsOut(10, of: 0))
  }
}

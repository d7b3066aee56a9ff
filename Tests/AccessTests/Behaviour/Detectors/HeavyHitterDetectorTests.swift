import Testing
import WeirAccess
import WeirKernel

@Suite struct HeavyHitterDetectorTests {
  private func note(_ detector: inout HeavyHitterDetector, _ series: Int, _ times: Int64) {
    detector.note(times, of: Request(account: 0, cost: 1), series: series, interval: 0)
  }

  @Test("a series with more than its share stands out, once there is enough to compare")
  func share() {
    var detector = HeavyHitterDetector(share: Ratio(1, over: 4), least: 100)
    detector.prepare(for: .alike(accounts: 50), series: 50)
    note(&detector, 0, 30)
    for series in 1..<40 { note(&detector, series, 1) }
    #expect(!detector.standsOut(30, of: 0), "69 of all are too few to judge")
    for series in 1..<40 { note(&detector, series, 1) }
    #expect(detector.standsOut(30, of: 0) && !detector.standsOut(2, of: 1))
    for series in 1..<13 { note(&detector, series, 1) }
    #expect(!detector.standsOut(30, of: 0), "exactly a quarter is not more")
  }

  @Test("a new interval begins with no counts")
  func interval() {
    var detector = HeavyHitterDetector(share: Ratio(1, over: 4), least: 1)
    detector.prepare(for: .alike(accounts: 2), series: 2)
    let request = Request(account: 0, cost: 1)
    detector.note(99, of: request, series: 0, interval: 0)
    detector.note(1, of: request, series: 1, interval: 1)
    #expect(!detector.standsOut(99, of: 0) && detector.standsOut(1, of: 1))
  }

  @Test("what a series may owe to its counter does not make it stand out")
  func errors() {
    var detector = HeavyHitterDetector(share: Ratio(1, over: 4), least: 1, counters: 2)
    detector.prepare(for: .alike(accounts: 9), series: 9)
    for series in 0..<9 { note(&detector, series, 1) }
    #expect((0..<9).allSatisfy { !detector.standsOut(1, of: $0) })
  }
}

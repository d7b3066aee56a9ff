import Testing
import WeirKernel

@testable import WeirSimulation

@Suite struct CrowdWatchTests {
  private func range(_ first: Int64, _ last: Int64) -> Range<SimTime> {
    (.zero + .seconds(first))..<(.zero + .seconds(last))
  }

  @Test("times that overlap or touch become one, others stay apart, in order")
  func merged() {
    let merged = CrowdWatch.merged([
      range(50, 60), range(1, 9), range(5, 20), range(20, 30), range(6, 7),
    ])
    #expect(merged == [range(1, 30), range(50, 60)])
    #expect(CrowdWatch.merged([]) == [])
  }

  @Test("only the measured part of crowds is watched")
  func measured() {
    let watch = CrowdWatch(
      [range(0, 15), range(90, 200), range(300, 400)], within: range(10, 100))
    #expect(watch.length == .seconds(15))
    #expect(watch.next == .zero + .seconds(10))
    #expect(CrowdWatch([], within: range(0, 1)).next == .distantFuture)
  }

  @Test("totals count between beginnings and ends")
  func totals() {
    var watch = CrowdWatch([range(1, 2), range(4, 6)], within: range(0, 9))
    var conservation = Conservation()
    for attempts: Int64 in [3, 7, 20, 26] {
      conservation.attempts = attempts
      conservation.denied = attempts / 2
      watch.read(conservation, LevelAreas())
    }
    #expect(watch.next == .distantFuture)
    #expect(watch.attempts == 4 + 6)
    #expect(watch.denied == 2 + 3)
  }
}

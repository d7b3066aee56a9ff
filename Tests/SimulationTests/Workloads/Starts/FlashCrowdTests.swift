import Testing
import WeirKernel

@testable import WeirSimulation

@Suite struct FlashCrowdTests {
  @Test("a crowd counts as one until its rate is at most a tenth above the usual one")
  func label() throws {
    let crowd = FlashCrowd(
      start: .hours(12), amplitude: 12, rise: .hours(1), decay: .hours(12))
    let label = try #require(crowd.label)
    #expect(label.lowerBound == .zero + .hours(12))
    // 12 h · ln 120 = 57.449900 h.
    let hours = (label.upperBound - label.lowerBound).seconds / 3600
    #expect((hours - 57.449900).magnitude < 1e-5, "\(hours)")
    let end = label.upperBound - SimTime.zero
    #expect(crowd.meanFactor(from: end, to: end + .minutes(1)) < 1.1)
    #expect(crowd.meanFactor(from: end - .minutes(30), to: end - .minutes(29)) > 1.1)
  }

  @Test("a crowd that hardly anybody notices is none")
  func small() {
    let crowd = FlashCrowd(start: .zero, amplitude: 0.1, rise: .hours(1), decay: .hours(1))
    #expect(crowd.label == nil)
  }
}

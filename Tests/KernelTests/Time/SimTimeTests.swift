import Testing
import WeirKernel

@Suite struct SimTimeTests {
  @Test("instants and lengths add, subtract and compare")
  func arithmetic() {
    let start = SimTime.zero + .hours(2)
    let end = start + .minutes(30)
    #expect(end - start == .seconds(1800))
    #expect(start - end == SimDuration(nanoseconds: -1_800_000_000_000))
    #expect(end - .days(1) < .zero)
    #expect(SimDuration.days(1) == .hours(24))
    #expect(SimDuration.milliseconds(1500) + .milliseconds(500) == .seconds(2))
    #expect(SimDuration.seconds(2) - .seconds(3) < .zero)
    #expect(SimDuration.milliseconds(1).seconds == 1e-3)
    #expect(end < .distantFuture)
  }

  @Test(
    "seconds become the nearest nanosecond, half away from zero",
    arguments: [
      (0, 0), (1.5, 1_500_000_000), (0.4e-9, 0), (0.5e-9, 1), (2.5e-9, 3), (-2.5e-9, -3),
      (-0.4e-9, 0), (1e300, Int64.max), (-1e300, -Int64.max), (.infinity, Int64.max), (.nan, 0),
    ] as [(Double, Int64)])
  func rounding(seconds: Double, nanoseconds: Int64) {
    #expect(SimDuration(rounding: seconds).nanoseconds == nanoseconds)
  }
}

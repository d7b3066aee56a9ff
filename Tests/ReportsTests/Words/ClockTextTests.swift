import Testing
import WeirKernel

@testable import WeirReports

@Suite struct ClockTextTests {
  @Test(
    "times stand below one another, cut to milliseconds",
    arguments: [
      (0, 0, "0:00:00.000"), (1_999_999, 0, "0:00:00.001"),
      (3_661_500_000_000, 36_000_000_000_000, " 1:01:01.500"),
      (3_661_500_000_000, 86_400_000_000_000, "0 d 01:01:01.500"),
      (90_000_000_000_000, 900_000_000_000_000, " 1 d 01:00:00.000"),
    ] as [(Int64, Int64, String)])
  func text(_ time: Int64, _ latest: Int64, _ expected: String) {
    let clock = ClockText(upTo: SimTime(nanoseconds: latest))
    #expect(clock.text(SimTime(nanoseconds: time)) == expected)
  }
}

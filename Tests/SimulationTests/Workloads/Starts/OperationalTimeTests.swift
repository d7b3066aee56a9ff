import Foundation
import Testing
import WeirKernel

@testable import WeirSimulation

@Suite struct OperationalTimeTests {
  static let coding = WeeklyProfile(hours: WeeklyProfile.azureCoding)
  static let crowd = FlashCrowd(
    start: .hours(30), amplitude: 30, rise: .hours(1), decay: .days(4))

  static func time(_ hours: Double) -> SimTime {
    SimTime(nanoseconds: Int64(hours * 3600e9))
  }

  @Test("without a profile and a crowd there is no clock but time itself")
  func plain() {
    let flat = WeeklyProfile(hours: Array(repeating: 1, count: 24))
    #expect(OperationalTime(nil, nil) == nil)
    #expect(OperationalTime(flat, nil) == nil)
  }

  @Test("a profile passes through its hours, week after week")
  func profile() throws {
    let clock = try #require(OperationalTime(Self.coding, nil))
    let factors = Self.coding.factors
    #expect(clock.elapsed(until: .zero) == 0)
    #expect((clock.elapsed(until: Self.time(0.5)) - 1800 * factors[0]).magnitude < 1e-9)
    let day = factors[..<24].reduce(0, +) * 3600
    #expect((clock.elapsed(until: Self.time(24)) - day).magnitude < 1e-6)
    #expect((clock.elapsed(until: Self.time(168)) - 604_800).magnitude < 1e-6)
    #expect((clock.elapsed(until: Self.time(168 * 3 + 24)) - 3 * 604_800 - day).magnitude < 1e-5)
  }

  /// The trapezoid rule over seconds, whose error is 1/12 of the greatest curvature: below 1e-6.
  static func numericalIntegral(until end: Int) -> Double {
    func factor(_ second: Int) -> Double {
      let elapsed = Double(second - 30 * 3600)
      guard elapsed > 0 else { return 1 }
      return 1 + 30 * (1 - exp(-elapsed / 3600)) * exp(-elapsed / 345_600)
    }
    var sum = 0.0
    for second in 0..<end {
      sum += coding.factors[second / 3600 % 168] * (factor(second) + factor(second + 1)) / 2
    }
    return sum
  }

  @Test("a crowd adds the integral of its formula, hour by hour", arguments: [30, 31, 40, 120])
  func crowd(hours: Int) throws {
    let clock = try #require(OperationalTime(Self.coding, Self.crowd))
    let exact = Self.numericalIntegral(until: hours * 3600)
    let elapsed = clock.elapsed(until: Self.time(Double(hours)))
    #expect((elapsed / exact - 1).magnitude < 1e-7)
  }

  @Test("when a crowd has gone, what it added stays: A times the mean time that it lasts")
  func crowdGone() throws {
    let clock = try #require(OperationalTime(nil, Self.crowd))
    let both = 1 / (1 / 3600.0 + 1 / 345_600.0)
    let exact = 24 * 400 * 3600 + 30 * (345_600 - both)
    #expect((clock.elapsed(until: Self.time(24 * 400)) / exact - 1).magnitude < 1e-12)
  }

  @Test("the time of an integral is the inverse of the integral of a time")
  func inverse() throws {
    let short = FlashCrowd(
      start: .zero, amplitude: 100, rise: .seconds(1), decay: .minutes(3))
    let clocks = [
      OperationalTime(Self.coding, nil), OperationalTime(Self.coding, Self.crowd),
      OperationalTime(nil, short),
    ]
    for clock in clocks {
      let clock = try #require(clock)
      var samples = SampleKey(seed: 3).samples(.gap)
      for _ in 0..<2000 {
        let time = Self.time(samples.uniform() * 2000)
        let back = try #require(clock.time(ofElapsed: clock.elapsed(until: time)))
        // A double of up to 10^10 seconds, over a rate of at least 0.09.
        #expect((back - time).nanoseconds.magnitude < 30_000)
      }
    }
  }

  @Test("hours without sessions are passed over")
  func silence() throws {
    let night = WeeklyProfile(hours: (0..<24).map { $0 < 12 ? 0 : 1 })
    let clock = try #require(OperationalTime(night, nil))
    #expect(clock.elapsed(until: Self.time(12)) == 0)
    #expect(clock.time(ofElapsed: 0) == Self.time(12))
    #expect(clock.time(ofElapsed: 12 * 7200) == Self.time(36))
    #expect(clock.time(ofElapsed: 1e300) == nil)
  }
}

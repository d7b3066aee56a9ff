import Testing
import WeirAccess
import WeirKernel

@Suite struct PeakHoursTests {
  private let window = FixedWindow(limit: UnitsByPlan(10), per: .hours(5))
  private let mornings = PeakHours.Peak(
    on: [.monday, .tuesday, .wednesday, .thursday, .friday], from: .hours(5), until: .hours(11))

  private func hour(_ hour: Int64) -> Int64 { (SimTime.zero + .hours(hour)).nanoseconds }

  @Test("in a peak a window is used up twice as fast, and otherwise as ever")
  func factor() {
    var account = OneAccount(PeakHours(window, in: [mornings], factor: Ratio(2)))
    #expect(account.takeAtMost(20, at: hour(0)) == 10)
    #expect(account.takeAtMost(20, at: hour(6)) == 5)
    #expect(account.takeAtMost(20, at: hour(12)) == 10)
    // Saturday is the sixth day.
    #expect(account.takeAtMost(20, at: hour(5 * 24 + 6)) == 10)
  }

  @Test("a peak begins and ends on the hour, in the week in which the run begins")
  func hours() {
    let limit = PeakHours(window, in: [mornings], factor: Ratio(2), startHour: 24 * 4 + 3)
    // The run begins on Friday at 3.
    let nanosecond = SimDuration(nanoseconds: 1)
    let start = SimTime.zero + .hours(2)
    #expect(!limit.isPeak(start - nanosecond) && limit.isPeak(start))
    #expect(limit.isPeak(start + .hours(6) - nanosecond) && !limit.isPeak(start + .hours(6)))
    #expect(!limit.isPeak(start + .hours(24)) && limit.isPeak(start + .hours(72)))
    #expect(limit.isPeak(start - .days(7)), "before the start, too")
  }

  @Test("a use is settled at the factor of its decision")
  func settles() {
    var account = OneAccount(PeakHours(window, in: [mornings], factor: Ratio(2)))
    account.force(5, at: hour(10))
    #expect(account.meter(at: hour(10)).remaining == 0)
    account.settle(5, takenAt: hour(10), to: 2, at: hour(11))
    #expect(account.meter(at: hour(11)).remaining == 6)
  }

  @Test("parts of a unit are rounded against the account")
  func rounds() {
    let third = PeakHours(window, in: [mornings], factor: Ratio(4, over: 3))
    var account = OneAccount(third)
    // Ten units of the window are seven and a half here.
    #expect(account.meter(at: hour(6)).remaining == 7)
    #expect(account.take(7, at: hour(6)) == nil && account.meter(at: hour(6)).remaining == 0)
  }
}

import WeirKernel

/// The arithmetic of a steady rate: times are scaled by the rate, units by the period.
///
/// A state is one time, scaled: when everything let through so far would have arrived had it kept
/// to the rate.
struct CellRule: Hashable, Sendable {
  /// The units that a period lets through.
  let rate: Int128
  /// The length of a period in nanoseconds.
  let period: Int128
  /// The most units at once.
  let burst: Units
  /// How far ahead of now arrivals may be.
  let tolerance: Int128
  /// Whether nothing is counted.
  let isUnlimited: Bool

  init(rate: Units, period: SimDuration, burst: Units) {
    self.rate = Int128(rate.count)
    self.period = Int128(period.nanoseconds)
    self.burst = burst
    tolerance = Int128(burst.count) * self.period
    isUnlimited = rate == .unlimited || burst == .unlimited
  }

  /// Before all time: the state of one that has been idle for long enough.
  static let idle = Int128.min / 2

  /// How much further arrivals may move; negative after a settlement above the estimate.
  func headroom(of arrival: Int128, at now: SimTime) -> Int128 {
    tolerance - ahead(arrival, at: now)
  }

  /// How far arrivals are ahead of now, scaled; 0 when they are not.
  func ahead(_ arrival: Int128, at now: SimTime) -> Int128 {
    max(0, arrival - Int128(now.nanoseconds) * rate)
  }

  /// The arrivals after `units` more at `now`.
  func adding(_ units: Units, to arrival: Int128, at now: SimTime) -> Int128 {
    max(arrival, Int128(now.nanoseconds) * rate) + Int128(units.count) * period
  }

  /// The whole units in so much scaled headroom, at least 0.
  func units(_ weight: Int128) -> Units { Units(Int64(clamping: max(0, weight) / period)) }

  /// The time in which so much scaled headroom comes back; `nil` when it never does.
  func time(of weight: Int128) -> SimDuration? {
    rate == 0
      ? nil : SimDuration(nanoseconds: Int64(clamping: (weight + rate - 1) / rate))
  }
}

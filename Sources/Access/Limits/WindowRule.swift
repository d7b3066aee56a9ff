import WeirFormats
import WeirKernel

/// When fixed windows of one length open and close.
///
/// Windows are half-open: one that opens at `t` closes at exactly `t + length`, when everything
/// that it counted is forgotten.
struct WindowRule: Hashable, Sendable {
  /// The length of a window.
  var length: SimDuration
  /// What starts a window.
  var alignment: WindowAlignment
  /// Where one of the aligned windows begins.
  var origin = SimTime.zero
}

/// What starts a window.
public enum WindowAlignment: String, CaseIterable, Hashable, Sendable {
  /// The first use after the last window has closed.
  case anchored
  /// The clock: windows follow one another without a gap, the same for everyone.
  case aligned
  /// The first use of all; from then on windows follow one another without a gap.
  case fixedAnchor
}

/// What one window has counted, and when it closes.
struct WindowCount: Hashable, Sendable {
  /// When it closes; before all time when none has opened yet.
  var closes = WindowCount.never
  /// The units counted; more than the limit after a settlement above the estimate.
  var used = Units.zero

  /// The closing time of a window that has not opened.
  static let never = SimTime(nanoseconds: .min)

  /// The units that count at `now`.
  func used(at now: SimTime) -> Units { now < closes ? used : .zero }

  /// The time from `now` until the window closes; none when it is closed.
  func rest(at now: SimTime) -> SimDuration { now < closes ? closes - now : .zero }
}

extension WindowRule {
  /// The window that `now` lies in, ready to count: a new one where the old one has closed.
  func current(_ count: WindowCount, at now: SimTime) -> WindowCount {
    if now < count.closes { return count }
    return WindowCount(closes: nextClosing(count, after: now))
  }

  /// Gives back `units` that were taken at `time`, unless that window has closed.
  func giveBack(
    _ units: Units, takenAt time: SimTime, to count: inout WindowCount, at now: SimTime
  ) {
    guard now < count.closes, time >= count.closes - length else { return }
    count.used -= units
  }

  /// When the window closes that a use at `now` falls into, now that `count` has closed.
  private func nextClosing(_ count: WindowCount, after now: SimTime) -> SimTime {
    switch alignment {
    case .anchored: return now.advanced(by: length)
    case .aligned: return closing(after: now, from: origin)
    case .fixedAnchor:
      if count.closes == WindowCount.never { return now.advanced(by: length) }
      return closing(after: now, from: count.closes)
    }
  }

  /// The first of `anchor` plus whole lengths that is later than `now`.
  private func closing(after now: SimTime, from anchor: SimTime) -> SimTime {
    let elapsed = (now - anchor).nanoseconds
    var periods = elapsed / length.nanoseconds
    if elapsed < 0, periods * length.nanoseconds != elapsed { periods -= 1 }
    let start = SimTime(nanoseconds: anchor.nanoseconds + periods * length.nanoseconds)
    return start.advanced(by: length)
  }

  /// The window of an account in the middle of a long life, `limit` units wide at most.
  ///
  /// Its phase is the sampled one, except that aligned windows are the same for everyone; it has
  /// counted what the account is expected to have used by now.
  func open(
    _ count: WindowCount, with start: AccountStart.Stationary, limit: Units
  ) -> WindowCount {
    var count = count
    if count.closes == WindowCount.never {
      let elapsed =
        alignment == .aligned
        ? length - (closing(after: .zero, from: origin) - .zero)
        : start.phase(of: length)
      count.closes = SimTime.zero.advanced(by: length - elapsed)
    }
    let elapsed = length - (count.closes - .zero)
    let used = min(limit, count.used + start.demand(in: elapsed))
    if used == .zero, alignment == .anchored { return WindowCount() }
    count.used = used
    return count
  }
}

extension WindowCount {
  /// The count that leaves of `new` what it should, when this one has counted under `old`.
  func carried(
    from old: Units, to new: Units, _ inheritance: Inheritance, at now: SimTime
  ) -> WindowCount {
    if inheritance == .reset { return WindowCount() }
    if now >= closes { return self }
    var count = self
    let isUnlimited = old == .unlimited || new == .unlimited
    count.used = isUnlimited ? .zero : new - inheritance.left(old - used, of: old, under: new)
    return count
  }
}

extension AccountStart.Stationary {
  /// How far a period of `length` has come.
  func phase(of length: SimDuration) -> SimDuration {
    let product = Int128(length.nanoseconds) * Int128(phase)
    return SimDuration(nanoseconds: Int64(truncatingIfNeeded: product >> 32))
  }

  /// Whether the account asks for more than `units` in each `period`.
  func exceeds(_ units: Units, per period: SimDuration) -> Bool {
    Int128(demandPerDay.count) * Int128(period.nanoseconds)
      > Int128(units.count) * Int128(SimDuration.days(1).nanoseconds)
  }

  /// The units that the account is expected to have asked for in `time`, rounded down.
  func demand(in time: SimDuration) -> Units {
    let product = Int128(demandPerDay.count) * Int128(max(0, time.nanoseconds))
    return Units(Int64(clamping: product / Int128(SimDuration.days(1).nanoseconds)))
  }
}

extension SimTime {
  /// The instant `duration` later, or the end of time.
  func advanced(by duration: SimDuration) -> SimTime {
    let sum = nanoseconds.addingReportingOverflow(duration.nanoseconds)
    return sum.overflow ? .distantFuture : SimTime(nanoseconds: sum.partialValue)
  }
}

extension Fields {
  /// The field `per`: the length of a window or period.
  func period(_ help: String) -> SimDuration {
    required("per", .span(from: SimDuration(nanoseconds: 1)), help)
  }

  /// The field `alignment`: what starts a window.
  func windowAlignment() -> WindowAlignment {
    value(
      "alignment",
      .choice(WindowAlignment.self) { alignment in
        switch alignment {
        case .anchored: "the first use after the last window has closed"
        case .aligned: "the clock: windows follow one another, the same for everyone"
        case .fixedAnchor: "the first use of all; from then on windows follow one another"
        }
      }, default: .anchored, "What starts a window.")
  }
}

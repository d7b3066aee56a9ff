import WeirKernel

/// What two neighbouring windows of one state have counted: the memory of a ``SlidingCounter``.
struct SlidingCount: Hashable, Sendable {
  /// When the current window opened.
  var opened = SimTime.zero
  /// The units of the window before it.
  var previous = Units.zero
  /// The units of the current window.
  var current = Units.zero
}

/// The arithmetic of a ``SlidingCounter``: everything is scaled by the length of a window.
struct SlidingCountRule: Hashable, Sendable {
  /// The length of a window.
  let length: SimDuration
  /// Where one of the windows begins.
  let origin: SimTime
  /// Whether the part of the previous window counts in whole units, rounded down.
  let isFloored: Bool
  /// Whether a request passes while anything is left, whatever it costs.
  let overshoots: Bool

  private var window: Int128 { Int128(length.nanoseconds) }

  /// The count as it is at `now`: the window that `now` lies in, and the one before.
  ///
  /// Complexity: O(1); divides only when more than one window has passed.
  func current(_ count: SlidingCount, at now: SimTime) -> SlidingCount {
    let elapsed = (now - count.opened).nanoseconds
    if elapsed >= 0, elapsed < length.nanoseconds { return count }
    var moved = SlidingCount(opened: start(of: now))
    if moved.opened - count.opened == length { moved.previous = count.current }
    return moved
  }

  /// When the window that `now` lies in opened.
  func start(of now: SimTime) -> SimTime {
    let elapsed = (now - origin).nanoseconds % length.nanoseconds
    let rest = elapsed < 0 ? elapsed + length.nanoseconds : elapsed
    return SimTime(nanoseconds: now.nanoseconds - rest)
  }

  /// The estimate of what the last `length` before `now` has seen, times the length of a window.
  ///
  /// The part of the previous window is not rounded here, floored or not.
  func estimate(_ count: SlidingCount, at now: SimTime) -> Int128 {
    weighted(count, at: now) + Int128(count.current.count) * window
  }

  private func weighted(_ count: SlidingCount, at now: SimTime) -> Int128 {
    let left = window - Int128((now - count.opened).nanoseconds)
    return Int128(count.previous.count) * left
  }

  /// The greatest scaled estimate beside which `cost` passes a limit.
  private func bound(for cost: Units, limit: Units) -> Int128 {
    if overshoots { return Int128(limit.count) * window - 1 }
    let room = Int128(limit.count) - Int128(cost.count)
    // Rounded down, anything less than one unit more counts as nothing.
    return isFloored ? (room + 1) * window - 1 : room * window
  }

  /// Whether `cost` passes beside what counts at `now`, when `count` is current.
  func passes(_ cost: Units, beside count: SlidingCount, limit: Units, at now: SimTime) -> Bool {
    estimate(count, at: now) <= bound(for: cost, limit: limit)
  }

  /// The whole units that a limit leaves at `now`; negative beyond it.
  func headroom(_ count: SlidingCount, limit: Units, at now: SimTime) -> Units {
    let room = Int128(limit.count) - Int128(count.current.count)
    let weight = weighted(count, at: now)
    let used = isFloored ? weight.floored(by: window) : -(-weight).floored(by: window)
    return Units(Int64(clamping: room - used))
  }

  /// The time from `now` until `cost` passes when nothing else comes, for a cost that once will.
  func wait(
    for cost: Units, beside count: SlidingCount, limit: Units, at now: SimTime
  ) -> SimDuration {
    wait(until: bound(for: cost, limit: limit), of: count, at: now)
  }

  /// The time from `now` until nothing counts any more.
  func reset(_ count: SlidingCount, at now: SimTime) -> SimDuration {
    wait(until: isFloored ? window - 1 : 0, of: count, at: now)
  }

  /// The time until the scaled estimate has fallen to `bound`, at least 0.
  private func wait(
    until bound: Int128, of count: SlidingCount, at now: SimTime
  ) -> SimDuration {
    let room = bound - Int128(count.current.count) * window
    if room >= 0 { return time(until: room, of: count.previous, opened: count.opened, from: now) }
    // Not in this window; in the next one what this has counted fades.
    let next = count.opened.advanced(by: length)
    return time(until: bound, of: count.current, opened: next, from: now)
  }

  /// The time until so much of `units` as still counts in a window that opens at `opened` has
  /// fallen to `room`.
  private func time(
    until room: Int128, of units: Units, opened: SimTime, from now: SimTime
  ) -> SimDuration {
    let passes = units > .zero ? window - min(window, room / Int128(units.count)) : 0
    let wait = Int128(opened.nanoseconds) + passes - Int128(now.nanoseconds)
    return SimDuration(nanoseconds: max(0, Int64(clamping: wait)))
  }
}

extension Int128 {
  /// The quotient by a positive `divisor`, rounded towards less.
  func floored(by divisor: Int128) -> Int128 {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }
}

import WeirKernel

/// Time averages over the measured window and identities over the whole run, in exact integers.
struct TimeIntegrals: Sendable {
  let window: Range<Int64>
  private var clock: Int64 = 0

  // Over the measured window.
  private(set) var busy: Int128 = 0
  private(set) var capacity: Int128 = 0
  private(set) var queued: Int128 = 0
  /// ∫ min(idle servers, intents refused and not yet resolved) dt.
  private(set) var idleWhileDenied: Int128 = 0
  /// Time during which more requests waited than there are servers.
  private(set) var overloaded: Int64 = 0
  /// The longest such time without a break.
  private(set) var longestOverload: Int64 = 0
  private var overloadedSince: Int64?

  // Over the whole run.
  /// ∫ requests waiting or in service dt.
  private(set) var present: Int128 = 0

  init(from start: SimTime, to end: SimTime) {
    window = start.nanoseconds..<end.nanoseconds
  }

  /// Adds the time from the last call until `now` at `levels`.
  mutating func advance(to now: SimTime, _ levels: Timeline.Levels) {
    let now = now.nanoseconds
    guard now > clock else { return }
    present += Int128(now - clock) * Int128(levels.queued + levels.busy)
    let from = max(clock, window.lowerBound)
    let to = min(now, window.upperBound)
    clock = now
    guard from < to else { return }
    let elapsed = to - from
    busy += Int128(elapsed) * Int128(levels.busy)
    capacity += Int128(elapsed) * Int128(levels.capacity)
    queued += Int128(elapsed) * Int128(levels.queued)
    if levels.blocked > 0 {
      let idle = max(0, levels.capacity - levels.busy)
      idleWhileDenied += Int128(elapsed) * Int128(min(idle, levels.blocked))
    }
    guard levels.queued > levels.capacity else {
      overloadedSince = nil
      return
    }
    overloaded += elapsed
    let since = overloadedSince ?? from
    overloadedSince = since
    longestOverload = max(longestOverload, to - since)
  }
}

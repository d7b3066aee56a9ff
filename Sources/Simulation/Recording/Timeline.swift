public import WeirAccess
public import WeirKernel

/// What happened in each interval of the run: counts, and levels averaged over time.
public struct Timeline: Sendable {
  /// The length of an interval.
  public let interval: SimDuration
  /// The intervals so far, from the start of the run.
  public private(set) var rows: [Row] = []

  /// One interval.
  public struct Row: Sendable, Equatable {
    /// Intents first attempted.
    public var offered: Int64 = 0
    /// Attempts, the first and the later ones.
    public var attempts: Int64 = 0
    /// Attempts admitted.
    public var admitted: Int64 = 0
    /// Attempts denied.
    public var denied: Int64 = 0
    /// Intents completed.
    public var completed: Int64 = 0
    /// ∫ waiting requests dt, in request-nanoseconds.
    public var queueTime: Int128 = 0
    /// ∫ busy servers dt, in server-nanoseconds.
    public var busyTime: Int128 = 0
    /// ∫ servers dt, in server-nanoseconds.
    public var capacityTime: Int128 = 0
    /// ∫ requests waiting or in service dt.
    public var backlogTime: Int128 = 0
    /// ∫ intents refused and not yet resolved dt.
    public var blockedTime: Int128 = 0
    /// The sum of all settled balances at the end of the interval; `nil` without funds.
    public var balance: Credits?
    /// The limit of the first load-adaptive layer at the end of the interval; `nil` without one.
    public var limit: Units?
  }

  /// The levels that are averaged over time.
  struct Levels: Sendable {
    var queued: Int64 = 0
    var busy: Int64 = 0
    var capacity: Int64 = 0
    var blocked: Int64 = 0
  }

  private var clock: Int64 = 0
  private var current = Row()
  private var currentEnd: Int64

  init(interval: SimDuration) {
    self.interval = interval
    currentEnd = interval.nanoseconds
  }

  /// The interval that is not over yet.
  var unfinished: Row { current }

  /// The place of the present interval, from 0.
  var place: Int { rows.count }

  /// Adds the time from the last call until `now` at `levels`, closing intervals on the way.
  ///
  /// Complexity: constant but for the intervals closed.
  mutating func advance(to now: SimTime, _ levels: Levels, closing: (inout Row) -> Void) {
    while now.nanoseconds >= currentEnd {
      add(currentEnd - clock, levels)
      clock = currentEnd
      closing(&current)
      rows.append(current)
      current = Row()
      currentEnd += interval.nanoseconds
    }
    add(now.nanoseconds - clock, levels)
    clock = now.nanoseconds
  }

  private mutating func add(_ elapsed: Int64, _ levels: Levels) {
    guard elapsed > 0 else { return }
    let elapsed = Int128(elapsed)
    current.queueTime += elapsed * Int128(levels.queued)
    current.busyTime += elapsed * Int128(levels.busy)
    current.capacityTime += elapsed * Int128(levels.capacity)
    current.backlogTime += elapsed * Int128(levels.queued + levels.busy)
    current.blockedTime += elapsed * Int128(levels.blocked)
  }

  mutating func countOffered() { current.offered += 1 }
  mutating func countAdmitted() {
    current.attempts += 1
    current.admitted += 1
  }
  mutating func countDenied() {
    current.attempts += 1
    current.denied += 1
  }
  mutating func countCompleted() { current.completed += 1 }
}

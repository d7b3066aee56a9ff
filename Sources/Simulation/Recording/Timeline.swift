public import WeirAccess
public import WeirKernel

/// What happened in each interval of the run: counts, and levels averaged over time.
public struct Timeline: Sendable {
  /// The length of an interval.
  public let interval: SimDuration
  /// The intervals so far, from the start of the run.
  public private(set) var rows: [Row] = []

  /// Requests of some accounts in one interval.
  public struct Requests: Sendable, Equatable {
    /// Intents first attempted.
    public var offered: Int64 = 0
    /// Attempts admitted.
    public var admitted: Int64 = 0
    /// Attempts denied.
    public var denied: Int64 = 0
    /// Intents completed.
    public var completed: Int64 = 0

    /// Attempts, the first and the later ones.
    public var attempts: Int64 { admitted + denied }

    mutating func add(_ other: Requests) {
      offered += other.offered
      admitted += other.admitted
      denied += other.denied
      completed += other.completed
    }
  }

  /// One interval.
  public struct Row: Sendable, Equatable {
    /// The requests of all accounts.
    public var all = Requests()
    /// Those of them that accounts labelled as abusive made.
    public var labelled = Requests()
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
    /// The tightest limit of load-adaptive layers at the end of the interval; `nil` without one.
    public var limit: Units?
    /// What prices that follow the load are multiplied by at the end of the interval; `nil` without
    /// one.
    public var price: Ratio?
  }

  /// The areas at the start of the present interval.
  private var before = LevelAreas()

  init(interval: SimDuration) { self.interval = interval }

  /// The end of the present interval, in nanoseconds.
  var end: Int64 { Int64(rows.count + 1) * interval.nanoseconds }

  /// Ends the present interval: its requests, the areas now and what the stack shows.
  mutating func close(
    _ areas: LevelAreas, all: Requests, labelled: Requests, balance: Credits?, limit: Units?,
    price: Ratio?
  ) {
    var row = Row(all: all, labelled: labelled, balance: balance, limit: limit, price: price)
    row.queueTime = areas.queued - before.queued
    row.busyTime = areas.busy - before.busy
    row.capacityTime = areas.capacity - before.capacity
    row.backlogTime = row.queueTime + areas.inService - before.inService
    row.blockedTime = areas.blocked - before.blocked
    rows.append(row)
    before = areas
  }
}

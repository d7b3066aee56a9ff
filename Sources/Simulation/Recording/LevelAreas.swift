import WeirKernel

/// How many requests and servers are in which state: what is averaged over time.
struct Levels: Sendable {
  /// Requests that wait for a server.
  var queued: Int64 = 0
  /// Requests in service.
  var inService: Int64 = 0
  /// Servers at work.
  var busy: Int64 = 0
  /// Servers.
  var capacity: Int64 = 0
  /// Intents refused and not yet resolved.
  var blocked: Int64 = 0
}

/// The areas under the levels since the start of the run, in exact integers.
///
/// Differences of two readings give the averages of any stretch of time.
struct LevelAreas: Sendable {
  /// ∫ waiting requests dt, in request-nanoseconds.
  private(set) var queued: Int128 = 0
  /// ∫ requests in service dt.
  private(set) var inService: Int128 = 0
  /// ∫ busy servers dt, in server-nanoseconds.
  private(set) var busy: Int128 = 0
  /// ∫ servers dt: there are always as many.
  private(set) var capacity: Int128 = 0
  /// ∫ intents refused and not yet resolved dt.
  private(set) var blocked: Int128 = 0
  /// ∫ min(idle servers, intents refused and not yet resolved) dt.
  private(set) var idleWhileDenied: Int128 = 0
  /// Time during which more requests wait than there are servers.
  private(set) var overloaded: Int64 = 0
  /// How long that has lasted without a break.
  private(set) var overload: Int64 = 0
  /// The longest that it has lasted without a break.
  private(set) var longestOverload: Int64 = 0

  /// Adds `elapsed` nanoseconds at `levels`.
  ///
  /// Not inlined: levels change in many places, and each copy takes room beside what runs.
  @inline(never)
  mutating func add(_ elapsed: Int64, _ levels: Levels) {
    inService += Int128(elapsed, times: levels.inService)
    busy += Int128(elapsed, times: levels.busy)
    if levels.blocked > 0 {
      blocked += Int128(elapsed, times: levels.blocked)
      let idle = max(0, levels.capacity - levels.busy)
      idleWhileDenied += Int128(elapsed, times: min(idle, levels.blocked))
    }
    guard levels.queued > 0 else {
      overload = 0
      return
    }
    queued += Int128(elapsed, times: levels.queued)
    guard levels.queued > levels.capacity else {
      overload = 0
      return
    }
    overloaded += elapsed
    overload += elapsed
    longestOverload = max(longestOverload, overload)
  }

  /// Adds up the servers from the start of the run until `time`, in nanoseconds.
  mutating func addCapacity(_ levels: Levels, until time: Int64) {
    capacity = Int128(time, times: levels.capacity)
  }

  /// Begins a new search for the longest overload.
  mutating func forgetOverloads() {
    overload = 0
    longestOverload = 0
  }
}

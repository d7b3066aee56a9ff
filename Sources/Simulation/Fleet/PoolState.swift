import WeirAccess
import WeirKernel

/// A pool while the world runs: who waits, who is served where.
struct PoolState: Sendable {
  /// The number of the pool's first server among all servers.
  let firstServer: UInt32
  let servers: Int64
  let queueLimit: Int64
  var scheduler: any Scheduler
  /// The session slot that each server works for.
  private var slotOfServer: [UInt32]
  private var idle: [UInt32]

  /// Since the last load sample: starts, their waits, completions, busy time.
  var window = LoadWindow()

  init(_ pool: Pool, firstServer: UInt32, scheduler: any Scheduler) {
    self.firstServer = firstServer
    servers = pool.servers
    queueLimit = pool.queueLimit ?? .max
    self.scheduler = scheduler
    slotOfServer = Array(repeating: .max, count: Int(pool.servers))
    idle = (0..<UInt32(pool.servers)).reversed()
  }

  /// The number of requests that wait.
  var queued: Int64 { Int64(scheduler.count) }

  /// The number of requests in service.
  var busy: Int64 { servers - Int64(idle.count) }

  /// Whether a new request would neither start nor find room to wait.
  var isFull: Bool { idle.isEmpty && queued >= queueLimit }

  /// Gives an idle server to `slot`; returns its number among all servers.
  mutating func occupy(slot: UInt32) -> UInt32? {
    guard let server = idle.popLast() else { return nil }
    slotOfServer[Int(server)] = slot
    return firstServer + server
  }

  /// Frees `server` and returns the slot that it has worked for.
  mutating func vacate(server: UInt32) -> UInt32 {
    let own = Int(server - firstServer)
    let slot = slotOfServer[own]
    slotOfServer[own] = .max
    idle.append(UInt32(own))
    return slot
  }

  /// The slots in service, for the invariants.
  var inService: [UInt32] { slotOfServer.filter { $0 != .max } }
}

/// What a pool did since its load was last sampled.
struct LoadWindow: Sendable {
  var starts: Int64 = 0
  var waits: Int64 = 0
  var completions: Int64 = 0
  var busyTime: Int128 = 0
  var busySince: Int64 = 0

  /// Adds the time until `now` with `busy` servers at work.
  mutating func advance(to now: SimTime, busy: Int64) {
    busyTime += Int128(now.nanoseconds - busySince) * Int128(busy)
    busySince = now.nanoseconds
  }
}

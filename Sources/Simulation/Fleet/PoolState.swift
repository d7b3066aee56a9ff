import WeirAccess
import WeirKernel

/// A pool while the world runs: how many wait, and who is served where.
struct PoolState: ~Copyable, Sendable {
  /// The number of the pool's first server among all servers.
  let firstServer: UInt32
  let servers: Int64
  let queueLimit: Int64
  /// The number of requests that wait.
  private(set) var queued: Int64 = 0
  /// The number of requests in service.
  private(set) var inService: Int64 = 0
  /// The most requests in service at once.
  let serviceLimit: Int64
  /// The number of servers at work.
  private(set) var busy: Int64 = 0
  /// Whether requests share the servers; then ``SharedService`` knows who is served.
  let isShared: Bool
  /// The session slot that each server works for.
  private var slotOfServer: UnsharedArray<UInt32>
  private var idle: UnsharedArray<UInt32>

  /// Since the last load sample: starts, their waits, completions, busy time.
  var window = LoadWindow()

  init(_ pool: Pool, firstServer: UInt32) {
    self.firstServer = firstServer
    servers = pool.servers
    queueLimit = pool.queueLimit ?? .max
    isShared = pool.sharing.isShared
    serviceLimit = pool.sharing.serviceLimit(servers: pool.servers)
    let own = isShared ? 0 : UInt32(pool.servers)
    slotOfServer = UnsharedArray(repeating: .max, count: Int(own))
    idle = UnsharedArray((0..<own).reversed())
  }

  /// Adds the time that has passed to the busy time of the load window.
  @inline(__always)
  mutating func advance(to now: SimTime) { window.advance(to: now, busy: busy) }

  /// A job has joined those that wait.
  mutating func joined() { queued += 1 }

  /// A job has left those that wait.
  mutating func left() { queued -= 1 }

  /// Gives an idle server to `slot`; returns its number among all servers.
  @inline(__always)
  mutating func occupy(slot: UInt32) -> UInt32? {
    guard let server = idle.popLast() else { return nil }
    slotOfServer[Int(server)] = slot
    busy += 1
    inService += 1
    return firstServer + server
  }

  /// Frees `server` and returns the slot that it has worked for.
  @inline(__always)
  mutating func vacate(server: UInt32) -> UInt32 {
    let own = Int(server - firstServer)
    let slot = slotOfServer[own]
    slotOfServer[own] = .max
    idle.append(UInt32(own))
    busy -= 1
    inService -= 1
    return slot
  }

  /// So many requests share the servers now, each keeping at most one of them busy.
  mutating func share(among requests: Int64) {
    inService = requests
    busy = min(servers, requests)
  }

  /// The slots in service, for the invariants.
  var slotsInService: [UInt32] { slotOfServer.elements.filter { $0 != .max } }
}

/// What a pool did since its load was last sampled.
struct LoadWindow: Sendable {
  var starts: Int64 = 0
  var waits: Int64 = 0
  var completions: Int64 = 0
  var busyTime: Int128 = 0
  var busySince: Int64 = 0

  /// Adds the time until `now` with `busy` servers at work.
  @inline(__always)
  mutating func advance(to now: SimTime, busy: Int64) {
    busyTime += Int128(now.nanoseconds - busySince, times: busy)
    busySince = now.nanoseconds
  }
}

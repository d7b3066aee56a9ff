import WeirAccess
import WeirKernel

extension World {
  /// Whether a request that comes now could start at once if nobody waited.
  @inline(__always)
  func hasRoom(_ pool: Int) -> Bool {
    pools[pool].inService < pools[pool].serviceLimit
  }

  /// Whether a request that comes now would neither start nor find room to wait.
  @inline(__always)
  func isFull(_ pool: Int) -> Bool {
    pools[pool].queued >= pools[pool].queueLimit && !hasRoom(pool)
  }

  /// Gives the pool's servers the work of a session's intent; there is room for it.
  @inline(__always)
  mutating func occupy(_ pool: Int, with session: SessionPointer) {
    let work = session.pointee.demand.work
    let firstToken = session.pointee.demand.workToFirstToken
    changeLevels { $0.inService += 1 }
    if pools[pool].isShared {
      shared[pool]?.start(slot: session.pointee.slot, work: work, firstToken: firstToken, at: now)
      sharingChanged(pool)
    } else if let server = pools[pool].occupy(slot: session.pointee.slot) {
      changeLevels { $0.busy += 1 }
      session.pointee.firstTokenAt = now + firstToken
      queue.push(Event(time: now + work, kind: EventKind.completion, entity: server))
    }
  }

  /// A server is done, or the requests that share a pool have come to their next mark.
  @inline(__always)
  mutating func serverSignals(_ server: UInt32, plan: UInt32) {
    let pool = Int(poolOfServer[Int(server)])
    guard pools[pool].isShared else {
      pools[pool].advance(to: now)
      let session = sessions[pools[pool].vacate(server: server)]
      changeLevels {
        $0.busy -= 1
        $0.inService -= 1
      }
      complete(session)
      return startNext(in: pool)
    }
    guard shared[pool]?.plan == plan else { return }
    pools[pool].advance(to: now)
    while let mark = shared[pool]?.reach(at: now) {
      let session = sessions[mark.slot]
      let isLate = session.pointee.demand.workToFirstToken >= session.pointee.demand.work
      if !mark.isEnd || isLate { session.pointee.firstTokenAt = now }
      guard mark.isEnd else { continue }
      changeLevels { $0.inService -= 1 }
      complete(session)
    }
    sharingChanged(pool)
    startNext(in: pool)
  }

  /// Puts the next mark of a shared pool on the calendar; an earlier plan is void.
  private mutating func sharingChanged(_ pool: Int) {
    guard let count = shared[pool]?.count else { return }
    let before = pools[pool].busy
    pools[pool].share(among: count)
    let gained = pools[pool].busy - before
    changeLevels { $0.busy += gained }
    guard let next = shared[pool]?.planNext(), let plan = shared[pool]?.plan else { return }
    queue.push(
      Event(
        time: next, kind: EventKind.completion, entity: pools[pool].firstServer, ordinal: plan))
  }

  /// Starts whoever waits, while there is room.
  @inline(__always)
  private mutating func startNext(in pool: Int) {
    while pools[pool].queued > 0, hasRoom(pool), let job = schedulers[pool].next() {
      pools[pool].left()
      changeLevels { $0.queued -= 1 }
      start(sessions[job.slot])
    }
  }
}

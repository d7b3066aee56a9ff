import WeirAccess
import WeirKernel

extension World {
  /// Whether a request that comes now could start at once if nobody waited.
  func hasRoom(_ pool: Int) -> Bool {
    if let service = shared[pool] { return service.count < service.limit }
    return pools[pool].busy < pools[pool].servers
  }

  /// Whether a request that comes now would neither start nor find room to wait.
  func isFull(_ pool: Int) -> Bool {
    pools[pool].queued >= pools[pool].queueLimit && !hasRoom(pool)
  }

  /// Gives the pool's servers the work of `slot`; there is room for it.
  mutating func occupy(_ pool: Int, with slot: UInt32) {
    let demand = sessions[Int(slot)].demand
    levels.inService += 1
    if pools[pool].isShared {
      shared[pool]?.start(
        slot: slot, work: demand.work, firstToken: demand.workToFirstToken, at: now)
      sharingChanged(pool)
    } else if let server = pools[pool].occupy(slot: slot) {
      levels.busy += 1
      sessions[Int(slot)].firstTokenAt = now + demand.workToFirstToken
      queue.push(Event(time: now + demand.work, kind: EventKind.completion, entity: server))
    }
  }

  /// A server is done, or the requests that share a pool have come to their next mark.
  mutating func serverSignals(_ server: UInt32, plan: UInt32) {
    let pool = Int(poolOfServer[Int(server)])
    guard pools[pool].isShared else {
      pools[pool].advance(to: now)
      let slot = pools[pool].vacate(server: server)
      levels.busy -= 1
      levels.inService -= 1
      complete(slot)
      return startNext(in: pool)
    }
    guard shared[pool]?.plan == plan else { return }
    pools[pool].advance(to: now)
    while let mark = shared[pool]?.reach(at: now) {
      guard mark.isEnd else {
        sessions[Int(mark.slot)].firstTokenAt = now
        continue
      }
      let demand = sessions[Int(mark.slot)].demand
      if demand.workToFirstToken >= demand.work { sessions[Int(mark.slot)].firstTokenAt = now }
      levels.inService -= 1
      complete(mark.slot)
      startNext(in: pool)
    }
    sharingChanged(pool)
  }

  /// Puts the next mark of a shared pool on the calendar; an earlier plan is void.
  private mutating func sharingChanged(_ pool: Int) {
    guard let count = shared[pool]?.count else { return }
    levels.busy -= pools[pool].busy
    pools[pool].setBusy(requests: count)
    levels.busy += pools[pool].busy
    guard let next = shared[pool]?.planNext(), let plan = shared[pool]?.plan else { return }
    queue.push(
      Event(
        time: next, kind: EventKind.completion, entity: pools[pool].firstServer, ordinal: plan))
  }

  /// Starts whoever waits, while there is room.
  private mutating func startNext(in pool: Int) {
    while pools[pool].queued > 0, hasRoom(pool), let job = schedulers[pool].next() {
      pools[pool].left()
      levels.queued -= 1
      start(job.slot)
    }
  }
}

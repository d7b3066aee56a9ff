import WeirAccess
import WeirKernel

/// One random world under one policy: accounts, an access stack and a fleet, from start to end.
///
/// A world is a value made from a setting, a policy and a sample key; running it depends on nothing
/// else. Its life is in ``run()`` and in the functions that it calls, in the order of a request's
/// life: a session opens, an intent is attempted, admitted or refused, queued, started, completed
/// and settled; then the session pauses before its next intent, or closes.
public struct World: Sendable {
  let setting: Setting
  let directory: Directory
  let horizon: SimTime
  let warmup: SimTime
  let last: SimTime

  var now = SimTime.zero
  var queue = EventQueue()
  var stack: Stack
  var pools: [PoolState]
  var schedulers: [any Scheduler]
  /// The requests in service of each pool that shares its servers; `nil` for slots.
  var shared: [SharedService?]
  var poolOfServer: [UInt16]
  let populations: [PopulationState]
  let workloads: [any Workload]
  let behaviours: [Behaviour]
  /// The index in the directory of each operation of each population, one after another.
  let operations: [OperationIndex]
  var accounts: [AccountState]
  var sessions: [Session] = []
  var freeSlots: [UInt32] = []
  /// The load as the stack knows it.
  var signals: Signals
  /// Loads that were sampled and are on their way, oldest first.
  var signalsUnderway: [Signals] = []
  /// When the pending settlement event happens; distant when none is pending.
  var settlementAt = SimTime.distantFuture
  /// Measured intents that have not ended.
  var openMeasured: Int64 = 0
  var levels = Levels()
  var recorder: Recorder

  // MARK: The life of a world

  /// Runs the world to its end and returns what was measured.
  ///
  /// Complexity: proportional to the number of events, with no allocation in the steady state.
  public mutating func run() -> RunResult {
    begin()
    while let event = queue.popFirst(), !isOver(at: event.time) {
      advance(to: event.time)
      switch event.kind {
      case EventKind.completion: serverSignals(event.entity, plan: event.ordinal)
      case EventKind.settlement: settleBalances()
      case EventKind.timer: timerEnds(slot: event.ordinal)
      case EventKind.signal: event.ordinal == 0 ? sampleLoad() : deliverLoad()
      case EventKind.arrival where event.ordinal == EventKind.newSession:
        openSession(of: event.entity)
      default: attemptAgain(slot: event.ordinal)
      }
    }
    return finish()
  }

  /// Whether the run ends before an event at `time`: all that is measured has ended, or must.
  private func isOver(at time: SimTime) -> Bool {
    time >= last || (time >= horizon && openMeasured == 0)
  }

  /// Moves the clock, adding up all levels over the time that passes.
  mutating func advance(to time: SimTime) {
    guard time > now else { return }
    recorder.advance(to: time, levels, stack)
    now = time
  }

  // MARK: The life of a request

  /// A session of `account` opens with its first intent; the next session is put on the calendar.
  private mutating func openSession(of account: AccountIndex) {
    let number = accounts[Int(account)].nextSession
    let population = Int(accounts[Int(account)].population)
    accounts[Int(account)].nextSession += 1
    accounts[Int(account)].lastSessionAt = now
    scheduleSession(of: account)

    let slot = takeSlot()
    let index = Int(slot)
    sessions[index] = Session()
    sessions[index].account = account
    sessions[index].population = UInt16(population)
    sessions[index].product = populations[population].product
    sessions[index].model = populations[population].model
    sessions[index].pool = populations[population].pool
    sessions[index].script = Script(
      key: accounts[Int(account)].key.child(UInt64(number)), session: number,
      place: account - populations[population].accounts.lowerBound)
    sessions[index].isSessionMeasured = isMeasured(now)
    workloads[population].open(&sessions[index].script)
    recorder.sessionBegan(Int(slot), of: sessions)
    beginIntent(slot)
  }

  /// The session's present call becomes an intent, first attempted now.
  mutating func beginIntent(_ slot: UInt32) {
    let index = Int(slot)
    let population = Int(sessions[index].population)
    let key = sessions[index].script.callKey
    sessions[index].callKey = key
    sessions[index].demand = workloads[population].demand(
      of: &sessions[index].script, at: key)
    let own = Int(sessions[index].demand.operation)
    sessions[index].demand.operation = operations[populations[population].firstOperation + own]
    let demand = sessions[index].demand
    sessions[index].estimate = populations[population].meter.estimate(demand)
    sessions[index].actual = populations[population].meter.actual(demand)
    sessions[index].attempts = 0
    sessions[index].firstAttemptAt = now
    sessions[index].refusedAt = .distantFuture
    sessions[index].hintedAt = .distantFuture
    sessions[index].isMeasured = isMeasured(now)
    if sessions[index].isMeasured { openMeasured += 1 }
    recorder.intentBegan(index, of: sessions, at: now)
    attempt(slot)
  }

  /// The stack decides on the intent, once more; the fleet's full queue is asked first.
  mutating func attempt(_ slot: UInt32) {
    let index = Int(slot)
    sessions[index].attempts += 1
    sessions[index].attemptedAt = now
    let account = Int(sessions[index].account)
    accounts[account].requests += 1
    sessions[index].ordinal = accounts[account].requests
    let request = request(index)
    guard !isFull(Int(sessions[index].pool)) else {
      stack.observe(.denied(.queueFull), of: request, at: now)
      let refusal = Refusal(reason: .queueFull, retryAfter: nil)
      sessions[index].decision = Decision(
        outcome: .deny, granted: .zero, shares: Shares(), refusal: refusal)
      return refused(slot, request)
    }
    let decision = stack.decide(request, at: now, signals)
    sessions[index].decision = decision
    decision.outcome == .deny ? refused(slot, request) : admitted(slot, request)
  }

  /// The intent joins the queue of its pool, or starts at once.
  private mutating func admitted(_ slot: UInt32, _ request: Request) {
    let index = Int(slot)
    unblock(index)
    recorder.admitted(index, of: sessions, at: now)
    let pool = Int(sessions[index].pool)
    pools[pool].advance(to: now)
    if pools[pool].queued == 0, hasRoom(pool) { return start(slot) }
    sessions[index].state = .queued
    let population = Int(sessions[index].population)
    pools[pool].joined()
    schedulers[pool].enqueue(
      Job(
        slot: slot, account: request.account, priority: populations[population].priority,
        cost: request.cost, queuedAt: now))
    levels.queued += 1
    sessions[index].wakesAt = .distantFuture
    if !populations[population].isPatient { scheduleImpatience(slot) }
  }

  /// The account answers a refusal: it buys, tries again later, or gives the intent up.
  private mutating func refused(_ slot: UInt32, _ request: Request) {
    let index = Int(slot)
    let funded = isFunded(request)
    recorder.denied(index, of: sessions, isFunded: funded, at: now)
    sessions[index].refusals += 1
    if sessions[index].refusedAt == .distantFuture { sessions[index].refusedAt = now }
    if startsPurchase(slot, request) { return block(index, as: .purchasing) }
    let population = Int(sessions[index].population)
    let hint = sessions[index].decision.refusal?.retryAfter
    guard let wait = waitAfterRefusal(index, request, hint: hint, population) else {
      return deniedForGood(slot)
    }
    if let hint, sessions[index].hintedAt == .distantFuture {
      sessions[index].hintedAt = now + hint
    }
    block(index, as: .awaitingRetry)
    sessions[index].wakesAt = now + wait
    queue.push(
      Event(
        time: now + wait, kind: EventKind.arrival, entity: sessions[index].account, ordinal: slot))
  }

  /// How long the account waits before it tries again; `nil` when it gives the intent up.
  private func waitAfterRefusal(
    _ index: Int, _ request: Request, hint: SimDuration?, _ population: Int
  ) -> SimDuration? {
    let reset = sessions[index].decision.refusedBy.flatMap {
      stack.layers[$0].meter(for: request, at: now)?.resetAfter
    }
    let wait = behaviours[population].whenRefused.nextWait(
      hint: hint, reset: reset, attempts: sessions[index].attempts, at: sessions[index].callKey)
    let limit = behaviours[population].whenRefused.giveUpAfter
    guard let wait, isWorthwhile(wait, index, giveUpAfter: limit) else { return nil }
    return wait
  }

  /// The fleet begins to work on the intent, in a pool that has room for it.
  mutating func start(_ slot: UInt32) {
    let index = Int(slot)
    let pool = Int(sessions[index].pool)
    sessions[index].state = .inService
    sessions[index].startedAt = now
    sessions[index].wakesAt = .distantFuture
    let waited = now - sessions[index].attemptedAt
    pools[pool].window.starts += 1
    pools[pool].window.waits += waited.nanoseconds
    recorder.started(index, of: sessions, at: now)
    stack.observe(.started(waited: waited), of: request(index), at: now)
    occupy(pool, with: slot)
  }

  /// The work of the intent is done: it is settled, and its session goes on.
  mutating func complete(_ slot: UInt32) {
    let index = Int(slot)
    pools[Int(sessions[index].pool)].window.completions += 1
    let request = request(index)
    let actual = sessions[index].demand.fails ? .zero : sessions[index].actual
    let settled = stack.settle(
      sessions[index].decision, of: request, actual: actual,
      decidedAt: sessions[index].attemptedAt, at: now, signals)
    if sessions[index].demand.fails {
      recorder.failed(index, of: sessions, at: now)
    } else {
      recorder.completed(index, of: sessions, settled, at: now)
    }
    let latency = now - sessions[index].firstAttemptAt
    stack.observe(.completed(actual: actual, latency: latency), of: request, at: now)
    scheduleSettlement()
    endIntent(slot, served: !sessions[index].demand.fails)
  }

  /// The intent has waited longer than its account is willing to: nothing is paid.
  private mutating func abandon(_ slot: UInt32) {
    let index = Int(slot)
    let pool = Int(sessions[index].pool)
    schedulers[pool].remove(slot: slot)
    pools[pool].left()
    levels.queued -= 1
    let request = request(index)
    stack.release(
      sessions[index].decision, of: request, decidedAt: sessions[index].attemptedAt, at: now)
    stack.observe(.abandoned, of: request, at: now)
    recorder.abandoned(index, of: sessions, at: now)
    scheduleSettlement()
    endIntent(slot, served: false)
  }

  private mutating func deniedForGood(_ slot: UInt32) {
    unblock(Int(slot))
    recorder.deniedForGood(Int(slot), of: sessions, at: now)
    endIntent(slot, served: false)
  }

  /// The intent has ended; a served session goes on after its pause, any other closes.
  private mutating func endIntent(_ slot: UInt32, served: Bool) {
    let index = Int(slot)
    if sessions[index].isMeasured { openMeasured -= 1 }
    let population = Int(sessions[index].population)
    let key = sessions[index].callKey
    guard served,
      let pause = workloads[population].advance(&sessions[index].script, at: key)
    else { return closeSession(slot) }
    sessions[index].state = .paused
    sessions[index].wakesAt = now + pause
    queue.push(
      Event(
        time: now + pause, kind: EventKind.arrival, entity: sessions[index].account, ordinal: slot))
  }

  private mutating func closeSession(_ slot: UInt32) {
    recorder.sessionEnded(Int(slot), of: sessions)
    sessions[Int(slot)].state = .free
    freeSlots.append(slot)
  }

  // MARK: Timers

  /// A paused session makes its next call, or a refused intent its next attempt.
  private mutating func attemptAgain(slot: UInt32) {
    let index = Int(slot)
    guard sessions[index].wakesAt == now else { return }
    switch sessions[index].state {
    case .paused: beginIntent(slot)
    case .awaitingRetry: attempt(slot)
    default: break
    }
  }

  /// Patience ends in the queue, or a purchase goes through.
  private mutating func timerEnds(slot: UInt32) {
    let index = Int(slot)
    guard sessions[index].wakesAt == now else { return }
    switch sessions[index].state {
    case .queued: abandon(slot)
    case .purchasing: finishPurchase(slot)
    default: break
    }
  }

  private mutating func scheduleImpatience(_ slot: UInt32) {
    let index = Int(slot)
    guard let patience = behaviours[Int(sessions[index].population)].patience
    else { return }
    var samples = sessions[index].callKey.samples(.patience, index: sessions[index].attempts)
    let limit = SimDuration(rounding: max(0, patience.sample(&samples)))
    sessions[index].wakesAt = now + limit
    queue.push(
      Event(
        time: now + limit, kind: EventKind.timer, entity: sessions[index].account, ordinal: slot))
  }
}

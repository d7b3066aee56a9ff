import WeirAccess
import WeirKernel

/// One random world under one policy: accounts, an access stack and a fleet, from start to end.
///
/// A world is a value made from a setting, a policy and a sample key; running it depends on nothing
/// else. Its life is in ``run()`` and in the functions that it calls, in the order of a request's
/// life: a session opens, an intent is attempted, admitted, held or refused, queued, started,
/// completed and settled; then the session pauses before its next intent, or closes.
public struct World: ~Copyable, Sendable {
  let setting: Setting
  var directory: Directory
  let horizon: SimTime
  let warmup: SimTime
  var last: SimTime

  var now = SimTime.zero
  var queue = EventQueue()
  var stack: Stack
  var pools: UnsharedArray<PoolState>
  var schedulers: UnsharedArray<any Scheduler>
  /// The requests in service of each pool that shares its servers; `nil` for slots.
  var shared: [SharedService?]
  var poolOfServer: [UInt16]
  let populations: UnsharedArray<PopulationState>
  var workloads: UnsharedArray<any Workload>
  /// What an account of each population with a weight of 1 is expected to ask for in a day.
  var expectedUnitsPerDay: [Double] = []
  let behaviours: [Behaviour]
  /// The downgrades of the policy with all names resolved.
  let downgrades: [DowngradeState]
  /// What becomes of use when an account changes its plan.
  let onPlanChange: Inheritance
  /// The priority of each plan.
  let priorities: [Int64]
  /// The index in the directory of each operation of each population, one after another.
  let operations: [OperationIndex]
  /// The meter of each operation of each population, alike.
  let meters: [CostMeter]
  var accounts: UnsharedArray<AccountState>
  var sessions = SessionTable()
  /// The load as the stack knows it.
  var signals: Signals
  /// Loads that were sampled and are on their way, oldest first.
  var signalsUnderway: [Signals] = []
  /// When the pending settlement event happens; distant when none is pending.
  var settlementAt = SimTime.distantFuture
  /// The way of charges to their balances, where they are delivered; `nil` where they fall due.
  var transit: SettlementTransit?
  /// What each layer showed as left before the decision that is being checked.
  var headroom: [Units?] = []
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
      case EventKind.release: holdEnds(sessions[event.ordinal])
      case EventKind.settlement: settleBalances(event)
      case EventKind.timer: timerEnds(sessions[event.ordinal])
      case EventKind.signal: signal(event)
      case EventKind.arrival where event.ordinal == EventKind.newSession:
        openSession(of: event.entity)
      default: attemptAgain(sessions[event.ordinal])
      }
    }
    return finish()
  }

  /// The load is sampled or delivered, or accounts change their plan.
  private mutating func signal(_ event: Event) {
    switch event.ordinal {
    case 0: sampleLoad()
    case 1: deliverLoad()
    default: changePlans(of: Int(event.entity), change: Int(event.ordinal) - 2)
    }
  }

  /// Whether the run ends before an event at `time`: all that is measured has ended, or must.
  @inline(__always)
  private func isOver(at time: SimTime) -> Bool {
    time >= last || (time >= horizon && openMeasured == 0)
  }

  /// Moves the clock, past the boundaries at which something is read off.
  @inline(__always)
  mutating func advance(to time: SimTime) {
    guard time > now else { return }
    while time >= recorder.nextBoundary {
      recorder.crossBoundary(
        levels, limit: stack.limitInForce, price: stack.priceInForce(at: recorder.nextBoundary))
    }
    now = time
  }

  /// Changes the levels, which have been as they are since they last changed.
  @inline(__always)
  mutating func changeLevels(_ change: (inout Levels) -> Void) {
    recorder.advance(to: now, levels)
    change(&levels)
  }

  // MARK: The life of a request

  /// A session of `account` opens with its first intent; the next session is put on the calendar.
  @inline(__always)
  private mutating func openSession(of account: AccountIndex) {
    let state = accounts.pointer(to: Int(account))
    let population = populations.pointer(to: Int(state.pointee.population))
    let number = state.pointee.nextSession
    state.pointee.nextSession += 1
    if number == 0 { state.pointee.firstAttemptAt = now }
    scheduleSession(of: account)

    let session = sessions[sessions.take()]
    session.pointee.account = account
    session.pointee.population = state.pointee.population
    session.pointee.product = population.pointee.product
    session.pointee.model = population.pointee.model
    session.pointee.pool = population.pointee.pool
    let key = state.pointee.key
    session.pointee.script = Script(
      key: population.pointee.hasOneCall ? key : key.child(UInt64(number)), session: number,
      place: account - population.pointee.accounts.lowerBound)
    session.pointee.isSessionMeasured = isMeasured(now)
    if !population.pointee.hasOneCall {
      workloads[Int(state.pointee.population)].openInPlace(&session.pointee.script)
    }
    recorder.sessionBegan(session)
    beginIntent(session)
  }

  /// The session's present call becomes an intent, first attempted now.
  @inline(__always)
  mutating func beginIntent(_ session: SessionPointer) {
    if session.pointee.downgrade >= 0 { takeBack(session) }
    let population = populations.pointer(to: Int(session.pointee.population))
    session.pointee.address =
      population.pointee.hasOneCall
      ? CallAddress(onlyCallOf: session.pointee.script.session, of: session.pointee.script.key)
      : session.pointee.script.callAddress
    if let uniform = population.pointee.uniform {
      session.pointee.demand = uniform.demand
      session.pointee.estimate = uniform.estimate
      session.pointee.actual = uniform.actual
      session.pointee.usage = UInt32(population.pointee.firstOperation)
    } else {
      sampleDemand(of: session)
    }
    if recorder.keepsIntents { sampleWork(of: session) }
    session.pointee.attempts = 0
    session.pointee.firstAttemptAt = now
    session.pointee.refusedAt = .distantFuture
    session.pointee.hintedAt = .distantFuture
    session.pointee.isMeasured = isMeasured(now)
    if session.pointee.isMeasured { openMeasured &+= 1 }
    recorder.intentBegan(session, at: now)
    if recorder.conservation.isOverfull { last = now }
    attempt(session)
  }

  /// Samples what the session's present call asks for, and meters it.
  private mutating func sampleDemand(of session: SessionPointer) {
    let population = Int(session.pointee.population)
    session.pointee.demand = workloads[population].demandInPlace(
      of: &session.pointee.script, at: session.pointee.address)
    let operation =
      populations[population].firstOperation + Int(session.pointee.demand.operation)
    session.pointee.demand.operation = operations[operation]
    session.pointee.usage = UInt32(operation)
    session.pointee.actual = meters[operation].actual(session.pointee.demand)
    session.pointee.estimate =
      meters[operation].assumedOutput == nil
      ? session.pointee.actual : meters[operation].estimate(session.pointee.demand)
  }

  /// The stack decides on the intent, once more; the fleet's full queue is asked first.
  mutating func attempt(_ session: SessionPointer) {
    if session.pointee.downgrade >= 0 { takeBack(session) }
    session.pointee.attempts += 1
    session.pointee.attemptedAt = now
    let account = Int(session.pointee.account)
    accounts[account].requests += 1
    session.pointee.ordinal = accounts[account].requests
    let request = request(of: session)
    recorder.attempted(session)
    if isFull(Int(session.pointee.pool)) {
      refuseForFullQueue(session, request)
    } else {
      decide(request, session)
    }
    if recorder.keepsEvents { recorder.decided(session, request, stack) }
    switch session.pointee.decision.outcome {
    case .deny: refused(session, request)
    case .hold: held(session)
    case .admit: admitted(session, request)
    case .downgrade: downgraded(session)
    }
  }

  /// The intent is admitted as one of another model; out of line, since few policies downgrade.
  @inline(never)
  private mutating func downgraded(_ session: SessionPointer) {
    admitted(session, request(of: session))
  }

  /// The stack decides; now and then it is checked that no layer gives more than it shows.
  @inline(__always)
  private mutating func decide(_ request: Request, _ session: SessionPointer) {
    if recorder.keepsEvents { recorder.asked(request, stack, signals, at: now) }
    let isChecked = recorder.conservation.attempts & 63 == 0
    if isChecked { noteHeadroom(for: request) }
    if downgrades.isEmpty {
      stack.decide(request, at: now, signals, into: &session.pointee.decision)
    } else {
      decideOrDowngrade(request, session)
    }
    if isChecked, session.pointee.downgrade < 0 {
      checkHeadroom(session.pointee.decision, of: request)
    }
  }

  /// The fleet has no room, so that the stack is not asked; its trackers learn of it.
  mutating func refuseForFullQueue(_ session: SessionPointer, _ request: Request) {
    stack.observe(.denied(.queueFull), of: request, at: now)
    session.pointee.decision = Decision(
      outcome: .deny, granted: .zero, shares: Shares(),
      refusal: Refusal(reason: .queueFull, retryAfter: nil))
  }

  /// The intent joins the queue of its pool, or starts at once.
  @inline(__always)
  mutating func admitted(_ session: SessionPointer, _ request: Request, wasHeld: Bool = false) {
    if !wasHeld {
      unblock(session)
      session.pointee.wakesAt = .distantFuture
    }
    session.pointee.admittedAt = now
    recorder.admitted(session, wasHeld: wasHeld, at: now)
    let pool = Int(session.pointee.pool)
    pools[pool].advance(to: now)
    if pools[pool].queued == 0, hasRoom(pool) { return start(session) }
    session.pointee.state = .queued
    pools[pool].joined()
    schedulers[pool].enqueue(
      Job(
        slot: session.pointee.slot, account: request.account,
        priority: priorities[Int(request.plan)],
        cost: request.cost, queuedAt: now))
    changeLevels { $0.queued += 1 }
    if recorder.keepsEvents {
      recorder.tell(.queue(ahead: pools[pool].queued - 1), session, at: now)
    }
    // The patience of a held intent has been running since it was attempted.
    if !wasHeld, !populations[Int(session.pointee.population)].isPatient {
      scheduleImpatience(session)
    }
  }

  /// The account answers a refusal: it buys, tries again later, or gives the intent up.
  @inline(__always)
  mutating func refused(
    _ session: SessionPointer, _ request: Request, wasHeld: Bool = false
  ) {
    let funded = stack.isCharging && stack.isFunded(request, at: now)
    recorder.denied(session, isFunded: funded, wasHeld: wasHeld, at: now)
    session.pointee.refusals += 1
    if session.pointee.refusedAt == .distantFuture { session.pointee.refusedAt = now }
    let population = Int(session.pointee.population)
    if populations[population].givesUpAtOnce { return deniedForGood(session) }
    if startsPurchase(session, request) {
      if recorder.keepsEvents {
        recorder.tell(.checkout(until: session.pointee.wakesAt), session, at: now)
      }
      return block(session, as: .purchasing)
    }
    let hint = session.pointee.decision.refusal?.retryAfter
    guard let wait = waitAfterRefusal(session, request, hint: hint, population) else {
      return deniedForGood(session)
    }
    if let hint, session.pointee.hintedAt == .distantFuture {
      session.pointee.hintedAt = now + hint
    }
    block(session, as: .awaitingRetry)
    session.pointee.wakesAt = now + wait
    if recorder.keepsEvents { recorder.tell(.retry(at: now + wait), session, at: now) }
    queue.push(
      Event(
        time: now + wait, kind: EventKind.arrival, entity: session.pointee.account,
        ordinal: session.pointee.slot))
  }

  /// How long the account waits before it tries again; `nil` when it gives the intent up.
  @inline(__always)
  private func waitAfterRefusal(
    _ session: SessionPointer, _ request: Request, hint: SimDuration?, _ population: Int
  ) -> SimDuration? {
    let reset =
      behaviours[population].whenRefused.waitsForReset ? resetOfRefuser(session, request) : nil
    let wait = behaviours[population].whenRefused.nextWait(
      hint: hint, reset: reset, attempts: session.pointee.attempts, at: session.pointee.address)
    let limit = behaviours[population].whenRefused.giveUpAfter
    guard let wait, isWorthwhile(wait, session, giveUpAfter: limit) else { return nil }
    return wait
  }

  /// The time until the layer that refused is full again; `nil` when it does not say.
  private func resetOfRefuser(_ session: SessionPointer, _ request: Request) -> SimDuration? {
    session.pointee.decision.refusedBy.flatMap {
      stack.meter(ofLayer: $0, for: request, at: now)?.resetAfter
    }
  }

  /// The fleet begins to work on the intent, in a pool that has room for it.
  ///
  /// Out of line, since it is called from two places: what runs at each request is to fit a cache.
  @inline(never)
  mutating func start(_ session: SessionPointer) {
    let pool = Int(session.pointee.pool)
    sampleWork(of: session)
    let isPart = session.pointee.decision.granted < session.pointee.estimate
    if isPart || session.pointee.downgrade >= 0 { cutDown(session) }
    session.pointee.state = .inService
    session.pointee.startedAt = now
    session.pointee.wakesAt = .distantFuture
    let waited = now - session.pointee.admittedAt
    pools[pool].window.starts &+= 1
    pools[pool].window.waits += waited.nanoseconds
    recorder.started(session, at: now)
    if stack.hasObservers { observeStart(of: session, waited) }
    occupy(pool, with: session)
  }

  /// Layers that watch learn how long it has waited; out of line, since few policies have any.
  @inline(never)
  private mutating func observeStart(of session: SessionPointer, _ waited: SimDuration) {
    stack.observe(.started(waited: waited), of: request(of: session), at: now)
  }

  /// The work of the intent is done: it is settled, and its session goes on.
  @inline(__always)
  mutating func complete(_ session: SessionPointer) {
    pools[Int(session.pointee.pool)].window.completions &+= 1
    let request = request(of: session)
    let actual = session.pointee.demand.fails ? .zero : session.pointee.actual
    let settled = stack.settle(
      session.pointee.decision.shares, granted: session.pointee.decision.granted, of: request,
      actual: actual, decidedAt: session.pointee.attemptedAt, at: now, signals)
    if recorder.conservation.deliversCharges { publishCharges(of: session) }
    let latency = now - session.pointee.admittedAt
    if session.pointee.demand.fails {
      recorder.failed(session, at: now)
      stack.observe(.failed(latency: latency), of: request, at: now)
    } else {
      recorder.completed(session, settled, at: now)
      stack.observe(.completed(actual: actual, latency: latency), of: request, at: now)
    }
    if stack.hasBooks { scheduleSettlement() }
    endIntent(session, served: !session.pointee.demand.fails)
  }

  /// The intent has waited longer than its account is willing to: nothing is paid.
  private mutating func abandon(_ session: SessionPointer) {
    if session.pointee.state == .queued {
      let pool = Int(session.pointee.pool)
      schedulers[pool].remove(slot: session.pointee.slot)
      pools[pool].left()
      changeLevels { $0.queued -= 1 }
    }
    let request = request(of: session)
    stack.release(
      session.pointee.decision, of: request, decidedAt: session.pointee.attemptedAt, at: now)
    // One that was still held has not waited in the queue.
    let waited = max(.zero, now - session.pointee.admittedAt)
    stack.observe(.abandoned(waited: waited), of: request, at: now)
    recorder.abandoned(session, at: now)
    scheduleSettlement()
    endIntent(session, served: false)
  }

  @inline(__always)
  private mutating func deniedForGood(_ session: SessionPointer) {
    unblock(session)
    recorder.deniedForGood(session, at: now)
    endIntent(session, served: false)
  }

  /// The intent has ended; a served session goes on after its pause, any other closes.
  ///
  /// Out of line, since it is called from several places.
  @inline(never)
  private mutating func endIntent(_ session: SessionPointer, served: Bool) {
    if session.pointee.isMeasured { openMeasured &-= 1 }
    let population = Int(session.pointee.population)
    guard !populations[population].hasOneCall,
      let pause = workloads[population].advanceInPlace(
        &session.pointee.script, at: session.pointee.address)
    else { return closeSession(session) }
    guard served else {
      countUnreached(session)
      return closeSession(session)
    }
    session.pointee.state = .paused
    session.pointee.pause = pause
    session.pointee.wakesAt = now + pause
    queue.push(
      Event(
        time: now + pause, kind: EventKind.arrival, entity: session.pointee.account,
        ordinal: session.pointee.slot))
  }

  @inline(__always)
  private mutating func closeSession(_ session: SessionPointer) {
    recorder.sessionEnded(session)
    sessions.give(back: session.pointee.slot)
  }

  // MARK: Timers

  /// A paused session makes its next call, or a refused intent its next attempt.
  private mutating func attemptAgain(_ session: SessionPointer) {
    guard session.pointee.wakesAt == now else { return }
    switch session.pointee.state {
    case .paused: beginIntent(session)
    case .awaitingRetry: attempt(session)
    default: break
    }
  }

  /// Patience ends in the queue or before it, or a purchase goes through.
  private mutating func timerEnds(_ session: SessionPointer) {
    guard session.pointee.wakesAt == now else { return }
    switch session.pointee.state {
    case .held, .queued: abandon(session)
    case .purchasing: finishPurchase(session)
    default: break
    }
  }

  mutating func scheduleImpatience(_ session: SessionPointer) {
    guard let patience = behaviours[Int(session.pointee.population)].patience
    else { return }
    var samples = session.pointee.address.key.samples(.patience, index: session.pointee.attempts)
    let limit = SimDuration(rounding: max(0, patience.sample(&samples)))
    session.pointee.wakesAt = now + limit
    queue.push(
      Event(
        time: now + limit, kind: EventKind.timer, entity: session.pointee.account,
        ordinal: session.pointee.slot))
  }
}

import WeirAccess
import WeirKernel

/// Everything that a run writes down while it goes: one function for each step of a request's life.
///
/// The world calls them in order; all sums are integers.
struct Recorder: Sendable {
  let objective: SimDuration
  let tolerableGaps: [SimDuration]

  var counts: [Counts]
  var latencies: [Latencies]
  var tallies: [AccountTally]
  var layers: [LayerTally]
  var queueRefusals: Int64 = 0
  var timeline: Timeline
  var integrals: TimeIntegrals
  var usage: UsageTable
  var conservation = Conservation()
  var settlementLag = Histogram()
  let payers: [Int]
  private let populationOfOwner: [UInt16]
  private let measuredFrom: SimTime

  init(
    populations: [PopulationState], stack: Stack, setting: Setting, populationOfOwner: [UInt16],
    accounts: Int
  ) {
    objective = setting.objective ?? SimDuration(nanoseconds: .max)
    tolerableGaps = populations.map(\.behaviour.tolerableGap)
    counts = Array(repeating: Counts(), count: populations.count)
    latencies = populations.map { _ in Latencies() }
    tallies = Array(repeating: AccountTally(), count: accounts)
    layers = Array(repeating: LayerTally(), count: stack.layers.count)
    timeline = Timeline(interval: setting.interval)
    measuredFrom = .zero + (setting.warmup ?? .zero)
    integrals = TimeIntegrals(from: measuredFrom, to: .zero + setting.horizon)
    usage = UsageTable(populations: populations.count)
    payers = stack.payers
    self.populationOfOwner = populationOfOwner
  }

  // MARK: Time

  /// Adds up levels from the last call until `time`.
  mutating func advance(to time: SimTime, _ levels: Timeline.Levels, _ stack: Stack) {
    integrals.advance(to: time, levels)
    let before = timeline.place
    let balance = conservation.totalBalance
    timeline.advance(to: time, levels) { row in
      row.balance = balance
      row.limit = stack.limitInForce
    }
    if timeline.place != before { usage.close(until: timeline.place) }
  }

  // MARK: Sessions and intents

  mutating func sessionBegan(_ session: borrowing Session) {
    if session.isSessionMeasured { counts[Int(session.population)].sessions += 1 }
  }

  mutating func sessionEnded(_ session: borrowing Session) {
    guard session.isSessionMeasured else { return }
    if session.isBroken { counts[Int(session.population)].brokenSessions += 1 }
  }

  mutating func intentBegan(_ session: borrowing Session, at now: SimTime) {
    timeline.countOffered()
    tallies[Int(session.account)].beginIntent(at: now)
    conservation.begun += 1
    guard session.isMeasured else { return }
    counts[Int(session.population)].intents += 1
    tallies[Int(session.account)].intents += 1
    tallies[Int(session.account)].demanded += session.actual.count
  }

  // MARK: Attempts

  mutating func admitted(_ session: borrowing Session, at now: SimTime) {
    timeline.countAdmitted()
    countUse(session)
    conservation.admitted += 1
    guard session.isMeasured else { return }
    let population = Int(session.population)
    counts[population].attempts += 1
    counts[population].admitted += 1
    endLockout(session, at: now)
    guard session.hintedAt != .distantFuture else { return }
    latencies[population].hintError.record(max(0, (now - session.hintedAt).nanoseconds))
  }

  mutating func denied(_ session: borrowing Session, isFunded: Bool, at now: SimTime) {
    timeline.countDenied()
    countUse(session)
    conservation.denied += 1
    if session.decision.refusal == nil { conservation.denialsWithoutReason += 1 }
    guard session.isMeasured else { return }
    let population = Int(session.population)
    counts[population].attempts += 1
    counts[population].denied += 1
    if isFunded { counts[population].deniedThoughFunded += 1 }
    if session.refusedAt == .distantFuture { counts[population].hardStops += 1 }
    guard let layer = session.decision.refusedBy, let refusal = session.decision.refusal else {
      queueRefusals += 1
      return
    }
    layers[layer].refused[refusal.reason.column] += 1
  }

  /// Books an attempt in the usage table.
  private mutating func countUse(_ session: borrowing Session) {
    let account = Int(session.account)
    let interval = UInt32(timeline.place) + 1
    let isNew = tallies[account].lastInterval != interval
    tallies[account].lastInterval = interval
    usage.countAttempt(
      population: session.population, product: session.product, model: session.model,
      operation: session.demand.operation, isNewlyActive: isNew)
  }

  /// Ends the time during which a refused intent was locked out.
  private mutating func endLockout(_ session: borrowing Session, at now: SimTime) {
    guard session.refusedAt != .distantFuture else { return }
    latencies[Int(session.population)].lockout.record((now - session.refusedAt).nanoseconds)
  }

  // MARK: Service

  mutating func started(_ session: borrowing Session, at now: SimTime) {
    if now < session.attemptedAt { conservation.disorderedTimes += 1 }
  }

  mutating func completed(_ session: borrowing Session, _ settled: Settled, at now: SimTime) {
    timeline.countCompleted()
    tallies[Int(session.account)].endIntent(isServed: true, at: now)
    usage.addUnits(
      session.actual, population: session.population, product: session.product,
      model: session.model, operation: session.demand.operation)
    conservation.completed += 1
    conservation.settle(session, settled, isMetered: !payers.isEmpty, at: now)
    guard session.isMeasured else { return }
    let population = Int(session.population)
    counts[population].completed += 1
    counts[population].overrun += settled.overrun
    counts[population].usefulWork += Int128(session.demand.work.nanoseconds)
    tallies[Int(session.account)].completed += 1
    tallies[Int(session.account)].served += session.actual.count
    for payer in payers.indices { layers[payers[payer]].paid += settled.shares[payer] }
    recordLatency(session, at: now)
  }

  private mutating func recordLatency(_ session: borrowing Session, at now: SimTime) {
    let population = Int(session.population)
    let endToEnd = now - session.firstAttemptAt
    let firstToken = session.startedAt + session.demand.workToFirstToken
    let work = max(1, session.demand.work.nanoseconds)
    latencies[population].queueWait.record((session.startedAt - session.attemptedAt).nanoseconds)
    latencies[population].timeToFirstToken.record((firstToken - session.firstAttemptAt).nanoseconds)
    latencies[population].endToEnd.record(endToEnd.nanoseconds)
    latencies[population].slowdown.record(
      Int64(clamping: Int128(endToEnd.nanoseconds) * 1000 / Int128(work)))
    if endToEnd <= objective { counts[population].withinSLO += 1 }
  }

  mutating func abandoned(_ session: borrowing Session, at now: SimTime) {
    tallies[Int(session.account)].endIntent(isServed: false, at: now)
    conservation.abandoned += 1
    conservation.leave(session, at: now)
    guard session.isMeasured else { return }
    counts[Int(session.population)].abandoned += 1
    latencies[Int(session.population)].recordUnserved()
  }

  mutating func deniedForGood(_ session: borrowing Session, at now: SimTime) {
    tallies[Int(session.account)].endIntent(isServed: false, at: now)
    conservation.deniedForGood += 1
    guard session.isMeasured else { return }
    counts[Int(session.population)].deniedForGood += 1
    latencies[Int(session.population)].recordUnserved()
    endLockout(session, at: now)
  }

  // MARK: Money

  /// Books one record of the ledger.
  mutating func ledger(_ event: LedgerEvent) {
    conservation.ledger(event)
    switch event {
    case .usage: break
    case .monetization(let charge):
      guard charge.at >= measuredFrom else { return }
      settlementLag.record((charge.due - charge.at).nanoseconds)
    case .balanceUpdate(let update):
      guard update.at >= measuredFrom else { return }
      book(update)
    }
  }

  private mutating func book(_ update: BalanceUpdate) {
    let population = Int(populationOfOwner[Int(update.account)])
    switch update.kind {
    case .purchase:
      counts[population].purchases += 1
      counts[population].purchased += update.amount
    case .debit: counts[population].debited += -update.amount
    case .overshootRefund: counts[population].refunded += update.amount
    case .expiry: counts[population].expired += -update.amount
    case .initial, .grant: break
    }
  }
}

extension Reason {
  /// The position among all reasons.
  var column: Int {
    switch self {
    case .limit: 0
    case .never: 1
    case .concurrency: 2
    case .insufficient: 3
    case .overload: 4
    case .behaviour: 5
    case .excluded: 6
    case .queueFull: 7
    }
  }
}

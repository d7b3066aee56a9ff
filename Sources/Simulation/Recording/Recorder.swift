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
  /// The areas under all levels, now, at the start and at the end of the measured time.
  var areas = LevelAreas()
  private(set) var areasAtStart = LevelAreas()
  private(set) var areasAtEnd = LevelAreas()
  var usage: UsageTable
  var conservation = Conservation()
  var settlementLag = Histogram()
  let payers: [Int]
  private let populationOfOwner: [UInt16]
  private let measuredFrom: SimTime
  private let measuredTo: SimTime
  private var clock: Int64 = 0
  /// The next time at which something is read off the areas.
  private var nextBoundary: Int64

  init(
    behaviours: [Behaviour], stack: Stack, setting: Setting, populationOfOwner: [UInt16],
    accounts: Int
  ) {
    objective = setting.objective ?? SimDuration(nanoseconds: .max)
    tolerableGaps = behaviours.map(\.tolerableGap)
    counts = Array(repeating: Counts(), count: behaviours.count)
    latencies = behaviours.map { _ in Latencies() }
    tallies = Array(repeating: AccountTally(), count: accounts)
    layers = Array(repeating: LayerTally(), count: stack.layers.count)
    timeline = Timeline(interval: setting.interval)
    measuredFrom = .zero + (setting.warmup ?? .zero)
    measuredTo = .zero + setting.horizon
    nextBoundary = min(setting.interval.nanoseconds, measuredFrom.nanoseconds)
    usage = UsageTable()
    payers = stack.payers
    self.populationOfOwner = populationOfOwner
  }

  // MARK: Time

  /// Adds up levels from the last call until `time`.
  mutating func advance(to time: SimTime, _ levels: Levels, _ stack: borrowing Stack) {
    while time.nanoseconds >= nextBoundary {
      areas.add(nextBoundary - clock, levels)
      clock = nextBoundary
      readAreas(stack)
    }
    areas.add(time.nanoseconds - clock, levels)
    clock = time.nanoseconds
  }

  /// Reads the areas where an interval or the measured time starts or ends.
  private mutating func readAreas(_ stack: borrowing Stack) {
    if clock == timeline.end {
      timeline.close(areas, balance: conservation.totalBalance, limit: stack.limitInForce)
      usage.close(until: timeline.rows.count)
    }
    if clock == measuredFrom.nanoseconds {
      areas.forgetOverloads()
      areasAtStart = areas
    }
    if clock == measuredTo.nanoseconds { areasAtEnd = areas }
    nextBoundary = timeline.end
    for boundary in [measuredFrom.nanoseconds, measuredTo.nanoseconds] where boundary > clock {
      nextBoundary = min(nextBoundary, boundary)
    }
  }

  // MARK: Sessions and intents

  mutating func sessionBegan(_ index: Int, of sessions: borrowing [Session]) {
    if sessions[index].isSessionMeasured { counts[Int(sessions[index].population)].sessions += 1 }
  }

  mutating func sessionEnded(_ index: Int, of sessions: borrowing [Session]) {
    guard sessions[index].isSessionMeasured else { return }
    if sessions[index].isBroken { counts[Int(sessions[index].population)].brokenSessions += 1 }
  }

  mutating func intentBegan(_ index: Int, of sessions: borrowing [Session], at now: SimTime) {
    timeline.countOffered()
    tallies[Int(sessions[index].account)].beginIntent(at: now)
    conservation.begun += 1
    guard sessions[index].isMeasured else { return }
    counts[Int(sessions[index].population)].intents += 1
    tallies[Int(sessions[index].account)].intents += 1
    tallies[Int(sessions[index].account)].demanded += sessions[index].actual.count
  }

  // MARK: Attempts

  mutating func admitted(_ index: Int, of sessions: borrowing [Session], at now: SimTime) {
    timeline.countAdmitted()
    countUse(index, of: sessions)
    conservation.admitted += 1
    guard sessions[index].isMeasured else { return }
    let population = Int(sessions[index].population)
    counts[population].attempts += 1
    counts[population].admitted += 1
    endLockout(index, of: sessions, at: now)
    guard sessions[index].hintedAt != .distantFuture else { return }
    latencies[population].hintError.record(max(0, (now - sessions[index].hintedAt).nanoseconds))
  }

  mutating func denied(_ index: Int, of sessions: borrowing [Session], isFunded: Bool, at now: SimTime) {
    timeline.countDenied()
    countUse(index, of: sessions)
    conservation.denied += 1
    if sessions[index].decision.refusal == nil { conservation.denialsWithoutReason += 1 }
    guard sessions[index].isMeasured else { return }
    let population = Int(sessions[index].population)
    counts[population].attempts += 1
    counts[population].denied += 1
    if isFunded { counts[population].deniedThoughFunded += 1 }
    if sessions[index].refusedAt == .distantFuture { counts[population].hardStops += 1 }
    guard let layer = sessions[index].decision.refusedBy, let refusal = sessions[index].decision.refusal else {
      queueRefusals += 1
      return
    }
    layers[layer].refused[refusal.reason.column] += 1
  }

  /// Books an attempt in the usage table.
  private mutating func countUse(_ index: Int, of sessions: borrowing [Session]) {
    let account = Int(sessions[index].account)
    let interval = UInt32(timeline.rows.count) + 1
    let isNew = tallies[account].lastInterval != interval
    tallies[account].lastInterval = interval
    usage.countAttempt(
      population: sessions[index].population, product: sessions[index].product, model: sessions[index].model,
      operation: sessions[index].demand.operation, isNewlyActive: isNew)
  }

  /// Ends the time during which a refused intent was locked out.
  private mutating func endLockout(_ index: Int, of sessions: borrowing [Session], at now: SimTime) {
    guard sessions[index].refusedAt != .distantFuture else { return }
    latencies[Int(sessions[index].population)].lockout.record((now - sessions[index].refusedAt).nanoseconds)
  }

  // MARK: Service

  mutating func started(_ index: Int, of sessions: borrowing [Session], at now: SimTime) {
    if now < sessions[index].attemptedAt { conservation.disorderedTimes += 1 }
  }

  mutating func completed(_ index: Int, of sessions: borrowing [Session], _ settled: Settled, at now: SimTime) {
    timeline.countCompleted()
    tallies[Int(sessions[index].account)].endIntent(isServed: true, at: now)
    usage.addUnits(
      sessions[index].actual, population: sessions[index].population, product: sessions[index].product,
      model: sessions[index].model, operation: sessions[index].demand.operation)
    conservation.completed += 1
    conservation.settle(index, of: sessions, settled, isMetered: !payers.isEmpty, at: now)
    guard sessions[index].isMeasured else { return }
    let population = Int(sessions[index].population)
    counts[population].completed += 1
    counts[population].overrun += settled.overrun
    counts[population].usefulWork += Int128(sessions[index].demand.work.nanoseconds)
    tallies[Int(sessions[index].account)].completed += 1
    tallies[Int(sessions[index].account)].served += sessions[index].actual.count
    for payer in payers.indices { layers[payers[payer]].paid += settled.shares[payer] }
    recordLatency(index, of: sessions, at: now)
  }

  private mutating func recordLatency(_ index: Int, of sessions: borrowing [Session], at now: SimTime) {
    let population = Int(sessions[index].population)
    let endToEnd = now - sessions[index].firstAttemptAt
    let firstToken = sessions[index].firstTokenAt
    let work = max(1, sessions[index].demand.work.nanoseconds)
    latencies[population].queueWait.record((sessions[index].startedAt - sessions[index].attemptedAt).nanoseconds)
    latencies[population].timeToFirstToken.record((firstToken - sessions[index].firstAttemptAt).nanoseconds)
    latencies[population].endToEnd.record(endToEnd.nanoseconds)
    latencies[population].slowdown.record(
      Int64(clamping: Int128(endToEnd.nanoseconds) * 1000 / Int128(work)))
    if endToEnd <= objective { counts[population].withinSLO += 1 }
  }

  mutating func failed(_ index: Int, of sessions: borrowing [Session], at now: SimTime) {
    tallies[Int(sessions[index].account)].endIntent(isServed: false, at: now)
    conservation.failed += 1
    conservation.leave(index, of: sessions, at: now)
    guard sessions[index].isMeasured else { return }
    counts[Int(sessions[index].population)].failed += 1
    latencies[Int(sessions[index].population)].recordUnserved()
  }

  mutating func abandoned(_ index: Int, of sessions: borrowing [Session], at now: SimTime) {
    tallies[Int(sessions[index].account)].endIntent(isServed: false, at: now)
    conservation.abandoned += 1
    conservation.leave(index, of: sessions, at: now)
    guard sessions[index].isMeasured else { return }
    counts[Int(sessions[index].population)].abandoned += 1
    latencies[Int(sessions[index].population)].recordUnserved()
  }

  mutating func deniedForGood(_ index: Int, of sessions: borrowing [Session], at now: SimTime) {
    tallies[Int(sessions[index].account)].endIntent(isServed: false, at: now)
    conservation.deniedForGood += 1
    guard sessions[index].isMeasured else { return }
    counts[Int(sessions[index].population)].deniedForGood += 1
    latencies[Int(sessions[index].population)].recordUnserved()
    endLockout(index, of: sessions, at: now)
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

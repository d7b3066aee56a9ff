import WeirAccess
import WeirKernel

/// Everything that a run writes down while it goes: one function for each step of a request's life.
///
/// The world calls them in order; all sums are integers.
struct Recorder: ~Copyable, Sendable {
  let objective: SimDuration

  /// What is counted of each population.
  var books: UnsharedArray<PopulationBooks>
  var tallies: UnsharedArray<AccountTally>
  /// The units that layers paid and the attempts that they refused.
  private var payments: LayerBooks
  var timeline: Timeline
  /// The areas under all levels, now, at the start and at the end of the measured time.
  var areas = LevelAreas()
  private(set) var areasAtStart = LevelAreas()
  private(set) var areasAtEnd = LevelAreas()
  var usage: UsageTable
  var conservation = Conservation()
  private(set) var crowds: CrowdWatch
  var settlementLag = Histogram()
  /// What is written down event by event; only when ``keepsIntents``.
  private(set) var events: EventLog
  /// Whether every kind of event is handed to the log.
  let keepsEvents: Bool
  /// Whether at least the intents are.
  let keepsIntents: Bool
  let payers: [Int]
  private let populationOfOwner: [UInt16]
  /// Whether each account bought credits in the measured time or after it.
  private var isBuyer: UnsharedArray<Bool>
  /// Whether some layer pays for requests of each product.
  private let isMetered: [Bool]
  private let measuredFrom: SimTime
  private let measuredTo: SimTime
  private var clock: Int64 = 0
  /// The next time at which something is read off the areas.
  private(set) var nextBoundary: SimTime

  init(
    behaviours: [Behaviour], stack: Stack, setting: Setting, populationOfOwner: [UInt16],
    accounts: Int, keeping: EventKeeping
  ) {
    objective = setting.objective ?? SimDuration(nanoseconds: .max)
    books = UnsharedArray()
    for (population, behaviour) in zip(setting.populations, behaviours) {
      books.append(PopulationBooks(population, behaviour))
    }
    tallies = UnsharedArray(repeating: AccountTally(), count: accounts)
    payments = LayerBooks(
      layers: stack.names.count, products: setting.products.count, populations: behaviours.count)
    isBuyer = UnsharedArray(repeating: false, count: populationOfOwner.count)
    timeline = Timeline(interval: setting.interval)
    measuredFrom = .zero + (setting.warmup ?? .zero)
    measuredTo = .zero + setting.horizon
    crowds = CrowdWatch(
      setting.populations.flatMap(\.workload.crowds), within: measuredFrom..<measuredTo)
    nextBoundary = min(.zero + setting.interval, measuredFrom, crowds.next)
    usage = UsageTable()
    events = EventLog(stack, keeping)
    keepsEvents = keeping.keepsEvents || keeping.storyOf != nil
    keepsIntents = keeping.keepsIntents || keeping.storyOf != nil
    payers = stack.payers
    self.populationOfOwner = populationOfOwner
    isMetered = setting.products.indices.map { product in
      stack.payers.contains { stack.applies($0, to: ProductIndex(product)) }
    }
  }

  // MARK: Time

  /// Adds up levels that have not changed since the last call until `time`, which does not lie
  /// beyond the next boundary.
  @inline(__always)
  mutating func advance(to time: SimTime, _ levels: Levels) {
    guard time.nanoseconds > clock else { return }
    areas.add(time.nanoseconds - clock, levels)
    clock = time.nanoseconds
  }

  /// Adds up levels until the next boundary, and reads the areas there.
  mutating func crossBoundary(_ levels: Levels, limit: Units?, price: Ratio?) {
    advance(to: nextBoundary, levels)
    areas.addCapacity(levels, until: clock)
    readAreas(limit: limit, price: price)
  }

  /// Reads the areas where an interval or the measured time starts or ends.
  private mutating func readAreas(limit: Units?, price: Ratio?) {
    if clock == timeline.end {
      let (all, labelled) = takeRequests()
      timeline.close(
        areas, all: all, labelled: labelled, balance: conservation.totalBalance, limit: limit,
        price: price)
      usage.close(until: timeline.rows.count)
    }
    if clock == measuredFrom.nanoseconds {
      areas.forgetOverloads()
      areasAtStart = areas
    }
    if clock == measuredTo.nanoseconds { areasAtEnd = areas }
    if clock == crowds.next.nanoseconds { crowds.read(conservation, areas) }
    nextBoundary = min(SimTime(nanoseconds: timeline.end), crowds.next)
    for boundary in [measuredFrom, measuredTo] where boundary.nanoseconds > clock {
      nextBoundary = min(nextBoundary, boundary)
    }
  }

  /// Takes out the requests of the interval that ends: those of all accounts, and of labelled ones.
  private mutating func takeRequests() -> (all: Timeline.Requests, labelled: Timeline.Requests) {
    var all = Timeline.Requests()
    var labelled = Timeline.Requests()
    for population in books.indices {
      all.add(books[population].requests)
      if books[population].isLabelled { labelled.add(books[population].requests) }
      books[population].requests = Timeline.Requests()
    }
    return (all, labelled)
  }

  /// What was counted of each population.
  var counts: [Counts] { books.indices.map { books[$0].counts } }

  // MARK: Sessions and intents

  /// The books of the population of a session's account.
  @inline(__always)
  private func books(of session: SessionPointer) -> UnsafeMutablePointer<PopulationBooks> {
    books.pointer(to: Int(session.pointee.population))
  }

  @inline(__always)
  mutating func sessionBegan(_ session: SessionPointer) {
    if session.pointee.isSessionMeasured { books(of: session).pointee.counts.sessions &+= 1 }
  }

  @inline(__always)
  mutating func sessionEnded(_ session: SessionPointer) {
    guard session.pointee.isSessionMeasured else { return }
    if session.pointee.isBroken { books(of: session).pointee.counts.brokenSessions &+= 1 }
  }

  @inline(__always)
  mutating func intentBegan(_ session: SessionPointer, at now: SimTime) {
    let books = books(of: session)
    books.pointee.requests.offered &+= 1
    books.pointee.reach.made &+= 1
    tallies[Int(session.pointee.account)].beginIntent(
      demand: session.pointee.actual, isMeasured: session.pointee.isMeasured, at: now)
    conservation.ask(max(session.pointee.estimate, session.pointee.actual))
    if keepsIntents { events.begin(session) }
    if session.pointee.isMeasured { books.pointee.counts.intents &+= 1 }
  }

  /// Calls of a session will never be made, since one before them was not served.
  mutating func leftUnreached(_ calls: Int64, population: Int, isMeasured: Bool) {
    books[population].reach.unreached += calls
    if isMeasured { books[population].counts.unreached += calls }
  }

  /// Calls of a session, or of sessions not even begun, come after the end of the run.
  mutating func cutOff(_ calls: Int64, population: Int, isMeasured: Bool) {
    books[population].reach.unreached += calls
    if isMeasured { books[population].counts.cutOff += calls }
  }

  // MARK: Attempts

  /// Counts an attempt that is about to be decided.
  @inline(__always)
  mutating func attempted(_ session: SessionPointer) {
    conservation.attempts &+= 1
    if session.pointee.isMeasured { books(of: session).pointee.counts.attempts &+= 1 }
  }

  // The following are called only when ``keepsEvents``.

  /// Asks the layers what they say to a request that is about to be decided.
  mutating func asked(
    _ request: Request, _ stack: borrowing Stack, _ signals: Signals, at now: SimTime
  ) {
    events.asked(request, stack, signals, at: now)
  }

  /// Tells what happens to a session besides.
  mutating func tell(_ kind: StoryEvent.Kind, _ session: SessionPointer, at now: SimTime) {
    events.tell(kind, session, at: now)
  }

  /// Tells that an account went over to another plan.
  mutating func tellPlan(_ plan: PlanIndex, of account: AccountIndex, at now: SimTime) {
    events.tellPlan(plan, of: account, at: now)
  }

  /// Writes a decision down.
  mutating func decided(_ session: SessionPointer, _ request: Request, _ stack: borrowing Stack) {
    events.decided(session, request, stack)
  }

  @inline(__always)
  mutating func admitted(_ session: SessionPointer, wasHeld: Bool, at now: SimTime) {
    let books = books(of: session)
    books.pointee.requests.admitted &+= 1
    wasHeld ? released(session) : countUse(session)
    conservation.admitted &+= 1
    noteGap(session, at: now)
    guard session.pointee.isMeasured else { return }
    books.pointee.counts.admitted &+= 1
    if session.pointee.downgrade >= 0 {
      books.pointee.counts.downgraded &+= 1
    } else if session.pointee.decision.refusedBy != nil {
      countPart(session)
    }
    if !wasHeld { passed(session, at: now) }
  }

  /// Books what an attempt is granted of what it asked for, where that is not all.
  @inline(never)
  private mutating func countPart(_ session: SessionPointer) {
    let books = books(of: session)
    books.pointee.counts.grantedInPart &+= 1
    books.pointee.counts.askedForPart += session.pointee.estimate
    books.pointee.counts.partGranted += session.pointee.decision.granted
  }

  mutating func held(_ session: SessionPointer, at now: SimTime) {
    countUse(session)
    conservation.held &+= 1
    guard session.pointee.isMeasured else { return }
    books(of: session).pointee.counts.held &+= 1
    passed(session, at: now)
  }

  /// Books that a refused intent has passed the stack, and how wrong the hint was.
  @inline(__always)
  private mutating func passed(_ session: SessionPointer, at now: SimTime) {
    endLockout(session, at: now)
    guard session.pointee.hintedAt != .distantFuture else { return }
    books(of: session).pointee.latencies.hintError.record(
      max(0, (now - session.pointee.hintedAt).nanoseconds))
  }

  /// Books that an attempt is held no longer; what becomes of it follows.
  private mutating func released(_ session: SessionPointer) {
    conservation.held &-= 1
    if session.pointee.isMeasured { books(of: session).pointee.counts.held &-= 1 }
  }

  @inline(__always)
  mutating func denied(
    _ session: SessionPointer, isFunded: Bool, wasHeld: Bool, at now: SimTime
  ) {
    let books = books(of: session)
    books.pointee.requests.denied &+= 1
    wasHeld ? released(session) : countUse(session)
    conservation.deny(session)
    guard session.pointee.isMeasured else { return }
    let population = Int(session.pointee.population)
    books.pointee.counts.denied &+= 1
    if isFunded { books.pointee.counts.deniedThoughFunded &+= 1 }
    if session.pointee.refusedAt == .distantFuture { books.pointee.counts.hardStops &+= 1 }
    guard let layer = session.pointee.decision.refusedBy,
      let refusal = session.pointee.decision.refusal
    else {
      payments.countQueueRefusal(population: population)
      return
    }
    payments.countRefusal(by: layer, refusal.reason, population: population)
    if refusal.reason == .behaviour { books.pointee.counts.deniedForBehaviour &+= 1 }
  }

  /// Books an attempt in the usage table.
  @inline(__always)
  private mutating func countUse(_ session: SessionPointer) {
    let account = Int(session.pointee.account)
    let interval = UInt32(timeline.rows.count) + 1
    let isNew = tallies[account].isNewlyActive(in: interval)
    usage.countAttempt(in: session.pointee.usage, isNewlyActive: isNew)
  }

  /// Marks a session whose account has been kept out, refused or held, longer than is tolerable.
  @inline(__always)
  mutating func noteGap(_ session: SessionPointer, at now: SimTime) {
    let isHeld = session.pointee.decision.outcome == .hold
    let since = min(session.pointee.refusedAt, isHeld ? session.pointee.attemptedAt : now)
    if now - since > books(of: session).pointee.tolerableGap {
      session.pointee.isBroken = true
    }
  }

  /// Ends the time during which a refused intent was locked out.
  @inline(__always)
  private mutating func endLockout(_ session: SessionPointer, at now: SimTime) {
    guard session.pointee.refusedAt != .distantFuture else { return }
    books(of: session).pointee.latencies.lockout.record(
      (now - session.pointee.refusedAt).nanoseconds)
  }

  /// What each layer paid and refused of the requests of some populations.
  func layerTallies(of populations: [Int]) -> [LayerTally] {
    payments.tallies(of: populations)
  }

  /// The attempts of some populations that found the queue of the fleet full.
  func queueRefusals(of populations: [Int]) -> Int64 {
    payments.queueRefusals(of: populations)
  }

  // MARK: Service

  @inline(__always)
  mutating func started(_ session: SessionPointer, at now: SimTime) {
    if now < session.pointee.admittedAt { conservation.disorderedTimes &+= 1 }
    if keepsIntents { events.started(session) }
  }

  @inline(__always)
  mutating func completed(
    _ session: SessionPointer, _ settled: Settled, at now: SimTime
  ) {
    let books = books(of: session)
    books.pointee.requests.completed &+= 1
    tallies[Int(session.pointee.account)].serve(
      session.pointee.actual, isMeasured: session.pointee.isMeasured, at: now)
    usage.addUnits(session.pointee.actual, in: session.pointee.usage)
    conservation.completed &+= 1
    if keepsIntents { events.end(session, .completed, settled, at: now) }
    conservation.settle(
      session, settled, isMetered: isMetered[Int(session.pointee.product)], at: now)
    guard session.pointee.isMeasured else { return }
    books.pointee.counts.completed &+= 1
    books.pointee.counts.overrun += settled.overrun
    books.pointee.counts.usefulWork += Int128(session.pointee.demand.work.nanoseconds)
    payments.pay(
      settled.shares, payers, product: session.pointee.product,
      population: Int(session.pointee.population))
    recordLatency(session, books, at: now)
  }

  @inline(__always)
  private mutating func recordLatency(
    _ session: SessionPointer, _ books: UnsafeMutablePointer<PopulationBooks>, at now: SimTime
  ) {
    let endToEnd = now - session.pointee.firstAttemptAt
    let firstToken = session.pointee.firstTokenAt
    let work = max(1, session.pointee.demand.work.nanoseconds)
    books.pointee.latencies.queueWait.record(
      (session.pointee.startedAt - session.pointee.admittedAt).nanoseconds)
    books.pointee.latencies.timeToFirstToken.record(
      (firstToken - session.pointee.firstAttemptAt).nanoseconds)
    books.pointee.latencies.endToEnd.record(endToEnd.nanoseconds)
    books.pointee.latencies.slowdown.record(Self.thousandths(endToEnd.nanoseconds, over: work))
    if endToEnd <= objective { books.pointee.counts.withinSLO &+= 1 }
  }

  /// `part` over `whole` in thousandths, rounded down; held within the range of `Int64`.
  private static func thousandths(_ part: Int64, over whole: Int64) -> Int64 {
    let (product, overflows) = part.multipliedReportingOverflow(by: 1000)
    if overflows { return Int64(clamping: Int128(part) * 1000 / Int128(whole)) }
    return product / whole
  }

  mutating func failed(_ session: SessionPointer, at now: SimTime) {
    tallies[Int(session.pointee.account)].endIntent(isServed: false, at: now)
    conservation.failed &+= 1
    if keepsIntents { events.end(session, .failed, at: now) }
    conservation.leave(session, at: now)
    guard session.pointee.isMeasured else { return }
    countUnserved(session) { $0.failed &+= 1 }
  }

  mutating func abandoned(_ session: SessionPointer, at now: SimTime) {
    tallies[Int(session.pointee.account)].endIntent(isServed: false, at: now)
    conservation.abandoned &+= 1
    if keepsIntents { events.end(session, .abandoned, at: now) }
    if session.pointee.state == .held {
      noteGap(session, at: now)
    } else {
      conservation.leave(session, at: now)
    }
    guard session.pointee.isMeasured else { return }
    countUnserved(session) { $0.abandoned &+= 1 }
  }

  @inline(__always)
  mutating func deniedForGood(_ session: SessionPointer, at now: SimTime) {
    tallies[Int(session.pointee.account)].endIntent(isServed: false, at: now)
    conservation.deniedForGood &+= 1
    // The session ends here and now: a gap that never closes.
    session.pointee.isBroken = true
    if keepsIntents { events.end(session, .deniedForGood, at: now) }
    guard session.pointee.isMeasured else { return }
    countUnserved(session) { $0.deniedForGood &+= 1 }
    endLockout(session, at: now)
  }

  /// Counts a measured intent that was not served.
  @inline(__always)
  private mutating func countUnserved(
    _ session: SessionPointer, _ count: (inout Counts) -> Void
  ) {
    let books = books(of: session)
    count(&books.pointee.counts)
    books.pointee.latencies.unserved &+= 1
  }

  // MARK: Money

  /// Books one record of the ledger.
  mutating func ledger(_ event: LedgerEvent) {
    conservation.ledger(event)
    if keepsEvents { events.record(event) }
    switch event {
    case .usage: break
    case .monetization(let charge):
      guard charge.at >= measuredFrom, charge.due != .distantFuture,
        charge.measure == .microCredits
      else { return }
      settlementLag.record((charge.due - charge.at).nanoseconds)
    case .balanceUpdate(let update):
      // Money is counted in credits alone; units stand in the books of events.
      guard update.measure == .microCredits else { return }
      book(update)
    }
  }

  private mutating func book(_ update: BalanceUpdate) {
    let population = Int(populationOfOwner[Int(update.account)])
    books[population].counts.closing += update.amount
    guard update.at >= measuredFrom, update.kind != .initial else {
      books[population].counts.opening += update.amount
      return
    }
    switch update.kind {
    case .purchase:
      if !isBuyer[Int(update.account)] {
        isBuyer[Int(update.account)] = true
        books[population].counts.buyers &+= 1
      }
      books[population].counts.purchases &+= 1
      books[population].counts.purchased += update.amount
    case .debit: books[population].counts.debited += -update.amount
    case .overshootRefund: books[population].counts.refunded += update.amount
    case .expiry: books[population].counts.expired += -update.amount
    case .forgiveness: books[population].counts.forgiven += update.amount
    case .grant, .advance, .repayment: books[population].counts.granted += update.amount
    case .initial: break
    }
  }
}

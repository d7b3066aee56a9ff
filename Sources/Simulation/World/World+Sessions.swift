import WeirAccess
import WeirKernel

extension World {
  /// Whether an intent first attempted at `time` counts in the results.
  @inline(__always)
  func isMeasured(_ time: SimTime) -> Bool { time >= warmup && time < horizon }

  /// Puts the start of an account's next session on the calendar.
  ///
  /// The start after it is worked out then and there, though it is needed only when that session
  /// opens: nothing waits for its samples.
  @inline(__always)
  mutating func scheduleSession(of account: AccountIndex) {
    let index = Int(account)
    let start = accounts[index].nextStart
    guard start < last else { return }
    queue.push(
      Event(
        time: start, kind: EventKind.arrival, entity: account, ordinal: EventKind.newSession))
    accounts[index].nextStart = self.start(
      ofSession: accounts[index].nextSession + 1, of: account, after: start)
  }

  /// When session `number` of an account starts, not before the one that started at `previous`;
  /// distant when it never does.
  @inline(__always)
  mutating func start(
    ofSession number: UInt32, of account: AccountIndex, after previous: SimTime
  ) -> SimTime {
    let population = Int(accounts[Int(account)].population)
    let view = AccountView(
      key: accounts[Int(account)].key, weight: accounts[Int(account)].weight,
      place: account - populations[population].accounts.lowerBound)
    let start = workloads[population].startInPlace(ofSession: number, of: view, after: previous)
    return start.map { max($0, previous) } ?? .distantFuture
  }

  /// Samples the work of an intent, where that was left out of its demand.
  @inline(__always)
  mutating func sampleWork(of session: SessionPointer) {
    let population = Int(session.pointee.population)
    guard populations[population].samplesWorkLate else { return }
    workloads[population].sampleWorkInPlace(
      of: &session.pointee.demand, at: session.pointee.address)
  }

  /// The present attempt of a session as the access stack may see it.
  @inline(__always)
  func request(of session: SessionPointer) -> Request {
    let account = accounts.pointer(to: Int(session.pointee.account))
    var product = session.pointee.product
    var model = session.pointee.model
    var cost = session.pointee.estimate
    if session.pointee.downgrade >= 0 {
      let state = downgrades[Int(session.pointee.downgrade)]
      product = state.replacement
      model = state.model ?? model
      cost = state.terms.cost(of: cost)
    }
    var request = Request(
      account: session.pointee.account,
      organisation: account.pointee.organisation,
      team: account.pointee.team,
      plan: account.pointee.plan,
      product: product,
      model: model,
      operation: session.pointee.demand.operation,
      cost: cost,
      ordinal: session.pointee.ordinal,
      attempt: session.pointee.attempts - 1,
      call: session.pointee.script.call)
    request.address(at: session.pointee.address)
    return request
  }

  /// An intent begins to wait outside: refused, and not given up.
  @inline(__always)
  mutating func block(_ session: SessionPointer, as state: Session.State) {
    if !isBlocked(session), countsAsBlocked(session) { changeLevels { $0.blocked += 1 } }
    session.pointee.state = state
  }

  /// An intent no longer waits outside.
  @inline(__always)
  mutating func unblock(_ session: SessionPointer) {
    if isBlocked(session), countsAsBlocked(session) { changeLevels { $0.blocked -= 1 } }
    session.pointee.state = .paused
  }

  @inline(__always)
  private func countsAsBlocked(_ session: SessionPointer) -> Bool {
    populations[Int(session.pointee.population)].countsAsBlocked
  }

  @inline(__always)
  private func isBlocked(_ session: SessionPointer) -> Bool {
    session.pointee.state == .awaitingRetry || session.pointee.state == .purchasing
  }

  /// Whether an intent that has to wait so long is still worth it to its account.
  @inline(__always)
  func isWorthwhile(
    _ wait: SimDuration, _ session: SessionPointer, giveUpAfter limit: SimDuration?
  ) -> Bool {
    let (end, overflow) = now.nanoseconds.addingReportingOverflow(wait.nanoseconds)
    guard !overflow, end < last.nanoseconds else {
      // The run ends before the next attempt; the intent stays open until then.
      return !overflow && limit == nil
    }
    guard let limit else { return true }
    return SimTime(nanoseconds: end) - session.pointee.firstAttemptAt <= limit
  }
}

import WeirAccess
import WeirKernel

extension World {
  /// Whether an intent first attempted at `time` counts in the results.
  @inline(__always)
  func isMeasured(_ time: SimTime) -> Bool { time >= warmup && time < horizon }

  /// Puts the start of an account's next session on the calendar.
  @inline(__always)
  mutating func scheduleSession(of account: AccountIndex) {
    let index = Int(account)
    let population = Int(accounts[index].population)
    let view = AccountView(
      key: accounts[index].key, weight: accounts[index].weight,
      place: account - populations[population].accounts.lowerBound)
    guard
      let start = workloads[population].startInPlace(
        ofSession: accounts[index].nextSession, of: view, after: accounts[index].lastSessionAt),
      start < last
    else { return }
    queue.push(
      Event(
        time: max(start, now), kind: EventKind.arrival, entity: account,
        ordinal: EventKind.newSession))
  }

  /// Samples the work of an intent, where that was left out of its demand.
  @inline(__always)
  mutating func sampleWork(of session: SessionPointer) {
    let population = Int(session.pointee.population)
    guard populations[population].samplesWorkLate else { return }
    workloads[population].sampleWorkInPlace(
      of: &session.pointee.demand, at: session.pointee.callKey)
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
    request.address(at: session.pointee.callNode)
    return request
  }

  /// An intent begins to wait outside: refused, and not given up.
  @inline(__always)
  mutating func block(_ session: SessionPointer, as state: Session.State) {
    if !isBlocked(session) { levels.blocked += 1 }
    session.pointee.state = state
  }

  /// An intent no longer waits outside.
  @inline(__always)
  mutating func unblock(_ session: SessionPointer) {
    if isBlocked(session) { levels.blocked -= 1 }
    session.pointee.state = .paused
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

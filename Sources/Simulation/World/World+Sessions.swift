import WeirAccess
import WeirKernel

extension World {
  /// Whether an intent first attempted at `time` counts in the results.
  func isMeasured(_ time: SimTime) -> Bool { time >= warmup && time < horizon }

  /// A free slot for a session; slots of closed sessions are used again.
  mutating func takeSlot() -> UInt32 {
    if let slot = freeSlots.popLast() { return slot }
    sessions.append(Session())
    return UInt32(sessions.count - 1)
  }

  /// Puts the start of an account's next session on the calendar.
  mutating func scheduleSession(of account: AccountIndex) {
    let index = Int(account)
    let population = Int(accounts[index].population)
    let view = AccountView(
      key: accounts[index].key, weight: accounts[index].weight,
      place: account - populations[population].accounts.lowerBound)
    guard
      let start = workloads[population].start(
        ofSession: accounts[index].nextSession, of: view, after: accounts[index].lastSessionAt),
      start < last
    else { return }
    queue.push(
      Event(
        time: max(start, now), kind: EventKind.arrival, entity: account,
        ordinal: EventKind.newSession))
  }

  /// The present attempt of a session as the access stack may see it.
  func request(_ index: Int) -> Request {
    let account = sessions[index].account
    return Request(
      account: account,
      organisation: directory.organisationOfAccount[Int(account)],
      plan: directory.planOfAccount[Int(account)],
      product: sessions[index].product,
      model: sessions[index].model,
      operation: sessions[index].demand.operation,
      cost: sessions[index].estimate,
      ordinal: sessions[index].ordinal,
      attempt: sessions[index].attempts - 1,
      sampleKey: sessions[index].callKey)
  }

  /// An intent begins to wait outside: refused, and not given up.
  mutating func block(_ index: Int, as state: Session.State) {
    if !isBlocked(index) { levels.blocked += 1 }
    sessions[index].state = state
  }

  /// An intent no longer waits outside.
  mutating func unblock(_ index: Int) {
    if isBlocked(index) { levels.blocked -= 1 }
    sessions[index].state = .paused
  }

  private func isBlocked(_ index: Int) -> Bool {
    sessions[index].state == .awaitingRetry || sessions[index].state == .purchasing
  }

  /// Whether an intent that has to wait so long is still worth it to its account.
  func isWorthwhile(
    _ wait: SimDuration, _ index: Int, giveUpAfter limit: SimDuration?
  ) -> Bool {
    let (end, overflow) = now.nanoseconds.addingReportingOverflow(wait.nanoseconds)
    guard !overflow, end < last.nanoseconds else {
      // The run ends before the next attempt; the intent stays open until then.
      return !overflow && limit == nil
    }
    guard let limit else { return true }
    return SimTime(nanoseconds: end) - sessions[index].firstAttemptAt <= limit
  }
}

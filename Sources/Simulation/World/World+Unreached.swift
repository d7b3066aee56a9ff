import WeirAccess
import WeirKernel

/// The calls that are never made: a session's script is walked to its end without making them.
extension World {
  /// Counts the call that a session stands at, and all that follow, as never made, since the one
  /// before was not served.
  mutating func countUnreached(_ session: SessionPointer) {
    recorder.leftUnreached(
      remainingCalls(session), population: Int(session.pointee.population),
      isMeasured: session.pointee.isSessionMeasured)
  }

  /// The run ends before a session does: whatever it would still have asked for is cut off.
  mutating func cutOff(_ session: SessionPointer) {
    // A paused session stands at its next call already.
    guard session.pointee.state == .paused || advances(session) else { return }
    recorder.cutOff(
      remainingCalls(session), population: Int(session.pointee.population),
      isMeasured: session.pointee.isSessionMeasured)
  }

  /// The call that a session stands at, and all that follow; the script is walked to its end.
  private func remainingCalls(_ session: SessionPointer) -> Int64 {
    let workload = workloads[Int(session.pointee.population)]
    var calls: Int64 = 1
    while workload.advance(
      &session.pointee.script, at: session.pointee.script.callAddress) != nil
    {
      calls += 1
    }
    return calls
  }

  private func advances(_ session: SessionPointer) -> Bool {
    let workload = workloads[Int(session.pointee.population)]
    return workload.advance(&session.pointee.script, at: session.pointee.address) != nil
  }

  /// The run ends before recorded sessions begin.
  mutating func leaveUnopened() {
    for (index, population) in populations.elements.enumerated() {
      guard workloads[index].recordedCalls != nil else { continue }
      let calls = population.accounts.reduce(Int64(0)) { sum, account in
        let place = account - population.accounts.lowerBound
        return sum
          + workloads[index].unopenedCalls(
            ofSessionsFrom: accounts[Int(account)].nextSession, ofAccountAt: place)
      }
      recorder.cutOff(calls, population: index, isMeasured: true)
    }
  }
}

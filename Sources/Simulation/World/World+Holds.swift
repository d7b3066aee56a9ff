import WeirAccess
import WeirKernel

extension World {
  /// A layer keeps the intent; its release is put on the calendar.
  ///
  /// Its shares are taken and its place is given. The account waits as in a queue, with the same
  /// patience from here to the start of service.
  mutating func held(_ session: SessionPointer) {
    unblock(session)
    recorder.held(session, at: now)
    session.pointee.state = .held
    session.pointee.wakesAt = .distantFuture
    if !populations[Int(session.pointee.population)].isPatient { scheduleImpatience(session) }
    let delay = session.pointee.decision.delay.nanoseconds
    let (end, overflow) = now.nanoseconds.addingReportingOverflow(delay)
    // Beyond the end of the run it stays held.
    session.pointee.admittedAt = overflow ? .distantFuture : SimTime(nanoseconds: end)
    guard session.pointee.admittedAt < last else { return }
    queue.push(
      Event(
        time: session.pointee.admittedAt, kind: EventKind.release,
        entity: session.pointee.account, ordinal: session.pointee.slot))
  }

  /// The layer lets a held intent go on to the fleet, which refuses it when its queue is full.
  mutating func holdEnds(_ session: SessionPointer) {
    guard session.pointee.state == .held, session.pointee.admittedAt == now else { return }
    let request = request(of: session)
    guard isFull(Int(session.pointee.pool)) else {
      return admitted(session, request, wasHeld: true)
    }
    stack.release(
      session.pointee.decision, of: request, decidedAt: session.pointee.attemptedAt, at: now)
    scheduleSettlement()
    refuseForFullQueue(session, request)
    refused(session, request, wasHeld: true)
  }
}

import Synchronization
import WeirAccess
import WeirKernel

/// A policy in a service: in real time, for any thread, one decision after another.
final class Gateway: Sendable {
  /// What the gateway did, in the order in which it did it: enough to study it afterwards.
  enum Step: Sendable {
    case asked(Request, Decision, at: SimTime)
    case finished(Request, actual: Units, at: SimTime)
  }

  /// What a caller brings back when its request has ended.
  struct Ticket: Sendable {
    let request: Request
    let decision: Decision
    let at: SimTime
  }

  private struct State: Sendable {
    var stack: Stack
    var now = SimTime.zero
    var requests: [UInt32]
    var steps: [Step] = []
    var ledger: [LedgerEvent] = []
  }

  private let directory: Directory
  private let state: Mutex<State>
  private let clock = ContinuousClock()
  private let begun: ContinuousClock.Instant

  /// Opens every account with `balance`.
  init(_ layers: [NamedLayer], for directory: Directory, balance: Credits) {
    self.directory = directory
    var stack = Stack(layers, for: directory)
    for account in directory.planOfAccount.indices {
      let start = directory.start(of: AccountIndex(account), balance: balance)
      stack.open(AccountIndex(account), plan: directory.planOfAccount[account], with: start)
    }
    state = Mutex(State(stack: stack, requests: Array(repeating: 0, count: directory.accounts)))
    begun = clock.now
  }

  /// Decides on a request that is expected to cost so much.
  func ask(_ account: AccountIndex, cost: Units) -> Ticket {
    state.withLock { state in
      advance(&state)
      state.requests[Int(account)] += 1
      var request = directory.request(of: account, cost: cost)
      request.ordinal = state.requests[Int(account)]
      request.sampleKey = SampleKey(seed: 1).child(UInt64(account)).child(UInt64(request.ordinal))
      let decision = state.stack.decide(request, at: state.now, .none)
      if decision.outcome != .deny {
        state.stack.observe(.started(waited: .zero), of: request, at: state.now)
      }
      state.steps.append(.asked(request, decision, at: state.now))
      return Ticket(request: request, decision: decision, at: state.now)
    }
  }

  /// Settles a request that was let through, now that it has ended.
  func finish(_ ticket: Ticket, actual: Units) {
    state.withLock { state in
      advance(&state)
      _ = state.stack.settle(
        ticket.decision, of: ticket.request, actual: actual, decidedAt: ticket.at, at: state.now,
        .none)
      state.stack.observe(
        .completed(actual: actual, latency: state.now - ticket.at), of: ticket.request,
        at: state.now)
      state.steps.append(.finished(ticket.request, actual: actual, at: state.now))
    }
  }

  /// Moves to the present, which is later than ever before, and settles what has fallen due.
  private func advance(_ state: inout State) {
    let elapsed = begun.duration(to: clock.now) / .nanoseconds(1)
    let next = SimTime(nanoseconds: state.now.nanoseconds + 1)
    state.now = max(next, SimTime(nanoseconds: Int64(elapsed)))
    if state.stack.nextDue <= state.now { state.stack.advance(to: state.now) }
    state.stack.takeJournal { state.ledger.append($0) }
  }

  /// Settles all that is still to fall due, and hands over what happened.
  func close() -> (steps: [Step], ledger: [LedgerEvent]) {
    state.withLock { state in
      state.stack.advance(to: .distantFuture)
      state.stack.takeJournal { state.ledger.append($0) }
      return (state.steps, state.ledger)
    }
  }
}

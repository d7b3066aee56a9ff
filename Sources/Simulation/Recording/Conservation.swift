import WeirAccess
import WeirKernel

/// The running sums behind the invariants: over the whole run, measured or not.
struct Conservation: Sendable {
  var begun: Int64 = 0
  var admitted: Int64 = 0
  var denied: Int64 = 0
  var completed: Int64 = 0
  var abandoned: Int64 = 0
  var failed: Int64 = 0
  var deniedForGood: Int64 = 0
  var denialsWithoutReason: Int64 = 0
  var disorderedTimes: Int64 = 0
  var unbalancedSettlements: Int64 = 0
  var idleServersWithQueue: Int64 = 0
  /// Σ time from admission to the end, in request-nanoseconds.
  var timePresent: Int128 = 0
  var monetizedWithoutUsage: Int64 = 0
  var monetized: Int128 = 0
  var debited: Int128 = 0
  /// What each owner's balance must be, for each fund; empty for other layers.
  private(set) var balances: [[Int64]] = []
  /// The sum of all balances; `nil` without funds that are charged.
  private(set) var totalBalance: Credits?
  private var openMonetization: (account: UInt32, ordinal: UInt32)?

  /// Writes down the balances that the owners begin with.
  mutating func open(_ stack: Stack, owners: Int) {
    balances = stack.layers.map { layer in
      guard layer.charging != nil else { return [] }
      return (0..<owners).map { layer.balance(of: OwnerIndex($0)).micro }
    }
    guard stack.layers.contains(where: { $0.charging != nil }) else { return }
    totalBalance = Credits(micro: balances.reduce(0) { $0 + $1.reduce(0, +) })
  }

  /// Checks that what was used equals what was paid, and that times follow one another.
  mutating func settle(
    _ index: Int, of sessions: borrowing [Session], _ settled: Settled, isMetered: Bool, at now: SimTime
  ) {
    leave(index, of: sessions, at: now)
    if isMetered, settled.shares.total + settled.overrun != sessions[index].actual {
      unbalancedSettlements += 1
    }
    let firstToken = sessions[index].firstTokenAt
    if sessions[index].firstAttemptAt > sessions[index].attemptedAt { disorderedTimes += 1 }
    if sessions[index].attemptedAt > sessions[index].startedAt { disorderedTimes += 1 }
    if sessions[index].startedAt > firstToken || firstToken > now { disorderedTimes += 1 }
  }

  /// Adds the time that a request was present, now that it leaves.
  mutating func leave(_ index: Int, of sessions: borrowing [Session], at now: SimTime) {
    timePresent += Int128((now - sessions[index].attemptedAt).nanoseconds)
  }

  /// Follows the three chained streams of the ledger.
  mutating func ledger(_ event: LedgerEvent) {
    switch event {
    case .monetization(let charge):
      monetized += Int128(charge.amount.micro)
      if let open = openMonetization, open != (charge.account, charge.ordinal) {
        monetizedWithoutUsage += 1
      }
      openMonetization = (charge.account, charge.ordinal)
    case .usage(let usage):
      if let open = openMonetization, open != (usage.account, usage.ordinal) {
        monetizedWithoutUsage += 1
      }
      openMonetization = nil
    case .balanceUpdate(let update):
      if update.kind == .debit { debited -= Int128(update.amount.micro) }
      balances[Int(update.layer)][Int(update.owner)] += update.amount.micro
      if let total = totalBalance { totalBalance = total + update.amount }
    }
  }
}

/// An invariant that a run broke: a fault of Weir, never of a scenario.
public struct BrokenInvariant: Sendable, Equatable, CustomStringConvertible {
  /// Its number in the list of invariants.
  public let number: Int
  /// What must hold.
  public let rule: String
  /// The numbers with which it does not.
  public let evidence: String

  /// The rule with its evidence.
  public var description: String { "invariant \(number): \(rule); \(evidence)" }
}

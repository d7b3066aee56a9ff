import WeirAccess
import WeirKernel

/// The running sums behind the invariants: over the whole run, measured or not.
struct Conservation: Sendable {
  /// The units that all intents asked for, as estimated or in fact, whichever is more.
  private(set) var asked: Int64 = 0
  /// The credits of all charges and balance updates, each at its size.
  private(set) var moved = Credits.zero
  /// Intents that were open when the run ended, found one by one.
  var open: Int64 = 0
  /// The measured ones of those.
  var openMeasured: Int64 = 0
  /// Attempts, counted before anybody decides.
  var attempts: Int64 = 0
  var admitted: Int64 = 0
  /// Attempts that a layer kept and has not released.
  var held: Int64 = 0
  var denied: Int64 = 0
  var completed: Int64 = 0
  var abandoned: Int64 = 0
  var failed: Int64 = 0
  var deniedForGood: Int64 = 0
  var denialsWithoutReason: Int64 = 0
  var denialsWithoutLayer: Int64 = 0
  /// Of the attempts that were looked at, those for which a layer gave more than it showed.
  var commitsAboveLimit: Int64 = 0
  var disorderedTimes: Int64 = 0
  var unbalancedSettlements: Int64 = 0
  var idleServersWithQueue: Int64 = 0
  /// Σ time from coming to the fleet to the end, in request-nanoseconds.
  var timePresent: Int128 = 0
  var monetizedWithoutUsage: Int64 = 0
  var monetizedAboveUsage: Int64 = 0
  /// Whether charges are delivered to be priced, so that they are followed from before that.
  var deliversCharges = false
  /// The charges less those that are priced; zero unless they are delivered.
  var unpriced = ChargeSum()
  /// The refunds that did not bring a balance to exactly zero.
  var inexactRefunds: Int64 = 0
  /// The charges less the debits.
  var undebited = ChargeSum()
  /// What each owner's balance must be, for each fund that writes it down; else empty.
  private(set) var balances: [[Credits]] = []
  /// The sum of all balances; `nil` without funds that are charged.
  private(set) var totalBalance: Credits?
  /// The usage event that came last: its key, and the units that are not charged.
  private var lastUsage = (account: UInt32.max, ordinal: UInt32.max, left: Units.zero)

  /// Follows a refusal.
  @inline(__always)
  mutating func deny(_ session: SessionPointer) {
    denied &+= 1
    guard let reason = session.pointee.decision.refusal?.reason else {
      denialsWithoutReason &+= 1
      return
    }
    if session.pointee.decision.refusedBy == nil, reason != .queueFull { denialsWithoutLayer &+= 1 }
  }

  /// Counts what an intent asks for.
  @inline(__always)
  mutating func ask(_ units: Units) {
    let sum = asked.addingReportingOverflow(units.count)
    asked = sum.overflow ? .max : sum.partialValue
  }

  /// Whether more is asked for than can be added up: every sum of units is at most ``asked`` and
  /// what one more intent asks for.
  var isOverfull: Bool { asked > Self.mostUnits }

  /// The most units of a run, half of what a sum holds.
  static let mostUnits = Int64.max / 2

  /// Whether more credits are moved than can be added up: every sum of credits is at most
  /// ``moved``.
  var isOverpaid: Bool { moved > Self.mostCredits }

  /// The most credits that are moved in a run, half of what a sum holds.
  static let mostCredits = Credits(micro: .max / 2)

  /// Opens a book for each fund that writes its balances down; they come with the ledger's updates.
  mutating func open(_ stack: Stack, owners: Int) {
    let unitFunds = stack.unitFunds
    balances = stack.layers.enumerated().map { index, layer in
      layer is any CreditFund || unitFunds.contains(index)
        ? Array(repeating: .zero, count: owners) : []
    }
    if stack.layers.contains(where: { $0 is any CreditFund }) { totalBalance = .zero }
  }

  /// Checks that what was used equals what was paid, and that times follow one another.
  mutating func settle(
    _ session: SessionPointer, _ settled: Settled, isMetered: Bool,
    at now: SimTime
  ) {
    leave(session, at: now)
    if isMetered, settled.shares.total + settled.overrun != session.pointee.actual {
      unbalancedSettlements &+= 1
    }
    let firstToken = session.pointee.firstTokenAt
    if session.pointee.firstAttemptAt > session.pointee.attemptedAt { disorderedTimes &+= 1 }
    if session.pointee.attemptedAt > session.pointee.admittedAt { disorderedTimes &+= 1 }
    if session.pointee.admittedAt > session.pointee.startedAt { disorderedTimes &+= 1 }
    if session.pointee.startedAt > firstToken || firstToken > now { disorderedTimes &+= 1 }
  }

  /// Adds the time that a request was present, now that it leaves.
  mutating func leave(_ session: SessionPointer, at now: SimTime) {
    timePresent += Int128((now - session.pointee.admittedAt).nanoseconds)
  }

  /// Follows the three chained streams of the ledger.
  mutating func ledger(_ event: LedgerEvent) {
    switch event {
    case .monetization(let charge):
      undebited.add(charge)
      // Units are not delivered: their debit comes with the use.
      if deliversCharges, charge.measure == .microCredits {
        unpriced.subtract(charge)
      } else {
        checkUsage(of: charge)
      }
    case .usage(let usage):
      lastUsage = (usage.account, usage.ordinal, usage.units)
    case .balanceUpdate(let update):
      if update.kind == .debit { undebited.subtract(update) }
      balances[Int(update.layer)][Int(update.owner)] += update.amount
      if let total = totalBalance, update.measure == .microCredits {
        totalBalance = total + update.amount
        moved += update.amount.magnitude
      }
      if update.kind == .overshootRefund, balances[Int(update.layer)][Int(update.owner)] != .zero {
        inexactRefunds &+= 1
      }
    }
  }

  /// Follows a charge that is put on its way to be priced.
  mutating func issue(_ charge: MonetizationEvent) {
    unpriced.add(charge)
    checkUsage(of: charge)
  }

  /// Checks a charge against the usage event, which comes right before the charges of its request.
  private mutating func checkUsage(of charge: MonetizationEvent) {
    if charge.measure == .microCredits { moved += charge.amount }
    lastUsage.left -= charge.units
    let isUsed = lastUsage.account == charge.account && lastUsage.ordinal == charge.ordinal
    if !isUsed {
      monetizedWithoutUsage &+= 1
    } else if lastUsage.left < .zero {
      monetizedAboveUsage &+= 1
    }
  }
}

/// What became of the calls that the sessions of a population consist of, measured or not.
struct Reach: Sendable {
  /// Intents begun.
  var made: Int64 = 0
  /// Calls never made, because their session or the run ended first.
  var unreached: Int64 = 0
}

/// An invariant that a run broke: a fault of Weir, never of a scenario; or, as number 0, what Weir
/// cannot add up.
public struct BrokenInvariant: Sendable, Equatable, CustomStringConvertible {
  /// Its number in the list of invariants.
  public let number: Int
  /// What must hold.
  public let rule: String
  /// The numbers with which it does not.
  public let evidence: String

  /// The rule with its evidence.
  public var description: String {
    (number == 0 ? "" : "invariant \(number): ") + "\(rule); \(evidence)"
  }
}

public import WeirKernel

/// The settlement of charges: from monetization events to balance updates, each exactly once.
///
/// For each charging fund the debits wait in a queue until they fall due. Those of one owner are
/// numbered when they are issued and applied in that order, so that a highest applied number per
/// owner is enough to know a duplicate: memory does not grow with the number of requests.
///
/// Where charges are handed over they wait elsewhere, and come back stage by stage.
@frozen
public struct Ledger: Sendable {
  @usableFromInline var lines: [Line] = []
  /// When owners are to be asked whether they buy by themselves, each list in the order of time.
  @usableFromInline var checks: [PurchaseChecks] = []
  /// The funds that forgive debts at times, as indices into the stack.
  private(set) var forgivers: [Int] = []
  /// The funds whose balances are units, which settle themselves.
  @usableFromInline var unitLines: [UnitLine] = []

  /// The records since the journal was last taken, in the order in which they happened.
  public internal(set) var journal: [LedgerEvent] = []

  /// Whether records are kept in the journal until it is taken.
  public var keepsJournal = true

  /// Whether charges are handed over instead of being settled after their lag.
  private(set) var handsOver = false
  /// The charges that have not been handed over.
  private var charges: [MonetizationEvent] = []

  /// The debits of one fund.
  @usableFromInline
  struct Line: Sendable {
    @usableFromInline let layer: Int
    @usableFromInline let lag: SimDuration
    @usableFromInline var waiting = Waiting()
    @usableFromInline var issued: [UInt32] = []
    /// The number of the last charge of each owner that was priced; empty unless handed over.
    @usableFromInline var priced: [UInt32] = []
    @usableFromInline var applied: [UInt32] = []
  }

  /// The numbers of the charges to one fund of units, by owner.
  @usableFromInline
  struct UnitLine: Sendable {
    @usableFromInline let layer: Int
    @usableFromInline var issued: [UInt32]
  }

  init() {}

  /// The time at which the next debit falls due; distant when none waits.
  @inlinable
  public var nextDue: SimTime {
    var next = SimTime.distantFuture
    for line in lines.indices { next = min(next, lines[line].waiting.nextDue) }
    for list in checks.indices { next = min(next, checks[list].nextDue) }
    return next
  }

  mutating func open(layer: Int, charging: Charging, owners: Int) {
    var line = Line(layer: layer, lag: charging.settlementLag)
    line.issued = Array(repeating: 0, count: owners)
    line.applied = Array(repeating: 0, count: owners)
    lines.append(line)
    if charging.forgivesDebts { forgivers.append(layer) }
    if charging.topsUp { checks.append(PurchaseChecks(layer: layer, owners: owners)) }
  }

  mutating func record(_ event: LedgerEvent) {
    if keepsJournal { journal.append(event) }
  }

  // MARK: Purchases by themselves

  /// Whether owners of the fund buy by themselves.
  func topsUp(_ layer: Int) -> Bool { checks.contains { $0.layer == layer } }

  /// Notes when to ask an owner again, unless that is noted already.
  mutating func lookAgain(_ check: PurchaseCheck) {
    guard let list = checks.firstIndex(where: { $0.layer == check.layer }) else { return }
    checks[list].append(check)
  }

  /// Takes out the next owner to ask by `now`.
  mutating func takeCheck(at now: SimTime) -> PurchaseCheck? {
    guard let list = checks.firstIndex(where: { $0.nextDue <= now }) else { return nil }
    return checks[list].removeFirst()
  }

  // MARK: Funds of units

  /// Whether there are funds whose balances are units, and they write them down.
  var keepsUnits: Bool { !unitLines.isEmpty }

  /// The funds whose balances are units, as indices into the stack.
  var unitFunds: [Int] { unitLines.map(\.layer) }

  mutating func openUnits(layer: Int, owners: Int) {
    unitLines.append(UnitLine(layer: layer, issued: Array(repeating: 0, count: owners)))
  }

  /// Records what a fund of units has booked; a debit with the charge that it settles at once.
  mutating func record(_ booking: UnitBooking, of layer: Int) {
    guard let line = unitLines.firstIndex(where: { $0.layer == layer }) else { return }
    if booking.kind == .debit {
      unitLines[line].issued[Int(booking.account)] += 1
      record(
        .monetization(
          MonetizationEvent(
            account: booking.account, ordinal: booking.ordinal, layer: UInt8(layer),
            owner: booking.account, sequence: unitLines[line].issued[Int(booking.account)],
            at: booking.at, due: booking.at, units: -booking.units,
            amount: Credits(micro: -booking.units.count), measure: .units)))
    }
    record(
      .balanceUpdate(
        BalanceUpdate(
          kind: booking.kind, layer: UInt8(layer), owner: booking.account, at: booking.at,
          amount: Credits(micro: booking.units.count), account: booking.account,
          ordinal: booking.ordinal, balance: Credits(micro: booking.balance.count),
          measure: .units)))
  }

  // MARK: Charges

  /// Issues the monetization event for `units` of `request` and queues its debit.
  mutating func charge(
    _ units: Units, _ amount: Credits, of request: Request, to layer: Int, owner: OwnerIndex,
    at now: SimTime
  ) {
    guard let line = lines.firstIndex(where: { $0.layer == layer }) else { return }
    lines[line].issued[Int(owner)] += 1
    let due = handsOver ? .distantFuture : now + lines[line].lag
    let event = MonetizationEvent(
      account: request.account, ordinal: request.ordinal, layer: UInt8(layer), owner: owner,
      sequence: lines[line].issued[Int(owner)], at: now, due: due, units: units, amount: amount)
    if handsOver { return charges.append(event) }
    lines[line].waiting.append(event)
    record(.monetization(event))
  }

  /// Takes out the debit that falls due first, if that is at `now` or before.
  mutating func takeDue(at now: SimTime) -> MonetizationEvent? {
    var first: Int?
    for line in lines.indices where !lines[line].waiting.isEmpty {
      let due = lines[line].waiting.nextDue
      if due <= now, first.map({ due < lines[$0].waiting.nextDue }) ?? true { first = line }
    }
    return first.map { lines[$0].waiting.removeFirst() }
  }

  // MARK: Charges that are handed over

  /// Begins or ends to hand charges over.
  mutating func handOver(_ handsOver: Bool) {
    self.handsOver = handsOver
    for line in lines.indices { lines[line].priced = handsOver ? lines[line].issued : [] }
  }

  mutating func takeCharges(_ body: (MonetizationEvent) -> Void) {
    if charges.isEmpty { return }
    for charge in charges { body(charge) }
    charges.removeAll(keepingCapacity: true)
  }

  /// Where `charge` stands at `stage`: at each, the charges of an owner are recorded in their
  /// order.
  func standing(
    of charge: MonetizationEvent, at stage: SettlementStage
  ) -> SettlementStanding {
    guard let line = lines.firstIndex(where: { $0.layer == Int(charge.layer) }) else {
      return .recorded
    }
    let owner = Int(charge.owner)
    let last = stage == .pricing ? lines[line].priced[owner] : lines[line].applied[owner]
    if charge.sequence <= last { return .recorded }
    return charge.sequence == last + 1 ? .due : .early
  }

  /// Stores the key of `charge`, which is due at `stage`.
  mutating func mark(_ charge: MonetizationEvent, at stage: SettlementStage) {
    guard let line = lines.firstIndex(where: { $0.layer == Int(charge.layer) }) else { return }
    switch stage {
    case .pricing: lines[line].priced[Int(charge.owner)] = charge.sequence
    case .debiting: lines[line].applied[Int(charge.owner)] = charge.sequence
    }
  }

  /// Hands over the journal and starts a new one in the same storage.
  public mutating func takeJournal(_ body: (LedgerEvent) -> Void) {
    if journal.isEmpty { return }
    for event in journal { body(event) }
    journal.removeAll(keepingCapacity: true)
  }
}

/// Debits in the order in which they fall due, which is that of their issue: the lag is constant.
@usableFromInline
struct Waiting: Sendable {
  @usableFromInline var events: [MonetizationEvent] = []
  @usableFromInline var head = 0

  @inlinable
  var isEmpty: Bool { head == events.count }

  @inlinable
  var nextDue: SimTime { head < events.count ? events[head].due : .distantFuture }

  mutating func append(_ event: MonetizationEvent) {
    if head > 64, head * 2 > events.count {
      events.removeFirst(head)
      head = 0
    }
    events.append(event)
  }

  mutating func removeFirst() -> MonetizationEvent {
    head += 1
    return events[head - 1]
  }
}

extension Ledger {
  /// Writes down what a settled or refused request used.
  @inline(__always)
  mutating func record(usage units: Units, of request: Request, at now: SimTime) {
    guard keepsJournal else { return }
    journal.append(
      .usage(
        UsageEvent(
          account: request.account, ordinal: request.ordinal, at: now, product: request.product,
          model: request.model, operation: request.operation, units: units)))
  }
}

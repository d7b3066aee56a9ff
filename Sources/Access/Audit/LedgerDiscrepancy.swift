public import WeirKernel

/// What is wrong with three streams of usage, money and balances: the situation, with its evidence.
public enum LedgerDiscrepancy: Hashable, Sendable {
  /// A request has two usage events.
  case duplicateUsage(UsageEvent)
  /// A charge belongs to no usage that came before it.
  case chargeWithoutUsage(MonetizationEvent)
  /// A request is charged at another time than it was settled.
  case untimelyCharge(MonetizationEvent, settled: SimTime)
  /// The charges of a request are for more units than it used.
  case chargedAboveUsage(MonetizationEvent, charged: Units, used: Units)
  /// A charge in units is for another number of them than it says was used.
  case wrongUnits(MonetizationEvent)
  /// Two amounts of one balance count different things.
  case mixedMeasures(layer: UInt8, owner: OwnerIndex, Measure, Measure)
  /// The charges of an owner are not numbered one by one.
  case chargeOutOfSequence(MonetizationEvent, expected: UInt32)
  /// A debit belongs to no charge that waits for one, or comes before its turn.
  case debitWithoutCharge(BalanceUpdate)
  /// A debit is not what was charged.
  case wrongDebit(BalanceUpdate, charged: Credits)
  /// A debit was made at another time than when it was due.
  case untimelyDebit(BalanceUpdate, due: SimTime)
  /// A debit that was due was never made.
  case missingDebit(MonetizationEvent)
  /// A refund is not exactly what the last debit went below zero.
  case wrongRefund(BalanceUpdate, overshoot: Credits)
  /// More is taken back than was advanced and not taken back before.
  case wrongRepayment(BalanceUpdate, above: Credits)
  /// A balance stayed below zero.
  case unrefundedOvershoot(layer: UInt8, owner: OwnerIndex, balance: Credits)
  /// A purchase, grant or initial balance takes away, or an expiry gives.
  case wrongSign(BalanceUpdate)
  /// A balance is not the sum of its updates.
  case wrongBalance(layer: UInt8, owner: OwnerIndex, stated: Credits, computed: Credits)
}

extension LedgerDiscrepancy: CustomStringConvertible {
  /// One sentence with the numbers; layers by their place in the stack.
  public var description: String { text { "layer \($0)" } }

  /// One sentence with the numbers.
  ///
  /// - Parameter layer: What a layer is called, by its place in the stack.
  public func text(_ layer: (UInt8) -> String) -> String {
    func place(_ index: UInt8, _ owner: OwnerIndex) -> String {
      "balance \(owner) of \(layer(index))"
    }
    return switch self {
    case .duplicateUsage(let event):
      "request \(event.account)/\(event.ordinal) has two usage events"
    case .chargeWithoutUsage(let event):
      "request \(event.account)/\(event.ordinal) is charged, but has no usage event"
    case .untimelyCharge(let event, let settled):
      "request \(event.account)/\(event.ordinal) is charged at \(event.at.nanoseconds) ns,"
        + " it was settled at \(settled.nanoseconds) ns"
    case .chargedAboveUsage(let event, let charged, let used):
      "request \(event.account)/\(event.ordinal) is charged for \(charged.count) units"
        + " of the \(used.count) that it used"
    case .wrongUnits(let event):
      "request \(event.account)/\(event.ordinal) is charged \(event.amount.micro) units for"
        + " \(event.units.count) units"
    case .mixedMeasures(let index, let owner, let first, let second):
      "\(place(index, owner)) counts \(first.rawValue), and \(second.rawValue)"
    case .chargeOutOfSequence(let event, let expected):
      "charge number \(event.sequence) of \(place(event.layer, event.owner))"
        + " should be number \(expected)"
    case .debitWithoutCharge(let update):
      "the debit for request \(update.account)/\(update.ordinal) from"
        + " \(place(update.layer, update.owner)) is not the next that is due"
    case .wrongDebit(let update, let charged):
      "the debit for request \(update.account)/\(update.ordinal) is \(update.amount.micro)"
        + " micro-credits, charged were \(charged.micro)"
    case .untimelyDebit(let update, let due):
      "the debit for request \(update.account)/\(update.ordinal) was made at"
        + " \(update.at.nanoseconds) ns, it was due at \(due.nanoseconds) ns"
    case .missingDebit(let event):
      "the debit for request \(event.account)/\(event.ordinal), due at"
        + " \(event.due.nanoseconds) ns, was never made"
    case .wrongRefund(let update, let overshoot):
      "the refund for request \(update.account)/\(update.ordinal) is \(update.amount.micro)"
        + " micro-credits, the overshoot was \(overshoot.micro)"
    case .wrongRepayment(let update, let above):
      "the repayment of \(-update.amount.micro) micro-credits from"
        + " \(place(update.layer, update.owner)) is \(above.micro) more than was advanced"
    case .unrefundedOvershoot(let index, let owner, let balance):
      "\(place(index, owner)) stayed at \(balance.micro) micro-credits"
    case .wrongSign(let update):
      "an update of kind \(update.kind.rawValue) changes \(place(update.layer, update.owner))"
        + " by \(update.amount.micro) micro-credits"
    case .wrongBalance(let index, let owner, let stated, let computed):
      "\(place(index, owner)) is stated as \(stated.micro) micro-credits,"
        + " its updates come to \(computed.micro)"
    }
  }
}

public import WeirKernel

/// Settlement by workers of somebody else, whose deliveries may be late, lost, doubled or
/// disordered.
extension Stack {
  /// Whether charges are handed over instead of being settled by the stack itself.
  ///
  /// They are taken by ``takeCharges(_:)`` and recorded by a ``SettlementWorker`` for each stage. A
  /// stack by itself settles each after the lag of its fund. To be set before anything is charged.
  public var handsOverCharges: Bool {
    get { ledger.handsOver }
    set { ledger.handOver(newValue) }
  }

  /// Hands over the charges since the last time, in the order of their making.
  ///
  /// The usage event of each has been written; neither its monetization event nor its balance
  /// update has. They are ``MonetizationEvent/due`` when they have been delivered.
  public mutating func takeCharges(_ body: (MonetizationEvent) -> Void) { ledger.takeCharges(body) }

  /// Where `charge` stands at `stage`, by its idempotency key.
  public func standing(of charge: MonetizationEvent, at stage: SettlementStage)
    -> SettlementStanding
  { ledger.standing(of: charge, at: stage) }

  /// Records `charge` at `stage` if it is due there, and its key with it: all of it or nothing.
  ///
  /// Pricing writes the monetization event. Debiting changes the balance, advances or refunds what
  /// was overshot, buys more where the fund does so, and writes the balance updates. A charge that
  /// has been recorded, or whose turn has not come, changes nothing.
  ///
  /// - Returns: where the charge stood before.
  @discardableResult
  public mutating func record(
    _ charge: MonetizationEvent, at stage: SettlementStage, now: SimTime
  ) -> SettlementStanding {
    let standing = ledger.standing(of: charge, at: stage)
    guard standing == .due else { return standing }
    ledger.mark(charge, at: stage)
    switch stage {
    case .pricing: ledger.record(.monetization(charge))
    case .debiting: debit(charge, at: now)
    }
    return standing
  }

  /// Delivers a monetization event to its balance; one that has been delivered changes nothing, nor
  /// does one whose predecessor has not been.
  public mutating func deliver(_ event: MonetizationEvent) {
    record(event, at: .debiting, now: event.due)
  }

  /// Takes a charge from its balance, and gives back at once what that overshot.
  private mutating func debit(_ charge: MonetizationEvent, at now: SimTime) {
    writeForgiveness(Int(charge.layer), charge.owner, of: charge.account, at: now)
    let debit = BalanceUpdate(
      kind: .debit, layer: charge.layer, owner: charge.owner, at: now, amount: -charge.amount,
      account: charge.account, ordinal: charge.ordinal)
    apply(debit)
    let layer = Int(charge.layer)
    let overshoot = -storage.at(layer).balance(of: charge.owner)
    if overshoot > .zero {
      let advanced = min(overshoot, storage.at(layer).advance(to: charge.owner, at: now))
      var update = debit
      update.kind = .advance
      update.amount = advanced
      if advanced > .zero { apply(update) }
      update.kind = .overshootRefund
      update.amount = overshoot - advanced
      if advanced < overshoot { apply(update) }
    }
    topUp(layer, charge.owner, of: charge.account, at: now)
  }

  /// Buys what an owner buys by itself, or notes when to look again.
  mutating func topUp(
    _ layer: Int, _ owner: OwnerIndex, of account: AccountIndex, at now: SimTime
  ) {
    guard ledger.topsUp(layer) else { return }
    separate()
    if let bought = storage.at(layer).automaticPurchase(for: owner, at: now) {
      apply(
        BalanceUpdate(
          kind: .purchase, layer: UInt8(layer), owner: owner, at: now, amount: bought,
          account: account, ordinal: 0))
      repay(layer, owner, of: account, at: now)
    }
    if let next = storage.at(layer).nextPurchase(for: owner, at: now) {
      ledger.lookAgain(PurchaseCheck(at: next, layer: layer, owner: owner, account: account))
    }
  }

  /// Writes down that the house has paid what an owner still owed when a period ended.
  mutating func writeForgiveness(
    _ layer: Int, _ owner: OwnerIndex, of account: AccountIndex, at now: SimTime
  ) {
    guard ledger.forgivers.contains(layer),
      let forgiven = storage.at(layer).forgiven(to: owner, by: now)
    else { return }
    var update = BalanceUpdate(
      kind: .forgiveness, layer: UInt8(layer), owner: owner, at: forgiven.at,
      amount: forgiven.credits, account: account, ordinal: 0)
    apply(update)
    update.kind = .repayment
    update.amount = -forgiven.credits
    apply(update)
  }

  /// Takes what an owner owes from credits that it has just got.
  mutating func repay(
    _ layer: Int, _ owner: OwnerIndex, of account: AccountIndex, at now: SimTime
  ) {
    let balance = storage.at(layer).balance(of: owner)
    let repaid = min(balance, storage.at(layer).debt(of: owner, at: now))
    guard repaid > .zero else { return }
    apply(
      BalanceUpdate(
        kind: .repayment, layer: UInt8(layer), owner: owner, at: now, amount: -repaid,
        account: account, ordinal: 0))
  }
}

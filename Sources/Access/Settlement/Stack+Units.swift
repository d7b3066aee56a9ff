public import WeirKernel

/// Funds that keep their balances in units, such as grants: they settle at once, and the ledger
/// writes down what they say.
extension Stack {
  /// Has funds of units write down every change of their balances, for the journal.
  ///
  /// To be called before accounts are opened. It changes no decision, and costs time and memory by
  /// account.
  public mutating func keepUnits() {
    guard ledger.unitFunds.isEmpty else { return }
    separate()
    for index in 0..<storage.count where storage.at(index).isUnitFund {
      storage.at(index).keepBooks()
      ledger.openUnits(layer: index, owners: directory.accounts)
    }
  }

  /// The funds of units that write their balances down, as indices into ``layers``.
  public var unitFunds: [Int] { ledger.unitFunds }

  /// Writes down what came to all balances by itself until `now`, as at the end of a run: units
  /// that were filled up or have expired, debts that were forgiven.
  public mutating func closeBooks(at now: SimTime) {
    if ledger.unitFunds.isEmpty, ledger.forgivers.isEmpty { return }
    separate()
    for account in directory.planOfAccount.indices {
      let request = directory.request(of: AccountIndex(account))
      for index in ledger.unitFunds { storage.at(index).book(request, to: now) }
      for index in ledger.forgivers {
        let owner = storage.at(index).owner(of: request)
        writeForgiveness(index, owner, of: request.account, at: now)
      }
    }
    writeUnits()
  }

  /// Hands what funds of units have booked to the ledger.
  mutating func writeUnits() {
    for index in ledger.unitFunds {
      for booking in storage.at(index).takeBookings() { ledger.record(booking, of: index) }
    }
  }
}

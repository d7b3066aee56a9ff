public import WeirKernel

/// The end of a request: what it used in fact is settled against what it was granted.
extension Stack {
  /// Settles an admitted request at its `actual` units: corrects the shares and charges the funds.
  ///
  /// What was reserved too much is unwound from the last payer to the first. What was reserved too
  /// little runs through the payers again; the rest is charged to a fund that has paid for this
  /// request or still has a balance (the overshoot comes back as a refund), else it is overrun.
  public mutating func settle(
    _ decision: Decision, of request: Request, actual: Units, decidedAt: SimTime, at now: SimTime,
    _ signals: Signals
  ) -> Settled {
    settle(
      decision.shares, granted: decision.granted, of: request, actual: actual,
      decidedAt: decidedAt, at: now, signals)
  }

  /// Settles an admitted request given what was granted, and in which shares.
  public mutating func settle(
    _ shares: Shares, granted: Units, of request: Request, actual: Units, decidedAt: SimTime,
    at now: SimTime, _ signals: Signals
  ) -> Settled {
    separate()
    ledger.record(usage: actual, of: request, at: now)
    for gate in gates where applies(gate, to: request.product) && decidedAt >= since[gate] {
      let hold = Hold(share: granted, committedAt: decidedAt)
      storage.at(gate).settle(hold, to: actual, of: request, at: now)
    }
    var settled = Settled(shares: shares, overrun: .zero, charged: .zero)
    if actual != granted {
      correct(&settled, of: request, granted: granted, actual: actual, at: now, signals)
    }
    for payer in lines.indices {
      let layer = lines[payer].layer
      let hold = Hold(share: Units(shares.units[payer]), committedAt: decidedAt)
      let share = Units(settled.shares.units[payer])
      guard hold.share > .zero || share > .zero else { continue }
      if decidedAt >= since[layer] {
        storage.at(layer).settle(hold, to: share, of: request, at: now)
      } else if share > hold.share {
        storage.at(layer).commit(share - hold.share, of: request, at: now)
      }
      if lines[payer].isCharged, share > .zero {
        settled.charged += charge(share, of: request, to: layer, decidedAt: decidedAt, at: now)
      }
    }
    if ledger.keepsUnits { writeUnits() }
    return settled
  }

  /// Charges a fund for its share of a request, and returns the amount.
  ///
  /// Not inlined: Swift would ask before the loop over all payers who shares the ledger's lines,
  /// also where nobody is charged.
  @inline(never)
  private mutating func charge(
    _ share: Units, of request: Request, to layer: Int, decidedAt: SimTime, at now: SimTime
  ) -> Credits {
    let amount = storage.at(layer).charge(for: share, of: request, decidedAt: decidedAt)
    let owner = storage.at(layer).owner(of: request)
    ledger.charge(share, amount, of: request, to: layer, owner: owner, at: now)
    return amount
  }

  /// Releases an admitted request that never started: it pays nothing.
  public mutating func release(
    _ decision: Decision, of request: Request, decidedAt: SimTime, at now: SimTime
  ) {
    _ = settle(decision, of: request, actual: .zero, decidedAt: decidedAt, at: now, .none)
  }

  /// Corrects the shares of what was granted to those of what was actually used.
  private mutating func correct(
    _ settled: inout Settled, of request: Request, granted: Units, actual: Units, at now: SimTime,
    _ signals: Signals
  ) {
    guard lines.contains(where: { $0.applies(to: request.product) }) else { return }
    var excess = granted - actual
    for payer in lines.indices.reversed() where excess > .zero {
      let back = min(excess, settled.shares[payer])
      settled.shares[payer] -= back
      excess -= back
    }
    var rest = actual - granted
    for payer in lines.indices where rest > .zero && lines[payer].applies(to: request.product) {
      let quote = storage.at(lines[payer].layer).quote(rest, of: request, at: now, signals)
      settled.shares[payer] += quote.payable
      rest -= quote.payable
    }
    guard rest > .zero else { return }
    if let payer = lines.indices.last(where: { owes($0, settled.shares, request) }) {
      settled.shares[payer] += rest
    } else {
      settled.overrun = rest
    }
  }

  /// Whether a payer is charged for what nobody pays: it has paid already, or still has a balance.
  private func owes(_ payer: Int, _ shares: Shares, _ request: Request) -> Bool {
    guard lines[payer].isCharged else { return false }
    let layer = lines[payer].layer
    return shares[payer] > .zero
      || storage.at(layer).balance(of: storage.at(layer).owner(of: request)) > .zero
  }
}

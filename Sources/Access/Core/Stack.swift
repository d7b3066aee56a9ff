import WeirFormats
public import WeirKernel

/// An access stack: the decision waterfall over gates, allowances and funds.
///
/// A decision walks the layers in their order. Gates must all let the request pass; allowances pay
/// what their headroom holds; funds pay the rest. The commit passes every gate or changes nothing.
/// A stack without allowances and funds meters nothing: it grants all that passes its gates.
/// A layer that is for some products only is not there for requests of the others. A request that
/// layers keep is held until the last of them lets it go; its shares are taken at the decision.
///
/// A stack is a value: a copy is a snapshot that lives on by itself.
public struct Stack: Sendable {
  /// The layers in the order of the waterfall.
  public private(set) var layers: [any Layer]
  /// The name of each layer, unique within the stack.
  public let names: [String]
  /// What happens when a cost is not paid in full.
  public let onShortfall: Shortfall
  /// The settlement of what funds are charged.
  public private(set) var ledger = Ledger()

  /// The gates, as indices into ``layers``.
  public let gates: [Int]
  /// The allowances and funds in the order of the waterfall, as indices into ``layers``.
  public let payers: [Int]
  private let observers: [Int]
  /// The products that each layer is for, one bit each.
  private let products: [UInt64]

  /// Creates a stack for the accounts of `directory`.
  ///
  /// - Precondition: `names` has one name for each layer, and at most ``Shares/capacity`` layers
  ///   pay. Scenario files are checked for both before.
  public init(
    _ layers: [any Layer], names: [String], onShortfall: Shortfall = .rollback,
    for directory: Directory
  ) {
    precondition(layers.count == names.count)
    self.init(
      zip(names, layers).map { NamedLayer(name: $0, layer: $1) }, onShortfall: onShortfall,
      for: directory)
  }

  /// Creates a stack of named layers, each for the products that it names.
  ///
  /// - Precondition: At most ``Shares/capacity`` layers pay, and there are at most 64 products.
  public init(
    _ named: [NamedLayer], onShortfall: Shortfall = .rollback, for directory: Directory
  ) {
    precondition(directory.products.count <= 64)
    layers = named.map(\.layer)
    names = named.map(\.name)
    self.onShortfall = onShortfall
    products = named.map { layer in
      guard let names = layer.products else { return .max }
      return directory.products.indices.reduce(0) { bits, product in
        names.contains { $0.value == directory.products[product] } ? bits | 1 << product : bits
      }
    }
    for index in layers.indices { layers[index].prepare(for: directory) }
    let roles = layers.map(\.role)
    gates = roles.indices.filter { roles[$0] == .gate }
    payers =
      roles.indices.filter { roles[$0] == .allowance }
      + roles.indices.filter { roles[$0] == .fund }
    observers = named.indices.filter { named[$0].layer.observes }
    precondition(payers.count <= Shares.capacity)
    let owners = max(directory.accounts, directory.organisations)
    for index in layers.indices {
      if let charging = layers[index].charging {
        ledger.open(layer: index, charging: charging, owners: owners)
      }
    }
  }

  /// Gives an account the state that it starts with, and writes its balances down.
  public mutating func open(
    _ account: AccountIndex, plan: PlanIndex, with start: AccountStart
  ) {
    let request = Request(
      account: account, organisation: start.organisation, plan: plan, cost: .zero)
    for index in layers.indices {
      guard layers[index].charging != nil else {
        layers[index].open(account, plan: plan, with: start)
        continue
      }
      let owner = layers[index].owner(of: request)
      let before = layers[index].balance(of: owner)
      layers[index].open(account, plan: plan, with: start)
      let given = layers[index].balance(of: owner) - before
      if given != .zero {
        ledger.record(
          .balanceUpdate(
            BalanceUpdate(
              kind: .initial, layer: UInt8(index), owner: owner, at: .zero, amount: given,
              account: account, ordinal: 0, balance: before + given)))
      }
    }
  }

  /// Whether layer number `layer` is there for requests of `product`.
  public func applies(_ layer: Int, to product: ProductIndex) -> Bool {
    products[layer] >> UInt64(product) & 1 == 1
  }

  // MARK: Deciding

  /// What the stack would decide, without any effect: for explaining, peeking and shadow policies.
  public func quote(_ request: Request, at now: SimTime, _ signals: Signals) -> Decision {
    var holding = Holding()
    if let refused = refusalOfGates(request, at: now, signals, &holding) { return refused }
    var shares = Shares()
    var rest = request.cost
    var refusedBy: Int?
    var last: Refusal?
    var soonest: SimDuration?
    for payer in payers.indices where applies(payers[payer], to: request.product) {
      let quote = layers[payers[payer]].quote(rest, of: request, at: now, signals)
      shares[payer] = quote.payable
      rest -= quote.payable
      if quote.payable > .zero { holding.lengthen(to: quote.delay, by: payers[payer]) }
      last = quote.refusal
      guard let refusal = quote.refusal else { break }
      refusedBy = payers[payer]
      if let wait = refusal.retryAfter { soonest = min(soonest ?? wait, wait) }
    }
    guard let refusedBy, var refusal = last else {
      return holding.decision(
        Decision(outcome: .admit, granted: request.cost, shares: shares))
    }
    refusal.retryAfter = soonest
    if onShortfall == .partial, rest < request.cost {
      return holding.decision(
        Decision(
          outcome: .admit, granted: request.cost - rest, shares: shares, refusedBy: refusedBy,
          refusal: refusal))
    }
    if onShortfall == .rollback {
      shares = Shares()
    } else {
      for payer in payers.indices where layers[payers[payer]].role == .fund { shares[payer] = 0 }
    }
    return Decision(
      outcome: .deny, granted: .zero, shares: shares, refusedBy: refusedBy, refusal: refusal)
  }

  /// The denial by the gates, with the longest of their waits; `nil` when all let it pass.
  private func refusalOfGates(
    _ request: Request, at now: SimTime, _ signals: Signals, _ holding: inout Holding
  ) -> Decision? {
    var denial: Decision?
    for gate in gates where applies(gate, to: request.product) {
      let quote = layers[gate].quote(request.cost, of: request, at: now, signals)
      holding.lengthen(to: quote.delay, by: gate)
      guard let refusal = quote.refusal else { continue }
      if var earlier = denial?.refusal {
        let waits = [earlier.retryAfter, refusal.retryAfter]
        earlier.retryAfter = waits.contains(nil) ? nil : waits.compactMap { $0 }.max()
        denial?.refusal = earlier
      } else {
        denial = Decision(
          outcome: .deny, granted: .zero, shares: Shares(), refusedBy: gate, refusal: refusal)
      }
    }
    return denial
  }

  /// Decides on a request and commits what was decided: all of it or nothing.
  public mutating func decide(
    _ request: Request, at now: SimTime, _ signals: Signals
  ) -> Decision {
    let decision = quote(request, at: now, signals)
    if decision.outcome == .deny {
      commitDenied(decision, of: request, at: now)
    } else {
      commit(decision, of: request, at: now)
    }
    return decision
  }

  private mutating func commit(_ decision: Decision, of request: Request, at now: SimTime) {
    for gate in gates where applies(gate, to: request.product) {
      layers[gate].commit(decision.granted, of: request, at: now)
    }
    for payer in payers.indices where decision.shares[payer] > .zero {
      layers[payers[payer]].commit(decision.shares[payer], of: request, at: now)
    }
    observe(.admitted, of: request, at: now)
  }

  /// Writes down a denial; its shares are what allowances count all the same.
  private mutating func commitDenied(_ decision: Decision, of request: Request, at now: SimTime) {
    for payer in payers.indices where decision.shares[payer] > .zero {
      layers[payers[payer]].commit(decision.shares[payer], of: request, at: now)
    }
    ledger.record(usage: .zero, of: request, at: now)
    observe(.denied(decision.refusal?.reason ?? .limit), of: request, at: now)
  }

  // MARK: Settling

  /// Settles an admitted request at its `actual` units: corrects the shares and charges the funds.
  ///
  /// What was reserved too much is unwound from the last payer to the first. What was reserved too
  /// little runs through the payers again; the rest is charged to a fund that has paid for this
  /// request or still has a balance (the overshoot comes back as a refund), else it is overrun.
  public mutating func settle(
    _ decision: Decision, of request: Request, actual: Units, decidedAt: SimTime, at now: SimTime,
    _ signals: Signals
  ) -> Settled {
    ledger.record(usage: actual, of: request, at: now)
    for gate in gates where applies(gate, to: request.product) {
      let hold = Hold(share: decision.granted, committedAt: decidedAt)
      layers[gate].settle(hold, to: actual, of: request, at: now)
    }
    let final = finalShares(decision, of: request, actual: actual, at: now, signals)
    var charged = Credits.zero
    for payer in payers.indices {
      let layer = payers[payer]
      let share = decision.shares[payer]
      guard share > .zero || final.shares[payer] > .zero else { continue }
      let hold = Hold(share: share, committedAt: decidedAt)
      layers[layer].settle(hold, to: final.shares[payer], of: request, at: now)
      guard layers[layer].charging != nil, final.shares[payer] > .zero else { continue }
      let amount = layers[layer].charge(for: final.shares[payer], of: request)
      let owner = layers[layer].owner(of: request)
      ledger.charge(
        final.shares[payer], amount, of: request, to: layer, owner: owner, at: now)
      charged += amount
    }
    return Settled(shares: final.shares, overrun: final.overrun, charged: charged)
  }

  /// Releases an admitted request that never started: it pays nothing.
  public mutating func release(
    _ decision: Decision, of request: Request, decidedAt: SimTime, at now: SimTime
  ) {
    _ = settle(decision, of: request, actual: .zero, decidedAt: decidedAt, at: now, .none)
  }

  private func finalShares(
    _ decision: Decision, of request: Request, actual: Units, at now: SimTime, _ signals: Signals
  ) -> (shares: Shares, overrun: Units) {
    var shares = decision.shares
    guard payers.contains(where: { applies($0, to: request.product) }) else {
      return (shares, .zero)
    }
    var excess = decision.granted - actual
    for payer in payers.indices.reversed() where excess > .zero {
      let back = min(excess, shares[payer])
      shares[payer] -= back
      excess -= back
    }
    var rest = actual - decision.granted
    guard rest > .zero else { return (shares, .zero) }
    for payer in payers.indices
    where rest > .zero && applies(payers[payer], to: request.product) {
      let quote = layers[payers[payer]].quote(rest, of: request, at: now, signals)
      shares[payer] += quote.payable
      rest -= quote.payable
    }
    if rest > .zero, let payer = payers.indices.last(where: { owes($0, shares, request) }) {
      shares[payer] += rest
      rest = .zero
    }
    return (shares, rest)
  }

  /// Whether a payer is charged for what nobody pays: it has paid already, or still has a balance.
  private func owes(_ payer: Int, _ shares: Shares, _ request: Request) -> Bool {
    let layer = layers[payers[payer]]
    guard layer.charging != nil else { return false }
    return shares[payer] > .zero || layer.balance(of: layer.owner(of: request)) > .zero
  }

  // MARK: Balances

  /// The time at which the stack next has something to do by itself; distant when never.
  public var nextDue: SimTime { ledger.nextDue }

  /// Applies the balance updates that have fallen due by `now`.
  public mutating func advance(to now: SimTime) {
    while let event = ledger.takeDue(at: now) { deliver(event) }
  }

  /// Delivers a monetization event to its balance; a duplicate changes nothing.
  ///
  /// The debit and, where it overshoots, the refund to zero are one step.
  public mutating func deliver(_ event: MonetizationEvent) {
    guard ledger.claim(event) else { return }
    let debit = BalanceUpdate(
      kind: .debit, layer: event.layer, owner: event.owner, at: event.due, amount: -event.amount,
      account: event.account, ordinal: event.ordinal)
    apply(debit)
    let balance = layers[Int(event.layer)].balance(of: event.owner)
    guard balance < .zero else { return }
    var refund = debit
    refund.kind = .overshootRefund
    refund.amount = -balance
    apply(refund)
  }

  /// Whether some balance of the stack takes purchases.
  public var acceptsPurchases: Bool {
    payers.contains { layers[$0].charging?.acceptsPurchases == true }
  }

  /// Adds bought credits to the first balance of the account that takes purchases.
  ///
  /// - Returns: whether there is such a balance.
  public mutating func purchase(
    _ amount: Credits, for request: Request, at now: SimTime
  ) -> Bool {
    let layer = payers.first {
      applies($0, to: request.product) && layers[$0].charging?.acceptsPurchases == true
    }
    guard let layer else { return false }
    apply(
      BalanceUpdate(
        kind: .purchase, layer: UInt8(layer), owner: layers[layer].owner(of: request), at: now,
        amount: amount, account: request.account, ordinal: 0))
    return true
  }

  private mutating func apply(_ update: BalanceUpdate) {
    layers[Int(update.layer)].apply(update)
    var update = update
    update.balance = layers[Int(update.layer)].balance(of: update.owner)
    ledger.record(.balanceUpdate(update))
  }

  /// Hands over the records of usage, money and balances since the last time, in order.
  public mutating func takeJournal(_ body: (LedgerEvent) -> Void) { ledger.takeJournal(body) }

  // MARK: Learning

  /// Tells trackers and load control what became of a request.
  public mutating func observe(
    _ feedback: Feedback, of request: Request, at now: SimTime
  ) {
    for index in observers where applies(index, to: request.product) {
      layers[index].observe(feedback, of: request, at: now)
    }
  }

  /// The limit of the first layer that sets itself one by the load; `nil` without such a layer.
  public var limitInForce: Units? {
    for layer in layers {
      if let limit = layer.limitInForce { return limit }
    }
    return nil
  }

  /// Tells load control the load of the fleet.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    for index in layers.indices { layers[index].receive(signals, at: now) }
  }
}

/// Which layer keeps a request longest, while a decision is made.
private struct Holding {
  private var delay = SimDuration.zero
  private var layer: Int?

  mutating func lengthen(to delay: SimDuration, by layer: Int) {
    guard delay > self.delay else { return }
    self.delay = delay
    self.layer = layer
  }

  /// The decision to let a request through, as one to hold it if a layer keeps it.
  func decision(_ decision: Decision) -> Decision {
    guard let layer else { return decision }
    var held = decision
    held.outcome = .hold
    held.delay = delay
    held.heldBy = layer
    return held
  }
}

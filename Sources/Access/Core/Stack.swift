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
  /// The layers; shared with copies of the stack until one of them changes.
  var storage: LayerStorage
  /// The name of each layer, unique within the stack.
  public let names: [String]
  /// What happens when a cost is not paid in full.
  public let onShortfall: Shortfall
  /// The settlement of what funds are charged.
  public internal(set) var ledger = Ledger()

  /// The gates, as indices into ``layers``.
  public let gates: [Int]
  /// The allowances and funds in the order of the waterfall, as indices into ``layers``.
  public let payers: [Int]
  @usableFromInline var observers: [Int]
  /// The allowances and funds with what is asked of them at every request.
  let lines: [Payer]
  /// The products that each layer is for, one bit each.
  private let products: [UInt64]
  /// Since when each layer has counted: holds from before are none of its own.
  private(set) var since: [SimTime]
  /// Who is on which plan, for changes.
  var directory: Directory
  /// The changes to come, the next one last.
  @usableFromInline var changes: [LayerChange]

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
  /// - Precondition: At most ``Shares/capacity`` layers pay, and there are at most 64 products;
  ///   each of the `changes` is of a layer of that name, in its role.
  public init(
    _ named: [NamedLayer], onShortfall: Shortfall = .rollback, changes: [LayerChange] = [],
    for directory: Directory
  ) {
    precondition(directory.products.count <= 64)
    var layers = named.map(\.layer)
    names = named.map(\.name)
    self.onShortfall = onShortfall
    products = named.map { layer in
      guard let names = layer.products else { return .max }
      return directory.products.indices.reduce(0) { bits, product in
        names.contains { $0.value == directory.products[product] } ? bits | 1 << product : bits
      }
    }
    for index in layers.indices {
      let others = Self.others(of: layers[index], in: layers[..<index])
      if others > 0 { layers[index].stand(behind: others) }
      layers[index].prepare(for: directory)
    }
    storage = LayerStorage(layers)
    let roles = layers.map(\.role)
    gates = roles.indices.filter { roles[$0] == .gate }
    payers =
      roles.indices.filter { roles[$0] == .allowance }
      + roles.indices.filter { roles[$0] == .fund }
    observers = named.indices.filter { named[$0].layer.observes }
    since = named.map { _ in SimTime(nanoseconds: .min) }
    self.directory = directory
    let inOrder = changes.indices.sorted { (changes[$0].at, $0) < (changes[$1].at, $1) }
    self.changes = inOrder.reversed().map { changes[$0] }
    let products = products
    lines = payers.map { Payer(layer: $0, layers[$0], products: products[$0]) }
    precondition(payers.count <= Shares.capacity)
    let owners = max(directory.accounts, directory.organisations)
    for index in layers.indices {
      if let fund = layers[index] as? any CreditFund {
        ledger.open(layer: index, charging: fund.charging, owners: owners)
      }
    }
  }

  /// Gives an account the state that it starts with, and writes its balances down.
  public mutating func open(
    _ account: AccountIndex, plan: PlanIndex, with start: AccountStart
  ) {
    let request = Request(
      account: account, organisation: start.organisation, plan: plan, cost: .zero)
    separate()
    for index in 0..<storage.count {
      guard lines.contains(where: { $0.layer == index && $0.isCharged }) else {
        storage.at(index).open(account, plan: plan, with: start)
        continue
      }
      let owner = storage.at(index).owner(of: request)
      let before = storage.at(index).balance(of: owner)
      storage.at(index).open(account, plan: plan, with: start)
      let given = storage.at(index).balance(of: owner) - before
      if given != .zero {
        ledger.record(
          .balanceUpdate(
            BalanceUpdate(
              kind: .initial, layer: UInt8(index), owner: owner, at: .zero, amount: given,
              account: account, ordinal: 0, balance: before + given)))
      }
      ledger.lookAgain(
        PurchaseCheck(at: .zero, layer: index, owner: owner, account: account))
    }
    writeUnits()
  }

  /// The layers in the order of the waterfall, as they are now.
  ///
  /// Complexity: linear in the layers, each of which is copied.
  public var layers: [any Layer] { storage.layers }

  /// What the account of `request` sees of layer number `layer`; `nil` when it shows nothing.
  public func meter(ofLayer layer: Int, for request: Request, at now: SimTime) -> Meter? {
    storage.at(layer).meter(for: request, at: now)
  }

  /// Whether layer number `layer` never takes more than its meter shows.
  public func isStrict(_ layer: Int) -> Bool { storage.at(layer).isStrict }

  /// Makes the layers this stack's own, which a copy may share so far.
  @inline(__always)
  mutating func separate() {
    if !isKnownUniquelyReferenced(&storage) { storage = LayerStorage(storage.layers) }
  }

  /// Whether layer number `layer` is there for requests of `product`.
  public func applies(_ layer: Int, to product: ProductIndex) -> Bool {
    products[layer] >> UInt64(product) & 1 == 1
  }

  // MARK: Deciding

  /// What the stack would decide, without any effect: for explaining, peeking and shadow policies.
  public func quote(_ request: Request, at now: SimTime, _ signals: Signals) -> Decision {
    // Swift copies a stack before it calls what does not change it, but not before what may.
    var copy = self
    var decision = Decision(outcome: .admit, granted: request.cost, shares: Shares())
    copy.weigh(request, at: now, signals, &decision)
    return decision
  }

  /// Decides on a request and commits what was decided: all of it or nothing.
  public mutating func decide(
    _ request: Request, at now: SimTime, _ signals: Signals
  ) -> Decision {
    var decision = Decision(outcome: .admit, granted: request.cost, shares: Shares())
    decide(request, at: now, signals, into: &decision)
    return decision
  }

  /// Decides on a request as ``decide(_:at:_:)`` does, and writes the decision where it is kept.
  ///
  /// For a loop: a decision is large, and to hand it on costs as much as a layer.
  public mutating func decide(
    _ request: Request, at now: SimTime, _ signals: Signals, into decision: inout Decision
  ) {
    separate()
    decision.admit(request.cost)
    weigh(request, at: now, signals, &decision)
    if decision.outcome == .deny {
      commitDenied(&decision, of: request, at: now)
    } else {
      commit(&decision, of: request, at: now)
    }
  }

  /// Makes of an admission in full what the layers say to it.
  @inline(__always)
  private mutating func weigh(
    _ request: Request, at now: SimTime, _ signals: Signals, _ decision: inout Decision
  ) {
    if !gates.isEmpty { askGates(request, at: now, signals, &decision) }
    if decision.outcome == .admit { askPayers(request, at: now, signals, &decision) }
    if decision.outcome == .admit, decision.delay > .zero { decision.outcome = .hold }
  }

  /// Turns an admission into a denial by the gates, with the longest of their waits.
  private mutating func askGates(
    _ request: Request, at now: SimTime, _ signals: Signals, _ decision: inout Decision
  ) {
    for gate in gates where applies(gate, to: request.product) {
      let quote = storage.at(gate).quote(request.cost, of: request, at: now, signals)
      guard let refusal = quote.refusal else {
        if decision.refusal == nil { decision.hold(for: quote.delay, by: gate) }
        continue
      }
      if decision.refusal == nil {
        decision.deny(by: gate, refusal)
      } else if let earlier = decision.refusal?.retryAfter {
        decision.refusal?.retryAfter = refusal.retryAfter.map { max(earlier, $0) }
      }
    }
  }

  /// Shares the cost out to those who pay, or turns an admission into a denial.
  @inline(__always)
  private mutating func askPayers(
    _ request: Request, at now: SimTime, _ signals: Signals, _ decision: inout Decision
  ) {
    var rest = request.cost
    var soonest: SimDuration?
    var short: Refusal?
    var refuser = 0
    for payer in lines.indices where lines[payer].applies(to: request.product) {
      let layer = lines[payer].layer
      let quote = storage.at(layer).quote(rest, of: request, at: now, signals)
      decision.shares.units[payer] = quote.payable.count
      rest -= quote.payable
      if quote.payable > .zero { decision.hold(for: quote.delay, by: layer) }
      short = quote.refusal
      guard let refusal = quote.refusal else { break }
      refuser = layer
      if let wait = refusal.retryAfter { soonest = min(soonest ?? wait, wait) }
    }
    guard var refusal = short else { return }
    refusal.retryAfter = soonest
    if onShortfall == .partial, rest < request.cost {
      decision.granted = request.cost - rest
      decision.refusedBy = refuser
      decision.refusal = refusal
    } else {
      decision.deny(by: refuser, refusal)
      for payer in lines.indices where onShortfall == .rollback || lines[payer].isFund {
        decision.shares.units[payer] = 0
      }
    }
  }

  @inline(__always)
  private mutating func commit(_ decision: inout Decision, of request: Request, at now: SimTime) {
    for gate in gates where applies(gate, to: request.product) {
      storage.at(gate).commit(decision.granted, of: request, at: now)
    }
    commitShares(&decision, of: request, at: now)
    observe(.admitted, of: request, at: now)
  }

  /// Writes down a denial; its shares are what allowances count all the same.
  @inline(__always)
  private mutating func commitDenied(
    _ decision: inout Decision, of request: Request, at now: SimTime
  ) {
    if onShortfall == .countFirst { commitShares(&decision, of: request, at: now) }
    ledger.record(usage: .zero, of: request, at: now)
    observe(.denied(decision.refusal?.reason ?? .limit), of: request, at: now)
  }

  @inline(__always)
  private mutating func commitShares(
    _ decision: inout Decision, of request: Request, at now: SimTime
  ) {
    for payer in lines.indices where decision.shares.units[payer] > 0 {
      storage.at(lines[payer].layer).commit(
        Units(decision.shares.units[payer]), of: request, at: now)
    }
  }

  // MARK: Changing

  /// Has another layer take the place of layer number `index`, in the same role.
  ///
  /// - Precondition: The roles are the same, and the layer is no fund.
  public mutating func replace(
    _ index: Int, by layer: any Layer, _ inheritance: Inheritance, at now: SimTime
  ) {
    precondition(layer.role == storage[index].role && layer.role != .fund)
    separate()
    var layer = layer
    let others = Self.others(of: layer, in: layers[..<index])
    if others > 0 { layer.stand(behind: others) }
    let isOwn = layer.succeed(
      storage[index], in: Succession(in: directory, inheritance: inheritance, at: now))
    if !isOwn { since[index] = now }
    storage[index] = layer
    observers = (0..<storage.count).filter { storage[$0].observes }
  }

  /// Puts `account` on another plan; its requests are to name that from now on.
  public mutating func move(
    _ account: AccountIndex, to plan: PlanIndex, _ inheritance: Inheritance, at now: SimTime
  ) {
    let change = PlanChange(
      account: account, start: directory.start(of: account),
      from: directory.planOfAccount[Int(account)], to: plan, inheritance: inheritance, at: now)
    separate()
    for index in 0..<storage.count { storage[index].follow(change) }
    directory.planOfAccount[Int(account)] = plan
    writeUnits()
  }

  /// The plan that `account` is on now.
  public func plan(of account: AccountIndex) -> PlanIndex {
    directory.planOfAccount[Int(account)]
  }

  // MARK: Balances

  /// Whether there is a journal to take, a debit to come or a change.
  @inlinable
  public var hasBooks: Bool { ledger.keepsJournal || isCharging || !changes.isEmpty }

  /// The time at which the stack next has something to do by itself; distant when never.
  public var nextDue: SimTime { min(ledger.nextDue, changes.last?.at ?? .distantFuture) }

  /// Applies the changes and the balance updates that have fallen due by `now`.
  public mutating func advance(to now: SimTime) {
    while let change = changes.last, change.at <= now {
      changes.removeLast()
      guard let index = names.firstIndex(of: change.name.value) else { continue }
      replace(index, by: change.layer, change.inheritance, at: change.at)
    }
    applyDebits(until: now)
    while let check = ledger.takeCheck(at: now) {
      topUp(check.layer, check.owner, of: check.account, at: check.at)
    }
  }

  /// Applies the balance updates that fall due by `time`.
  public mutating func applyDebits(until time: SimTime) {
    while let event = ledger.takeDue(at: time) { deliver(event) }
  }

  /// Whether a balance of the account could pay the whole request by itself.
  public func isFunded(_ request: Request, at now: SimTime) -> Bool {
    for line in lines where line.isCharged {
      let balance = storage.at(line.layer).balance(of: storage.at(line.layer).owner(of: request))
      guard balance > .zero else { continue }
      let charge = storage.at(line.layer).charge(for: request.cost, of: request, decidedAt: now)
      if balance >= charge { return true }
    }
    return false
  }

  /// Whether some layer is charged for what it pays.
  @inlinable
  public var isCharging: Bool { !ledger.lines.isEmpty }

  /// Whether some balance of the stack takes purchases.
  public var acceptsPurchases: Bool {
    lines.contains { $0.acceptsPurchases }
  }

  /// Adds bought credits to the first balance of the account that takes purchases.
  ///
  /// - Returns: whether there is such a balance.
  public mutating func purchase(
    _ amount: Credits, for request: Request, at now: SimTime
  ) -> Bool {
    let line = lines.first { $0.applies(to: request.product) && $0.acceptsPurchases }
    guard let layer = line?.layer else { return false }
    writeForgiveness(layer, storage.at(layer).owner(of: request), of: request.account, at: now)
    apply(
      BalanceUpdate(
        kind: .purchase, layer: UInt8(layer), owner: storage.at(layer).owner(of: request), at: now,
        amount: amount, account: request.account, ordinal: 0))
    repay(layer, storage.at(layer).owner(of: request), of: request.account, at: now)
    return true
  }

  mutating func apply(_ update: BalanceUpdate) {
    separate()
    storage.at(Int(update.layer)).apply(update)
    var update = update
    update.balance = storage.at(Int(update.layer)).balance(of: update.owner)
    ledger.record(.balanceUpdate(update))
  }

  /// Whether usage, money and balances are written down, to be taken by ``takeJournal(_:)``.
  public var keepsJournal: Bool {
    get { ledger.keepsJournal }
    set { ledger.keepsJournal = newValue }
  }

  /// Hands over the records of usage, money and balances since the last time, in order.
  public mutating func takeJournal(_ body: (LedgerEvent) -> Void) {
    ledger.takeJournal(body)
  }

  // MARK: Learning

  /// Whether some layer is told what becomes of requests.
  @inlinable
  public var hasObservers: Bool { !observers.isEmpty }

  /// Tells trackers and load control what became of a request.
  @inlinable
  public mutating func observe(
    _ feedback: Feedback, of request: Request, at now: SimTime
  ) {
    if !observers.isEmpty { tellObservers(feedback, of: request, at: now) }
  }

  @usableFromInline
  mutating func tellObservers(_ feedback: Feedback, of request: Request, at now: SimTime) {
    separate()
    for index in observers where applies(index, to: request.product) {
      storage.at(index).observe(feedback, of: request, at: now)
    }
  }

  /// The tightest limit of the layers that set themselves one by the load; `nil` without such a
  /// layer.
  public var limitInForce: Units? {
    var tightest: Units?
    for layer in 0..<storage.count {
      if let limit = storage.at(layer).limitInForce { tightest = min(tightest ?? limit, limit) }
    }
    return tightest
  }

  /// Tells load control the load of the fleet.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    separate()
    for index in 0..<storage.count { storage.at(index).receive(signals, at: now) }
  }
}

extension Decision {
  /// Makes it an admission in full that nobody pays yet: in place, field by field, since a decision
  /// is large.
  @inline(__always)
  fileprivate mutating func admit(_ cost: Units) {
    outcome = .admit
    granted = cost
    for payer in 0..<Shares.capacity { shares.units[payer] = 0 }
    refuser = -1
    refusal = nil
    delay = .zero
    keeper = -1
  }

  /// Has `layer` keep the request for at least `delay`.
  fileprivate mutating func hold(for delay: SimDuration, by layer: Int) {
    guard delay > self.delay else { return }
    self.delay = delay
    heldBy = layer
  }

  /// Has `layer` refuse the request; the shares stay as they are.
  fileprivate mutating func deny(by layer: Int, _ refusal: Refusal) {
    outcome = .deny
    granted = .zero
    refusedBy = layer
    self.refusal = refusal
    delay = .zero
    heldBy = nil
  }
}

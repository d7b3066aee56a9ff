public import WeirFormats
public import WeirKernel

/// A balance of credits, bought in advance, that pays what limits and grants leave.
///
/// The check is made when the request is decided; the debit falls due `settlementLag` after the use
/// is settled. In between, `check_only` looks at the settled balance alone, so that several
/// requests can each find it sufficient: the debit that goes below zero is refunded to zero at
/// once. `reserve` also subtracts what was promised and not yet debited, and never overshoots,
/// except by settlements above the estimate.
///
/// ## Edges
/// - With `wholeRemainder` it pays all that is left of the cost or nothing; otherwise what the
///   balance is enough for.
/// - A charge is the exact price times the units, rounded once per settlement, half up, to a
///   micro-credit.
/// - A product without a price is not sold: reason `excluded`.
/// - The price of an operation is that of its product times the factor that `operations` names,
///   such as 2 for a fast mode; under `congestion` it also follows the load, and a request is
///   charged at the step that was in force when it was decided.
/// - A `spendCap` refuses with the reason `limit` and the wait until its period ends, whatever the
///   balance; a charge above the whole cap is refused for good, with the reason `never`.
/// - With a `topUp` credits are bought by themselves whenever a balance is below the threshold:
///   after a debit, at the start, and, where a period has seen its purchases, when the next begins.
/// - With an `overdraft` a balance is enough for so much more; a debit below zero is advanced up to
///   that, refunded beyond it, and the next credits repay it.
///
/// ## Complexity
/// O(1) a call; 32 bytes an owner, and 16 for each of the cap, the top-up's limit and the
/// overdraft.
///
/// ## Source
/// "Beyond rate limits: scaling access to Codex and Sora", OpenAI, 2026; the parts name their own.
public struct PrepaidCredits: CreditFund {
  /// The name in scenarios.
  public static let typeName = "credits"
  /// One sentence for the catalogue.
  public static let summary =
    "A balance of credits, bought in advance, that pays what limits and grants leave."

  /// What a check counts as available.
  public enum Mode: String, CaseIterable, Hashable, Sendable {
    /// The settled balance.
    case checkOnly = "check_only"
    /// The settled balance less what was promised and not yet debited.
    case reserve
  }

  /// Who owns a balance.
  public enum Owner: String, CaseIterable, Hashable, Sendable {
    /// Each account.
    case account
    /// Each organisation, for all of its accounts.
    case organisation
  }

  /// What a unit costs.
  public let prices: PriceList
  /// The balance of an account whose population gives it none, or of an organisation.
  public let initial: Credits
  /// What a check counts as available.
  public let mode: Mode
  /// Whether it pays all that is left of a cost or nothing.
  public let wholeRemainder: Bool
  /// Who owns a balance.
  public let owner: Owner
  /// What the price of an operation is multiplied by, by name; 1 for others.
  public let operations: [(name: Located<String>, factor: Ratio)]
  /// How the price follows the load; `nil` when it does not.
  public private(set) var congestion: CongestionPrice?
  /// The most that an owner spends in a time; `nil` for no cap.
  public let spendCap: SpendCap?
  /// What is bought by itself; `nil` for nothing.
  public let topUp: TopUp?
  /// How far a balance may be overdrawn; `nil` for not at all.
  public let overdraft: Overdraft?
  private let terms: Charging

  /// The price of each product, model and operation, at each step of the congestion price.
  private var priceTable: [Price?] = []
  /// The number of operations.
  private var operationCount = 1
  /// The number of models.
  private var modelCount = 1
  private var states: [State] = []
  private var spent: [SpendCount] = []
  private var topUps: [TopUpCount] = []
  private var debts: [Debt] = []

  private struct State: Sendable {
    var balance = Credits.zero
    /// Promised to requests that have not been settled.
    var reserved = Credits.zero
    /// Charged, with the debit still to come.
    var unsettled = Credits.zero
    var isOpen = false
  }

  /// A fund.
  public var role: Role { .fund }

  /// Creates the fund.
  public init(
    price: PriceList, initial: Credits = .zero, mode: Mode = .checkOnly,
    settlementLag: SimDuration = .zero, wholeRemainder: Bool = true,
    acceptsPurchases: Bool = true, owner: Owner = .account,
    operations: KeyValuePairs<String, Ratio> = [:], congestion: CongestionPrice? = nil,
    spendCap: SpendCap? = nil, topUp: TopUp? = nil, overdraft: Overdraft? = nil
  ) {
    self.init(
      price: price, initial: initial, mode: mode, settlementLag: settlementLag,
      wholeRemainder: wholeRemainder, acceptsPurchases: acceptsPurchases, owner: owner,
      factors: operations.map { (Located($0.key), $0.value) }, congestion: congestion,
      spendCap: spendCap, topUp: topUp, overdraft: overdraft)
  }

  private init(
    price: PriceList, initial: Credits, mode: Mode, settlementLag: SimDuration,
    wholeRemainder: Bool, acceptsPurchases: Bool, owner: Owner,
    factors: [(name: Located<String>, factor: Ratio)], congestion: CongestionPrice?,
    spendCap: SpendCap?, topUp: TopUp?, overdraft: Overdraft?
  ) {
    operations = factors
    self.congestion = congestion
    self.spendCap = spendCap
    self.topUp = topUp
    self.overdraft = overdraft
    prices = price
    self.initial = initial
    self.mode = mode
    self.wholeRemainder = wholeRemainder
    self.owner = owner
    terms = Charging(
      settlementLag: settlementLag, acceptsPurchases: acceptsPurchases,
      forgivesDebts: overdraft?.forgiveEvery != nil, topsUp: topUp != nil)
  }

  /// Reads the fund.
  public init(_ fields: Fields) {
    let price = fields.required(
      "price", .priceList,
      "Credits for one unit: one price, or one for each product sold, or for each of its models.")
    let initial = fields.value(
      "initial", .credits, default: .zero,
      "The balance of an account whose population gives it none, or of an organisation.")
    let mode = fields.value(
      "mode",
      .choice(Mode.self) { mode in
        switch mode {
        case .checkOnly: "the settled balance; an overshoot is refunded"
        case .reserve: "the settled balance less what was promised and not yet debited"
        }
      }, default: .checkOnly, "What a check counts as available.")
    let lag = fields.value(
      "settlementLag", .span, default: .zero, "The time from the end of a use to its debit.")
    let wholeRemainder = fields.value(
      "wholeRemainder", .flag, default: true,
      "Whether it pays all that is left of a cost or nothing; otherwise what it is enough for.")
    let acceptsPurchases = fields.value(
      "acceptsPurchases", .flag, default: true, "Whether accounts may buy more.")
    let owner = fields.value(
      "owner",
      .choice(Owner.self) { owner in
        switch owner {
        case .account: "each account"
        case .organisation: "each organisation, for all of its accounts"
        }
      }, default: .account, "Who owns a balance.")
    let operations =
      fields.optional(
        "operations", .map(of: .located(.ratio)),
        "What the price is multiplied by for operations by name, such as 2 for a fast mode; 1 for others."
      ) ?? []
    let congestion = fields.optional(
      "congestion", .object(CongestionPrice.self),
      "How the price follows the load; it does not if absent.")
    let spendCap = fields.optional(
      "spendCap", .object(SpendCap.self),
      "The most that an owner spends in a time, whatever the balance; no cap if absent.")
    let topUp = fields.optional(
      "topUp", .object(TopUp.self), "What is bought by itself; nothing if absent.")
    let overdraft = fields.optional(
      "overdraft", .object(Overdraft.self),
      "How far a balance may be overdrawn, and who pays; not at all if absent.")
    let factors = operations.map(\.value.value) + [.one]
    let steps = (congestion?.steps.map(\.factor) ?? []) + [.one]
    fields.check(
      price.fits(factors, steps),
      at: "price", expected: "a price that 18 digits hold exactly, times each of the factors")
    self.init(
      price: price, initial: initial, mode: mode, settlementLag: lag,
      wholeRemainder: wholeRemainder, acceptsPurchases: acceptsPurchases, owner: owner,
      factors: operations.map { entry in
        let place = entry.value
        let name = Located(entry.key, pointer: place.pointer, position: place.position)
        return (name, place.value)
      }, congestion: congestion, spendCap: spendCap, topUp: topUp, overdraft: overdraft)
  }

  /// The operations that have a factor of their own, and the products and models with a price.
  public var fieldNames: FieldNames {
    FieldNames(
      products: prices.productNames, models: prices.modelNames,
      operations: operations.map(\.name))
  }

  /// Makes room for the balances.
  public mutating func prepare(for directory: Directory) {
    let factors = directory.operations.map { name in
      operations.first { $0.name.value == name }?.factor ?? .one
    }
    operationCount = max(1, factors.count)
    modelCount = directory.models.count
    let steps = [.one] + (congestion?.steps.map(\.factor) ?? [])
    priceTable = steps.flatMap { step in
      prices.resolved(for: directory).flatMap { price in
        (factors.isEmpty ? [.one] : factors).map { price?.times($0)?.times(step) }
      }
    }
    congestion?.prepare(products: directory.products.count)
    let owners = owner == .account ? directory.accounts : directory.organisations
    states = Array(repeating: State(), count: owners)
    if spendCap != nil { spent = Array(repeating: SpendCount(), count: owners) }
    if topUp?.limit != nil { topUps = Array(repeating: TopUpCount(), count: owners) }
    if overdraft != nil { debts = Array(repeating: Debt(), count: owners) }
  }

  /// Gives the account its balance, or adds it to that of the organisation.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let index = owner == .account ? Int(account) : Int(start.organisation)
    if let balance = start.balance {
      states[index].balance += balance
    } else if !states[index].isOpen {
      states[index].balance += initial
    }
    states[index].isOpen = true
  }

  /// Pays all that is left of the cost, or as much as the balance is enough for.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    guard let price = price(of: request, at: now) else {
      return .short(.excluded, retryAfter: nil)
    }
    let available = available(to: request, at: now)
    let charge = price.charge(for: cost)
    if let spendCap {
      let room = spendCap.room(spent[Int(owner(of: request))], at: now)
      if charge > room, charge <= available || room < available {
        let payable = wholeRemainder ? .zero : price.units(for: min(room, available))
        if charge > spendCap.credits { return .short(.never, payable: payable, retryAfter: nil) }
        let wait = charge <= available ? spendCap.wait(at: now) : nil
        return .short(wait == nil ? .insufficient : .limit, payable: payable, retryAfter: wait)
      }
    }
    if charge <= available { return .pays(cost) }
    let payable = wholeRemainder ? .zero : price.units(for: available)
    return .short(.insufficient, payable: payable, retryAfter: nil)
  }

  /// Promises the charge for the share.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    let index = Int(owner(of: request))
    let amount = charge(for: share, of: request, decidedAt: now)
    states[index].reserved += amount
    spendCap?.spend(amount, &spent[index], at: now)
  }

  /// Turns the promise into a charge that waits for its debit.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    let index = Int(owner(of: request))
    let promised = charge(for: hold.share, of: request, decidedAt: hold.committedAt)
    let charged = charge(for: actual, of: request, decidedAt: hold.committedAt)
    states[index].reserved -= promised
    states[index].unsettled += charged
    spendCap?.correct(
      promised, to: charged, promisedAt: hold.committedAt, &spent[index], at: now)
  }

  /// Follows the load with the price.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    congestion?.receive(signals, at: now)
  }

  /// The greatest factor of the congestion price over all products.
  public func priceInForce(at now: SimTime) -> Ratio? { congestion?.greatestFactor(at: now) }

  /// The units that the balance is enough for.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    guard let price = price(of: request, at: now) else {
      return Meter(limit: .zero, remaining: .zero, resetAfter: nil)
    }
    var available = available(to: request, at: now)
    if let spendCap {
      available = min(available, spendCap.room(spent[Int(owner(of: request))], at: now))
    }
    let units = price.units(for: available)
    return Meter(limit: nil, remaining: units == .unlimited ? nil : units, resetAfter: nil)
  }

  /// When debits fall due, and whether accounts may buy.
  public var charging: Charging { terms }

  /// The exact price times the units, rounded once, half up; without congestion.
  public func charge(for units: Units, of request: Request) -> Credits {
    priceTable[place(of: request)]?.charge(for: units) ?? .zero
  }

  /// The same at the price that was in force when the request was decided.
  public func charge(
    for units: Units, of request: Request, decidedAt time: SimTime
  ) -> Credits {
    price(of: request, at: time)?.charge(for: units) ?? .zero
  }

  /// The account or its organisation.
  public func owner(of request: Request) -> OwnerIndex {
    owner == .account ? request.account : request.organisation
  }

  /// The settled balance.
  public func balance(of owner: OwnerIndex) -> Credits { states[Int(owner)].balance }

  /// Changes the balance; a debit is no longer waited for.
  public mutating func apply(_ update: BalanceUpdate) {
    let index = Int(update.owner)
    states[index].balance += update.amount
    switch update.kind {
    case .debit: states[index].unsettled += update.amount
    case .forgiveness:
      // What is owed is repaid next, at the same time.
      if overdraft != nil { debts[index].at = update.at }
    case .advance, .repayment:
      guard let overdraft else { return }
      // An advance gives to the balance what is owed from then on, a repayment the other way round.
      let owed = overdraft.owed(debts[index], at: update.at)
      debts[index] = Debt(credits: owed + update.amount, at: update.at)
    default: break
    }
  }

  /// What may still be advanced.
  public func advance(to owner: OwnerIndex, at now: SimTime) -> Credits {
    guard let overdraft else { return .zero }
    return max(.zero, overdraft.credits - overdraft.owed(debts[Int(owner)], at: now))
  }

  /// What was advanced, and neither repaid nor forgiven.
  public func debt(of owner: OwnerIndex, at now: SimTime) -> Credits {
    overdraft?.owed(debts[Int(owner)], at: now) ?? .zero
  }

  /// What was owed when a period ended by `now`.
  public func forgiven(to owner: OwnerIndex, by now: SimTime) -> Forgiveness? {
    overdraft?.forgiven(debts[Int(owner)], by: now)
  }

  /// Buys credits when the balance is below the threshold and the period has not seen too many.
  public mutating func automaticPurchase(
    for owner: OwnerIndex, at now: SimTime
  ) -> Credits? {
    guard let topUp, let amount = topUp.purchase(at: states[Int(owner)].balance) else { return nil }
    guard let limit = topUp.limit else { return amount }
    let period = Period(limit.per).number(at: now)
    let earlier = topUps[Int(owner)].period == period ? topUps[Int(owner)].purchases : 0
    guard earlier < limit.purchases else { return nil }
    topUps[Int(owner)] = TopUpCount(period: period, purchases: earlier + 1)
    return amount
  }

  /// The end of the period whose purchases have been made, while the balance is below the
  /// threshold.
  public func nextPurchase(for owner: OwnerIndex, at now: SimTime) -> SimTime? {
    guard let topUp, let limit = topUp.limit, limit.purchases > 0,
      topUp.purchase(at: states[Int(owner)].balance) != nil
    else { return nil }
    let count = topUps[Int(owner)]
    let isSpent =
      count.period == Period(limit.per).number(at: now) && count.purchases >= limit.purchases
    return isSpent ? Period(limit.per).end(of: now) : nil
  }

  /// The price of what is asked for, for a decision at `time`; `nil` when it is not sold.
  private func price(of request: Request, at time: SimTime) -> Price? {
    guard let congestion else { return priceTable[place(of: request)] }
    let stride = priceTable.count / (congestion.steps.count + 1)
    return priceTable[
      congestion.step(for: request.product, at: time) * stride + place(of: request)]
  }

  private func place(of request: Request) -> Int {
    (Int(request.product) * modelCount + Int(request.model)) * operationCount
      + Int(request.operation)
  }

  private func available(to request: Request, at now: SimTime) -> Credits {
    let owner = owner(of: request)
    let state = states[Int(owner)]
    let line = advance(to: owner, at: now)
    switch mode {
    case .checkOnly: return state.balance + line
    case .reserve: return state.balance + line - state.reserved - state.unsettled
    }
  }
}

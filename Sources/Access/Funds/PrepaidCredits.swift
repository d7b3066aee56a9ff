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
///
/// ## Complexity
/// O(1) a call; 32 bytes an owner.
///
/// ## Source
/// "Beyond rate limits: scaling access to Codex and Sora", OpenAI, 2026.
public struct PrepaidCredits: Layer {
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
  private let terms: Charging

  private var priceOfProduct: [Price?] = []
  private var states: [State] = []

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
    acceptsPurchases: Bool = true, owner: Owner = .account
  ) {
    prices = price
    self.initial = initial
    self.mode = mode
    self.wholeRemainder = wholeRemainder
    self.owner = owner
    terms = Charging(settlementLag: settlementLag, acceptsPurchases: acceptsPurchases)
  }

  /// Reads the fund.
  public init(_ fields: Fields) {
    let price = fields.required(
      "price", .priceList, "Credits for one unit: one price, or a price for each product sold.")
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
    self.init(
      price: price, initial: initial, mode: mode, settlementLag: lag,
      wholeRemainder: wholeRemainder, acceptsPurchases: acceptsPurchases, owner: owner)
  }

  /// The products that have a price of their own.
  public var productNames: [Located<String>] { prices.productNames }

  /// Makes room for the balances.
  public mutating func prepare(for directory: Directory) {
    priceOfProduct = prices.resolved(for: directory)
    let owners = owner == .account ? directory.accounts : directory.organisations
    states = Array(repeating: State(), count: owners)
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
    guard let price = priceOfProduct[Int(request.product)] else {
      return .short(.excluded, retryAfter: nil)
    }
    let available = available(to: request)
    if price.charge(for: cost) <= available { return .pays(cost) }
    let payable = wholeRemainder ? .zero : price.units(for: available)
    return .short(.insufficient, payable: payable, retryAfter: nil)
  }

  /// Promises the charge for the share.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    states[Int(owner(of: request))].reserved += charge(for: share, of: request)
  }

  /// Turns the promise into a charge that waits for its debit.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    let index = Int(owner(of: request))
    states[index].reserved -= charge(for: hold.share, of: request)
    states[index].unsettled += charge(for: actual, of: request)
  }

  /// The units that the balance is enough for.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    guard let price = priceOfProduct[Int(request.product)] else {
      return Meter(limit: .zero, remaining: .zero, resetAfter: nil)
    }
    let units = price.units(for: available(to: request))
    return Meter(limit: nil, remaining: units == .unlimited ? nil : units, resetAfter: nil)
  }

  /// When debits fall due, and whether accounts may buy.
  public var charging: Charging? { terms }

  /// The exact price times the units, rounded once, half up.
  public func charge(for units: Units, of request: Request) -> Credits {
    priceOfProduct[Int(request.product)]?.charge(for: units) ?? .zero
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
    if update.kind == .debit { states[index].unsettled += update.amount }
  }

  private func available(to request: Request) -> Credits {
    let state = states[Int(owner(of: request))]
    switch mode {
    case .checkOnly: return state.balance
    case .reserve: return state.balance - state.reserved - state.unsettled
    }
  }
}

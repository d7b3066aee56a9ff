public import WeirFormats
public import WeirKernel

/// Units that are given away for a time: each account may use so many of them while it lasts.
///
/// ## Edges
/// - It lasts from exactly `from` until just before `until`; what was not used by then is gone, and
///   nothing given back later comes alive again.
/// - Before it starts, a refusal says how long to wait; after its end and for other plans it is
///   `excluded`; used up, it is `insufficient`.
///
/// ## Complexity
/// O(1) a call; 8 bytes an account, and 32 more where events are written down.
///
/// ## Source
/// The dated doublings of limits and the temporary access of the Codex plans in 2026.
public struct Promotion: UnitFund {
  /// The name in scenarios.
  public static let typeName = "promotion"
  /// One sentence for the catalogue.
  public static let summary =
    "Units that are given away for a time: each account may use so many of them while it lasts."

  /// The units for each account.
  public let units: Units
  /// When it starts.
  public let from: SimTime
  /// When it ends.
  public let until: SimTime

  private var plans: PlanSet
  private var used: [Units] = []
  /// What is told to the ledger; `nil` when nobody asks.
  private var books: UnitBooks?

  /// A fund.
  public var role: Role { .fund }

  /// Creates the promotion, for all plans unless some are named.
  public init(units: Units, from: SimTime = .zero, until: SimTime, plans: [String]? = nil) {
    self.units = units
    self.from = from
    self.until = until
    self.plans = PlanSet(plans?.map { Located($0) })
  }

  /// Reads the promotion.
  public init(_ fields: Fields) {
    units = fields.required("units", .units, "The units that each account may use.")
    let from = fields.value(
      "from", .span, default: .zero, "When it starts, counted from the start of the run.")
    let until = fields.required("until", .span, "When it ends, counted from the start of the run.")
    plans = PlanSet(fields.plans("The plans that it is for; all if absent."))
    fields.check(from < until, at: "until", expected: "a time after from")
    self.from = .zero + from
    self.until = .zero + until
  }

  /// The plans that it is for.
  public var fieldNames: FieldNames { FieldNames(plans: plans.names ?? []) }

  /// Makes room for the counts.
  public mutating func prepare(for directory: Directory) {
    plans.prepare(for: directory)
    used = Array(repeating: .zero, count: directory.accounts)
  }

  /// Pays what is left, while it lasts.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    guard plans.contains(request.plan), now < until else {
      return .short(.excluded, retryAfter: nil)
    }
    let left = left(for: request)
    if now < from {
      return .short(.excluded, retryAfter: cost <= left ? from - now : nil)
    }
    return cost <= left ? .pays(cost) : .short(.insufficient, payable: left, retryAfter: nil)
  }

  /// Counts the share.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    book(request, to: now)
    used[Int(request.account)] += share
    books?.promise(share, to: request.account)
  }

  /// Counts more, or gives back.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    book(request, to: now)
    used[Int(request.account)] += actual - hold.share
    guard books != nil else { return }
    let standing = standing(of: request, at: now)
    books?.settle(hold.share, to: actual, of: request, at: now, standing: standing)
  }

  /// What is left while it lasts; nothing before and after.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    guard plans.contains(request.plan), now >= from, now < until else {
      return Meter(limit: .zero, remaining: .zero, resetAfter: nil)
    }
    return Meter(limit: units, remaining: left(for: request), resetAfter: nil)
  }

  private func left(for request: Request) -> Units {
    max(.zero, units - used[Int(request.account)])
  }
}

// MARK: Books

extension Promotion {
  /// Gives the accounts of its plans their units, if it has started.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let request = Request(account: account, plan: plan, cost: .zero)
    let standing = standing(of: request, at: .zero)
    books?.begin(account, with: standing, at: .zero)
  }

  /// Goes with the account to a plan that it is for, or stays behind.
  public mutating func follow(_ change: PlanChange) {
    guard books != nil else { return }
    let before = Request(account: change.account, plan: change.from, cost: .zero)
    let after = Request(account: change.account, plan: change.to, cost: .zero)
    book(before, to: change.at)
    bookChange(
      from: standing(of: before, at: change.at), to: standing(of: after, at: change.at),
      change.account, at: change.at)
  }

  /// Begins to write the balances down: of each account what is left while the promotion lasts.
  public mutating func keepBooks() {
    books = UnitBooks(accounts: used.count)
  }

  /// Writes down that it has started or ended.
  public mutating func book(_ request: Request, to now: SimTime) {
    guard let start = books?.asOf(request.account), start < now else { return }
    for time in [from, until] where start < time && time <= now {
      bookChange(
        from: standing(of: request, at: time - SimDuration(nanoseconds: 1)),
        to: standing(of: request, at: time), request.account, at: time)
    }
    books?.follow(request.account, to: now)
  }

  /// Hands over what has been written down.
  public mutating func takeBookings() -> [UnitBooking] { books?.take() ?? [] }

  private mutating func bookChange(
    from before: Units, to after: Units, _ account: AccountIndex, at now: SimTime
  ) {
    books?.change(
      lost: max(.zero, before - after), given: max(.zero, after - before), account, at: now,
      standing: after)
  }

  /// What is left while it lasts, below zero where more was used; nothing before and after.
  private func standing(of request: Request, at now: SimTime) -> Units {
    guard plans.contains(request.plan), from <= now, now < until else { return .zero }
    return units - used[Int(request.account)]
  }
}

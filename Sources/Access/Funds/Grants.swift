public import WeirFormats
public import WeirKernel

/// Units given to accounts in several lots, each with a priority and an expiry, burnt in order.
///
/// ## Edges
/// - The order of burning is a list of keys, by default priority (lower first), expiry (to the
///   second, those without one last) and creation; lots that are alike burn by id. A request may
///   take from several lots, and may be paid in part.
/// - A lot has expired at exactly its `expires`. Expiry takes only what is left of its own lot.
/// - A lot that recurs is filled up to its units, whatever is left. A reset leaves in each lot what
///   is left, at least `minRollover` and at most `maxRollover`. At one time resets come first, then
///   lots that become effective or recur.
/// - With an `overdraft`, use may go so far beyond all lots; what was used so is paid by the next
///   lots that are filled, in the order of burning. A reset forgives it, unless
///   `resetKeepsOverdraft`.
/// - On another plan an account has the lots of that: those that it had before go on.
/// - What a settlement gives back goes to the overdraft, then to the lots that could have paid,
///   last burnt first; given back to a lot that has expired, been filled or been reset since, it is
///   gone.
///
/// ## Complexity
/// Linear in the lots a call; 8 bytes an account and lot, and 16 an account where lots change with
/// time; 32 more an account where events are written down.
///
/// ## Source
/// openmeterio/openmeter, openmeter/credit/engine; the other keys of the order from Stigg and
/// Autumn.
public struct Grants: UnitFund {
  /// The name in scenarios.
  public static let typeName = "grants"
  /// One sentence for the catalogue.
  public static let summary =
    "Units given in several lots, each with a priority and an expiry, burnt in order."

  /// The times at which what is left is rolled over.
  public struct Resets: Hashable, Sendable {
    /// The first of them.
    public var first: SimTime
    /// The time from one to the next.
    public var every: SimDuration

    /// Creates the times.
    public init(first: SimTime, every: SimDuration) {
      self.first = first
      self.every = every
    }
  }

  /// The lots in the order in which they are burnt.
  public let lots: [Grant]
  /// When what is left is rolled over; `nil` for never.
  public let resets: Resets?
  /// How far use may go beyond all lots.
  public let overdraft: Units
  /// Whether a reset keeps the overdraft, for what rolled over to pay it.
  public let resetKeepsOverdraft: Bool

  private var plans: [PlanSet]
  /// Whether lots change with time only by expiring.
  private let isPlain: Bool
  /// What is left of each lot of each account, the lots of one account side by side.
  private var left: [Units] = []
  /// What each account has used beyond its lots; empty when nothing changes with time.
  private var overdrawn: [Units] = []
  /// Until when the lots of each account have been followed; empty when nothing changes with time.
  private var asOf: [SimTime] = []
  private var accounts = 0
  /// What is told to the ledger; `nil` when nobody asks.
  private var books: UnitBooks?

  /// A fund.
  public var role: Role { .fund }

  /// Creates the grants.
  public init(
    _ grants: [Grant], order: [BurnKey] = [.priority, .expiry, .created], resets: Resets? = nil,
    overdraft: Units = .zero, resetKeepsOverdraft: Bool = false
  ) {
    lots = grants.sorted { order.prefer($0, over: $1) }
    plans = lots.map { PlanSet($0.plans) }
    self.resets = resets
    self.overdraft = overdraft
    self.resetKeepsOverdraft = resetKeepsOverdraft
    isPlain =
      resets == nil && overdraft == .zero
      && grants.allSatisfy { $0.from <= .zero && $0.every == nil }
  }

  /// Reads the grants.
  public init(_ fields: Fields) {
    let grants = fields.required(
      "grants", .list(of: .object(Grant.self), count: 1...64), "The lots that accounts are given.")
    let order = fields.value(
      "order", .list(of: .choice(BurnKey.self)), default: [.priority, .expiry, .created],
      "What decides which lot is burnt first: priority (lower first), expiry (earlier first), promotional, from and created (earlier first); lots that are alike burn by id."
    )
    let every = fields.optional(
      "resetEvery", .span(from: .milliseconds(1)),
      "How often what is left is rolled over; never if absent.")
    let first = fields.optional(
      "firstReset", .span, "The first time that it is; one resetEvery after the start if absent.")
    let overdraft = fields.value(
      "overdraft", .units, default: .zero,
      "How far use may go beyond all lots, for the next lots to pay.")
    let keeps = fields.value(
      "resetKeepsOverdraft", .flag, default: false,
      "Whether what rolled over pays the overdraft at a reset; otherwise it is forgiven.")
    for place in grants.indices {
      fields.check(
        !grants[..<place].contains { $0.id == grants[place].id }, at: "grants/\(place)/id",
        expected: "an id that no lot before has")
    }
    fields.check(first == nil || every != nil, at: "firstReset", expected: "resetEvery with it")
    self.init(
      grants, order: order,
      resets: every.map { Resets(first: .zero + (first ?? $0), every: $0) },
      overdraft: overdraft, resetKeepsOverdraft: keeps)
  }

  /// The plans that lots are for.
  public var fieldNames: FieldNames { FieldNames(plans: lots.flatMap { $0.plans ?? [] }) }

  /// Makes room for what is left.
  public mutating func prepare(for directory: Directory) {
    for lot in plans.indices { plans[lot].prepare(for: directory) }
    accounts = directory.accounts
    left = Array(repeating: .zero, count: accounts * lots.count)
    guard !isPlain else { return }
    overdrawn = Array(repeating: .zero, count: accounts)
    asOf = Array(repeating: .zero, count: accounts)
  }

  /// Gives the account the lots that are for its plan.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let first = Int(account) * lots.count
    for lot in lots.indices where plans[lot].contains(plan) && lots[lot].from <= .zero {
      left[first + lot] = lots[lot].units
    }
    guard books != nil else { return }
    let standing = standing(of: account, at: .zero)
    books?.begin(account, with: standing, at: .zero)
  }

  /// Gives the account the lots of its new plan that the old one did not have, and takes the
  /// others; on a reset all lots of the new plan are whole.
  public mutating func follow(_ change: PlanChange) {
    follow(Request(account: change.account, plan: change.from, cost: .zero), to: change.at)
    let before = books == nil ? .zero : standing(of: change.account, at: change.at)
    let first = Int(change.account) * lots.count
    for lot in lots.indices {
      let isGiven = plans[lot].contains(change.to) && lots[lot].isAlive(at: change.at)
      let isKept = plans[lot].contains(change.from) && change.inheritance != .reset
      if !isGiven {
        left[first + lot] = .zero
      } else if !isKept {
        left[first + lot] = lots[lot].units
      }
    }
    guard books != nil else { return }
    let after = standing(of: change.account, at: change.at)
    books?.change(
      lost: max(.zero, before - after), given: max(.zero, after - before), change.account,
      at: change.at, standing: after)
  }

  /// Pays what is left of the lots that have not expired.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    let room = room(for: request, at: now)
    if cost <= room { return .pays(cost) }
    return .short(
      .insufficient, payable: room, retryAfter: wait(for: cost, of: request, at: now))
  }

  /// Burns the share, lot by lot.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    follow(request, to: now)
    burn(share, of: Int(request.account), at: now)
    books?.promise(share, to: request.account)
  }

  /// Burns more, or gives back, last burnt first.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    follow(request, to: now)
    if actual > hold.share {
      burn(actual - hold.share, of: Int(request.account), at: now)
    } else {
      giveBack(hold, to: actual, of: request, at: now)
    }
    guard books != nil else { return }
    let standing = standing(of: request.account, at: now)
    books?.settle(hold.share, to: actual, of: request, at: now, standing: standing)
  }

  private mutating func giveBack(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    var rest = hold.share - actual
    let account = Int(request.account)
    if !isPlain {
      let repaid = min(rest, overdrawn[account])
      overdrawn[account] -= repaid
      rest -= repaid
    }
    let first = account * lots.count
    for lot in lots.indices.reversed() where lots[lot].isAlive(at: hold.committedAt) {
      guard plans[lot].contains(request.plan) else { continue }
      if isClosed(lot, since: hold.committedAt, at: now) {
        rest -= min(rest, lots[lot].units)
        continue
      }
      let returned = min(rest, max(.zero, lots[lot].units - left[first + lot]))
      left[first + lot] += returned
      rest -= returned
    }
  }

  /// What is left of the lots that have not expired, and of the overdraft.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let given = lots.indices.filter { plans[$0].contains(request.plan) }
    return Meter(
      limit: given.reduce(.zero) { $0 + lots[$1].units }, remaining: room(for: request, at: now),
      resetAfter: nil)
  }

  /// What is left of the lot `id` for the account of `request`, expired or not, when it was last
  /// used.
  public func left(ofLot id: String, for request: Request) -> Units? {
    guard let lot = lots.firstIndex(where: { $0.id == id }) else { return nil }
    return left[Int(request.account) * lots.count + lot]
  }

  // MARK: One account

  /// What the account can use: what is left, and what remains of the overdraft.
  private func room(for request: Request, at now: SimTime) -> Units {
    let account = Int(request.account)
    guard !isPlain else { return sum(account, at: now) { left[account * lots.count + $0] } }
    if overdrawn[account] == .zero {
      return overdraft + sum(account, at: now) { carried($0, of: request, to: now) }
    }
    var one = alone(request)
    one.follow(Request(account: 0, plan: request.plan, cost: .zero), to: now)
    return max(.zero, overdraft - one.overdrawn[0]) + one.sum(0, at: now) { one.left[$0] }
  }

  private func sum(_ account: Int, at now: SimTime, _ left: (Int) -> Units) -> Units {
    var sum = Units.zero
    for lot in lots.indices where lots[lot].isAlive(at: now) { sum += left(lot) }
    return sum
  }

  /// The grants of one account, as a layer with no other.
  private func alone(_ request: Request) -> Grants {
    let account = Int(request.account)
    var one = self
    one.left = Array(left[account * lots.count..<(account + 1) * lots.count])
    one.overdrawn = [overdrawn[account]]
    one.asOf = [asOf[account]]
    one.books = nil
    return one
  }

  private mutating func burn(_ share: Units, of account: Int, at now: SimTime) {
    let first = account * lots.count
    var rest = share
    for lot in lots.indices where rest > .zero && lots[lot].isAlive(at: now) {
      let taken = min(rest, left[first + lot])
      left[first + lot] -= taken
      rest -= taken
    }
    if !isPlain { overdrawn[account] += rest }
  }

  // MARK: Time

  /// Follows the lots of an account to `now`: what became effective, recurred or was reset since.
  private mutating func follow(_ request: Request, to now: SimTime) {
    if books != nil { return followBooking(request, to: now) }
    let account = Int(request.account)
    guard !isPlain, asOf[account] < now else { return }
    // What was overdrawn is paid as soon as there is something: one change after the other.
    while overdrawn[account] > .zero, let next = nextChange(after: asOf[account], request),
      next <= now
    {
      carry(request, to: next)
      let owed = overdrawn[account]
      overdrawn[account] = .zero
      burn(owed, of: account, at: next)
    }
    carry(request, to: now)
  }

  private mutating func carry(_ request: Request, to time: SimTime) {
    let account = Int(request.account)
    for lot in lots.indices {
      left[account * lots.count + lot] = carried(lot, of: request, to: time)
    }
    if !resetKeepsOverdraft, lastReset(after: asOf[account], upTo: time) != nil {
      overdrawn[account] = .zero
    }
    asOf[account] = time
  }

  /// What is left of a lot at `time` when nothing is used until then.
  private func carried(_ lot: Int, of request: Request, to time: SimTime) -> Units {
    let account = Int(request.account)
    let start = asOf[account]
    let own = left[account * lots.count + lot]
    guard start < time, plans[lot].contains(request.plan) else { return own }
    let fill = lots[lot].lastFill(after: start, upTo: time)
    let value = fill == nil ? own : lots[lot].units
    guard let reset = lastReset(after: fill ?? start, upTo: time), lots[lot].isAlive(at: reset)
    else { return value }
    return lots[lot].rolledOver(value)
  }

  private func lastReset(after start: SimTime, upTo time: SimTime) -> SimTime? {
    guard let resets, time >= resets.first else { return nil }
    let last = Grant.last(resets.first, resets.every, atOrBefore: time)
    return last > start ? last : nil
  }

  /// The next time after `start` at which a lot is filled or expires, or all are reset; `nil` when
  /// never.
  func nextChange(after start: SimTime, _ request: Request) -> SimTime? {
    var next: SimTime?
    for lot in lots.indices where plans[lot].contains(request.plan) {
      if let fill = lots[lot].firstFill(after: start) { next = min(next ?? fill, fill) }
      guard let end = lots[lot].expires, end > start, lots[lot].from < end else { continue }
      next = min(next ?? end, end)
    }
    if let resets {
      let reset =
        start < resets.first
        ? resets.first : Grant.last(resets.first, resets.every, atOrBefore: start) + resets.every
      next = min(next ?? reset, reset)
    }
    return next
  }

  /// Whether a lot has been filled or reset since `start`, so that it takes nothing back.
  private func isClosed(_ lot: Int, since start: SimTime, at now: SimTime) -> Bool {
    if isPlain { return false }
    return lots[lot].lastFill(after: start, upTo: now) != nil
      || lastReset(after: start, upTo: now) != nil
  }

  /// The wait until there is room for `cost`; `nil` when the next changes do not make it.
  private func wait(
    for cost: Units, of request: Request, at now: SimTime
  ) -> SimDuration? {
    if isPlain { return nil }
    var time = now
    for _ in 0..<3 * lots.count + 1 {
      guard let next = nextChange(after: time, request) else { return nil }
      if cost <= room(for: request, at: next) { return next - now }
      time = next
    }
    return nil
  }
}

extension Grants {
  /// Puts an account where it was at `time`, as from a snapshot.
  ///
  /// What has not become effective, or has expired, is nothing; what becomes effective at exactly
  /// that time is whole.
  ///
  /// - Returns: whether `left` names each lot once, and no reset is at exactly that time, of which
  ///   nobody could say whether it is before or after the snapshot; otherwise nothing is changed.
  public mutating func restore(
    _ account: AccountIndex, left: [(lot: String, units: Units)], overdrawn: Units,
    at time: SimTime
  ) -> Bool {
    guard !isPlain, left.count == lots.count, !isReset(at: time) else { return false }
    let order = lots.map { lot in left.firstIndex { $0.lot == lot.id } }
    guard !order.contains(nil) else { return false }
    for (lot, place) in order.enumerated() {
      let isWhole = lots[lot].from == time
      let units = isWhole ? lots[lot].units : place.map { left[$0].units } ?? .zero
      self.left[Int(account) * lots.count + lot] = lots[lot].isAlive(at: time) ? units : .zero
    }
    self.overdrawn[Int(account)] = overdrawn
    asOf[Int(account)] = time
    let standing = standing(of: account, at: time)
    books?.begin(account, with: standing + overdrawn, owing: overdrawn, at: time)
    return true
  }

  /// What is left of each lot at `now`, in the order of burning, and what is overdrawn.
  public func standing(
    of request: Request, at now: SimTime
  ) -> (left: [Units], overdrawn: Units) {
    guard !isPlain else {
      return (lots.indices.map { lots[$0].isAlive(at: now) ? lotLeft($0, request) : .zero }, .zero)
    }
    var one = alone(request)
    one.follow(Request(account: 0, plan: request.plan, cost: .zero), to: now)
    return (
      lots.indices.map { lots[$0].isAlive(at: now) ? one.left[$0] : .zero }, one.overdrawn[0]
    )
  }

  private func isReset(at time: SimTime) -> Bool {
    guard let resets, time >= resets.first else { return false }
    return Grant.last(resets.first, resets.every, atOrBefore: time) == time
  }

  private func lotLeft(_ lot: Int, _ request: Request) -> Units {
    left[Int(request.account) * lots.count + lot]
  }
}

// MARK: Books

extension Grants {
  /// Begins to write the balances down: of each account what is left of all lots, less what is
  /// overdrawn.
  public mutating func keepBooks() {
    books = UnitBooks(accounts: accounts)
  }

  /// Writes down the lots that were filled, reset or have expired, until `now`.
  public mutating func book(_ request: Request, to now: SimTime) { follow(request, to: now) }

  /// Hands over what has been written down.
  public mutating func takeBookings() -> [UnitBooking] { books?.take() ?? [] }

  /// What is left of the lots of an account that are alive, less what is overdrawn.
  private func standing(of account: AccountIndex, at now: SimTime) -> Units {
    let overdrawn = isPlain ? .zero : overdrawn[Int(account)]
    return counted(account, at: now).reduce(.zero, +) - overdrawn
  }

  /// What counts of each lot of an account: nothing of one that is not alive.
  private func counted(_ account: AccountIndex, at now: SimTime) -> [Units] {
    lots.indices.map {
      lots[$0].isAlive(at: now) ? left[Int(account) * lots.count + $0] : .zero
    }
  }

  /// Follows the lots of an account from change to change, and books each.
  private mutating func followBooking(_ request: Request, to now: SimTime) {
    guard var time = books?.asOf(request.account) else { return }
    let account = Int(request.account)
    while time < now {
      let change = isPlain ? nil : nextChange(after: time, request)
      let next = min(change ?? now, nextExpiry(after: time) ?? now, now)
      let before = counted(request.account, at: time)
      let owed = isPlain ? .zero : overdrawn[account]
      if !isPlain { carry(request, to: next) }
      let after = counted(request.account, at: next)
      let changes = zip(before, after).map { $1 - $0 }
      let forgiven = isPlain ? .zero : owed - overdrawn[account]
      if !isPlain, next == change, overdrawn[account] > .zero {
        let debt = overdrawn[account]
        overdrawn[account] = .zero
        burn(debt, of: account, at: next)
      }
      let standing = standing(of: request.account, at: next)
      books?.change(
        lost: changes.reduce(.zero) { $0 + max(.zero, -$1) }, forgiven: forgiven,
        given: changes.reduce(.zero) { $0 + max(.zero, $1) }, request.account, at: next,
        standing: standing)
      books?.follow(request.account, to: next)
      time = next
    }
  }

  /// The next time after `start` at which some lot expires, of whatever plan.
  private func nextExpiry(after start: SimTime) -> SimTime? {
    lots.compactMap(\.expires).filter { $0 > start }.min()
  }
}

public import WeirFormats
public import WeirKernel

/// Units given to accounts in several lots, each with a priority and an expiry, burnt in order.
///
/// ## Edges
/// - The order of burning is priority (lower first), then expiry (those without one last), then id.
///   A request may take from several lots, and may be paid in part.
/// - A lot has expired at exactly its `expires`. Expiry takes only what is left of its own lot.
/// - What a settlement gives back goes to the lots that could have paid, last burnt first; given
///   back to a lot that has expired since, it is gone.
///
/// ## Complexity
/// Linear in the lots a call; 8 bytes an account and lot.
///
/// ## Source
/// The burn order of openmeterio/openmeter, without its recurrences.
public struct Grants: Layer {
  /// The name in scenarios.
  public static let typeName = "grants"
  /// One sentence for the catalogue.
  public static let summary =
    "Units given in several lots, each with a priority and an expiry, burnt in order."

  /// The lots in the order in which they are burnt.
  public let lots: [Grant]

  private var plans: [PlanSet]
  /// What is left of each lot of each account, the lots of one account side by side.
  private var left: [Units] = []

  /// A fund.
  public var role: Role { .fund }

  /// Creates the grants.
  public init(_ grants: [Grant]) {
    lots = grants.sorted { $0.burns(before: $1) }
    plans = lots.map { PlanSet($0.plans) }
  }

  /// Reads the grants.
  public init(_ fields: Fields) {
    let grants = fields.required(
      "grants", .list(of: .object(Grant.self), count: 1...64), "The lots that accounts are given.")
    for place in grants.indices {
      fields.check(
        !grants[..<place].contains { $0.id == grants[place].id }, at: "grants/\(place)/id",
        expected: "an id that no lot before has")
    }
    self.init(grants)
  }

  /// The plans that lots are for.
  public var planNames: [Located<String>] { lots.flatMap { $0.plans ?? [] } }

  /// Makes room for what is left.
  public mutating func prepare(for directory: Directory) {
    for lot in plans.indices { plans[lot].prepare(for: directory) }
    left = Array(repeating: .zero, count: directory.accounts * lots.count)
  }

  /// Gives the account the lots that are for its plan.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    let first = Int(account) * lots.count
    for lot in lots.indices where plans[lot].contains(plan) { left[first + lot] = lots[lot].units }
  }

  /// Pays what is left of the lots that have not expired.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    let left = left(for: request, at: now)
    return cost <= left ? .pays(cost) : .short(.insufficient, payable: left, retryAfter: nil)
  }

  /// Burns the share, lot by lot.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    let first = Int(request.account) * lots.count
    var rest = share
    for lot in lots.indices where rest > .zero && lots[lot].isAlive(at: now) {
      let taken = min(rest, left[first + lot])
      left[first + lot] -= taken
      rest -= taken
    }
  }

  /// Burns more, or gives back, last burnt first.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share {
      commit(actual - hold.share, of: request, at: now)
      return
    }
    let first = Int(request.account) * lots.count
    var rest = hold.share - actual
    for lot in lots.indices.reversed() where lots[lot].isAlive(at: hold.committedAt) {
      guard plans[lot].contains(request.plan) else { continue }
      let returned = min(rest, lots[lot].units - left[first + lot])
      left[first + lot] += returned
      rest -= returned
    }
  }

  /// What is left of the lots that have not expired.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let given = lots.indices.filter { plans[$0].contains(request.plan) }
    return Meter(
      limit: given.reduce(.zero) { $0 + lots[$1].units }, remaining: left(for: request, at: now),
      resetAfter: nil)
  }

  /// What is left of the lot `id` for the account of `request`, expired or not.
  public func left(ofLot id: String, for request: Request) -> Units? {
    guard let lot = lots.firstIndex(where: { $0.id == id }) else { return nil }
    return left[Int(request.account) * lots.count + lot]
  }

  private func left(for request: Request, at now: SimTime) -> Units {
    let first = Int(request.account) * lots.count
    var sum = Units.zero
    for lot in lots.indices where lots[lot].isAlive(at: now) { sum += left[first + lot] }
    return sum
  }
}

/// One lot of units that accounts are given.
public struct Grant: Declared, Sendable {
  /// Its name, unique among the lots.
  public var id: String
  /// The units.
  public var units: Units
  /// When it is burnt: a lower number first.
  public var priority: Int64
  /// When it expires; `nil` for never.
  public var expires: SimTime?
  /// The plans that it is for; `nil` for all.
  public var plans: [Located<String>]?

  /// What it is, in one sentence.
  public static let declaredHelp = "One lot of units that accounts are given."

  /// Creates a lot, for all plans unless some are named.
  public init(
    id: String, units: Units, priority: Int64 = 0, expires: SimTime? = nil,
    plans: [String]? = nil
  ) {
    self.id = id
    self.units = units
    self.priority = priority
    self.expires = expires
    self.plans = plans?.map { Located($0) }
  }

  /// Reads the lot.
  public init(_ fields: Fields) {
    id = fields.required("id", .name, "The name of the lot, unique among them.")
    units = fields.required("units", .units, "The units in the lot.")
    priority = fields.value(
      "priority", .integer(in: 0...1000), default: 0, "When it is burnt: a lower number first.")
    expires = fields.optional(
      "expires", .span, "When it expires, counted from the start of the run; never if absent."
    ).map { .zero + $0 }
    plans = fields.plans("The plans that it is for; all if absent.")
  }

  /// Whether it has not expired.
  func isAlive(at now: SimTime) -> Bool { expires.map { now < $0 } ?? true }

  /// Whether it is burnt before `other`.
  func burns(before other: Grant) -> Bool {
    if priority != other.priority { return priority < other.priority }
    let ends = (expires ?? .distantFuture, other.expires ?? .distantFuture)
    return ends.0 == ends.1 ? id < other.id : ends.0 < ends.1
  }
}

public import WeirFormats
public import WeirKernel

/// A gate that lets only so many requests be under way at the same time.
///
/// ## Edges
/// - A request counts from its admission, the time in the queue included, until it is settled or
///   released; one of no units does not count.
/// - With `lease` a request that was not settled in that time (its worker crashed) stops counting
///   at exactly that age.
/// - Without `lease` the wait of a refusal is unknown: it ends when a request does. With it, the
///   wait is the time to the end of the oldest lease in the way.
///
/// ## Complexity
/// O(1) a call without leases; with them linear in the requests under way.
///
/// ## Source
/// mennanov/limiters for leases; the concurrent-jobs limits of the Sora plans.
public struct Concurrency: Layer {
  /// The name in scenarios.
  public static let typeName = "concurrency"
  /// One sentence for the catalogue.
  public static let summary = "Only so many requests are under way at the same time."

  /// The most requests under way.
  public let limit: UnitsByPlan
  /// How long a request counts that is not settled; `nil` for as long as it takes.
  public let lease: SimDuration?
  /// Who shares the limit.
  public let scope: Scope

  private var limits: [Units] = []
  private var underWay: [Int64] = []
  private var leases = DatedQueues(owners: 0)

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate; `limit` counts requests.
  public init(limit: UnitsByPlan, lease: SimDuration? = nil, by scope: Scope = .account) {
    self.limit = limit
    self.lease = lease
    self.scope = scope
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    limit = fields.required(
      "limit", .unitsByPlan, "The most requests under way at once, for all or by plan.")
    lease = fields.optional(
      "lease", .span(from: SimDuration(nanoseconds: 1)),
      "How long a request counts that is never settled; for ever if absent.")
    scope = fields.scope()
  }

  /// The plans that have a limit of their own.
  public var fieldNames: FieldNames { FieldNames(plans: limit.planNames) }

  /// Makes room for the counts.
  public mutating func prepare(for directory: Directory) {
    limits = limit.resolved(for: directory)
    let owners = scope.count(in: directory)
    underWay = lease == nil ? Array(repeating: 0, count: owners) : []
    leases = DatedQueues(owners: lease == nil ? 0 : owners)
  }

  /// Has all requests that are under way count under the new limit.
  ///
  /// A change from or to leases makes those under way count from now on, or for as long as it
  /// takes.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    start(in: succession)
    guard let earlier = earlier as? Self, earlier.scope == scope else { return false }
    if lease != nil, earlier.lease != nil {
      leases = earlier.leases
      return true
    }
    for owner in 0..<scope.count(in: succession.directory) {
      let count = earlier.count(of: owner, at: succession.at)
      if lease == nil {
        underWay[owner] = count.count
      } else if count > .zero {
        leases.append(count, at: succession.at, to: owner)
      }
    }
    return true
  }

  /// Lets the request pass while fewer than the limit are under way.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let limit = limits[Int(request.plan)]
    if cost == .zero || limit == .unlimited { return .pays(cost) }
    if limit == .zero { return .short(.never, retryAfter: nil) }
    let count = count(for: request, at: now)
    if count < limit { return .pays(cost) }
    guard let lease else { return .short(.concurrency, retryAfter: nil) }
    let bound = now - lease
    let owner = scope.index(of: request)
    let passed = leases.time(passing: count - limit + 1, of: owner, after: bound)
    return .short(.concurrency, retryAfter: passed.map { $0 - bound })
  }

  /// Counts the request.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    let owner = scope.index(of: request)
    guard let lease else {
      underWay[owner] += 1
      return
    }
    leases.drop(upTo: now - lease, of: owner)
    leases.append(1, at: now, to: owner)
  }

  /// Stops counting the request.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    guard hold.share > .zero else { return }
    let owner = scope.index(of: request)
    if lease == nil {
      underWay[owner] -= 1
    } else {
      leases.remove(1, madeAt: hold.committedAt, of: owner)
    }
  }

  /// The requests that may still start, as units.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let limit = limits[Int(request.plan)]
    if limit == .unlimited { return Meter(limit: nil, remaining: nil, resetAfter: .zero) }
    return Meter(
      limit: limit, remaining: max(.zero, limit - count(for: request, at: now)), resetAfter: nil)
  }

  private func count(for request: Request, at now: SimTime) -> Units {
    count(of: scope.index(of: request), at: now)
  }

  private func count(of owner: Int, at now: SimTime) -> Units {
    guard let lease else { return Units(underWay[owner]) }
    return leases.total(of: owner, after: now - lease)
  }
}

public import WeirFormats
public import WeirKernel

/// Several limits at once, as one: the smallest headroom pays, and all of them count it.
///
/// ## Edges
/// - As an allowance it pays in part what the tightest member leaves; as a gate it lets the whole
///   cost pass or none of it. Either way all members count the same units, or none counts.
/// - A refusal names the first member that refuses, in their order, and the longest of the waits;
///   when a member gives no wait, neither does the whole.
/// - A request that members keep is kept until the last of them lets it go.
/// - What a member's own `as` says does not matter here.
///
/// ## Complexity
/// The sum over the members.
///
/// ## Source
/// The bandwidths of bucket4j and the rates of PyrateLimiter; milvus issue 25597 for what happens
/// when upper limits are not undone.
public struct AllOf: Layer {
  /// The name in scenarios.
  public static let typeName = "allOf"
  /// One sentence for the catalogue.
  public static let summary =
    "Several limits at once, as one: the smallest headroom pays, and all of them count it."

  /// Whether it pays or only lets pass.
  public let role: Role
  /// The limits.
  public var members: [any Layer]
  /// The names of the limits, by which they are found again when they change.
  public let names: [String]
  /// Since when each member has counted: holds from before are none of its own.
  private var since: [SimTime]

  /// Creates the limit; members without names are called by their types.
  public init(_ members: [any Layer], names: [String]? = nil, as role: Role = .allowance) {
    self.members = members
    self.names = names ?? members.map { type(of: $0).typeName }
    self.role = role
    since = members.map { _ in SimTime(nanoseconds: .min) }
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    let limits = fields.required(
      "limits", .list(of: .variant(fields.registry(Catalogue.limits)), count: 1...16),
      "The limits.")
    let role = fields.limitRole()
    for (place, limit) in limits.enumerated() {
      fields.check(
        limit.layer.role != .fund, at: "limits/\(place)/type", expected: "a limit, not a fund")
    }
    self.init(limits.map(\.layer), names: limits.map(\.name), as: role)
  }

  /// What members name.
  public var fieldNames: FieldNames { members.reduce(FieldNames()) { $0 + $1.fieldNames } }

  /// Whether all members are.
  public var isStrict: Bool { members.allSatisfy(\.isStrict) }

  /// Whether all members do.
  public var givesBack: Bool { members.allSatisfy(\.givesBack) }

  /// Whether those of all members are.
  public var waitsAreExact: Bool { members.allSatisfy(\.waitsAreExact) }

  /// Prepares every member.
  public mutating func prepare(for directory: Directory) {
    for member in members.indices { members[member].prepare(for: directory) }
  }

  /// Opens the account with every member.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    for member in members.indices { members[member].open(account, plan: plan, with: start) }
  }

  /// Tells every member.
  public mutating func follow(_ change: PlanChange) {
    for member in members.indices { members[member].follow(change) }
  }

  /// Has each member take the place of the earlier one of its name; of several with one name, each
  /// of the one in the same place among them.
  public mutating func succeed(_ earlier: any Layer, in succession: Succession) -> Bool {
    var places: [Int] = []
    let earlier = earlier as? Self
    for member in members.indices {
      let place = earlier?.names.indices.first {
        earlier?.names[$0] == names[member] && !places.contains($0)
      }
      guard let earlier, let place else {
        members[member].start(in: succession)
        since[member] = succession.at
        continue
      }
      places.append(place)
      let isOwn = members[member].succeed(earlier.members[place], in: succession)
      since[member] = isOwn ? earlier.since[place] : succession.at
    }
    return true
  }

  /// Pays what the tightest member leaves.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    var result = Quote.pays(cost)
    for member in members.indices {
      result.narrow(
        by: members[member].quote(cost, of: request, at: now, signals), member: member)
    }
    return result
  }

  /// Has every member count the share.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    for member in members.indices { members[member].commit(share, of: request, at: now) }
  }

  /// Settles with every member.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    for member in members.indices where hold.committedAt >= since[member] {
      members[member].settle(hold, to: actual, of: request, at: now)
    }
  }

  /// Whether a member observes.
  public var observes: Bool { members.contains { $0.observes } }

  /// Tells the members that observe.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    for member in members.indices where members[member].observes {
      members[member].observe(feedback, of: request, at: now)
    }
  }

  /// Tells every member.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    for member in members.indices { members[member].receive(signals, at: now) }
  }

  /// The meter of the member that leaves least.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    members.compactMap { $0.meter(for: request, at: now) }.tightest
  }
}

extension Quote {
  /// Narrows the answer of several limits at once by that of the next one.
  mutating func narrow(by quote: Quote, member: Int) {
    payable = min(payable, quote.payable)
    delay = payable == .zero ? .zero : max(delay, quote.delay)
    guard var refusal = quote.refusal else { return }
    if let earlier = self.refusal {
      var both = earlier
      both.retryAfter = refusal.retryAfter.flatMap { wait in
        earlier.retryAfter.map { max($0, wait) }
      }
      self.refusal = both
    } else {
      refusal.member = member
      self.refusal = refusal
    }
  }
}

extension [Meter] {
  /// The meter that leaves least; of several, the one that is full again last.
  var tightest: Meter? {
    self.min { left, right in
      let leftRest = left.remaining ?? .unlimited
      let rightRest = right.remaining ?? .unlimited
      if leftRest != rightRest { return leftRest < rightRest }
      guard let leftReset = left.resetAfter, let rightReset = right.resetAfter else {
        return left.resetAfter == nil && right.resetAfter != nil
      }
      return leftReset > rightReset
    }
  }
}

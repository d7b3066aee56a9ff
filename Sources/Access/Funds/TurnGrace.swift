public import WeirFormats
public import WeirKernel

/// Lets a turn that has begun go on to its end when limits are used up.
///
/// Stands among the funds, where it pays what is left of the cost of a request that goes on with a
/// turn (``Request/call`` above 0), however little the limits before it had left. The first request
/// of a turn it does not pay for: who has used up the limits begins no new turn.
///
/// ## Edges
/// - `atMost` bounds what it pays in one turn, for all or by plan; without it a turn has no bound.
/// - An account whose turns overlap shares the bound among them: it starts anew with each turn.
/// - What it pays is no use of a limit, so that none is exceeded; results show it as its own share.
/// - A refusal has no wait of its own: the limits before it have.
///
/// ## Complexity
/// O(1) a call, 8 bytes an account.
///
/// ## Source
/// "An active turn may finish after the limit is reached": learn.chatgpt.com/docs/pricing, July
/// 2026.
public struct TurnGrace: Layer {
  /// The name in scenarios.
  public static let typeName = "turnGrace"
  /// One sentence for the catalogue.
  public static let summary = "Lets a turn that has begun go on to its end when limits are used up."

  /// The most units that it pays in one turn; `nil` for no bound.
  public let atMost: UnitsByPlan?

  private var plans: PlanSet
  private var bounds: [Units] = []
  /// What it has paid in the present turn of each account.
  private var used: [Units] = []

  /// A fund.
  public var role: Role { .fund }

  /// Creates the grace, for all plans unless some are named.
  public init(atMost: UnitsByPlan? = nil, plans: [String]? = nil) {
    self.atMost = atMost
    self.plans = PlanSet(plans?.map { Located($0) })
  }

  /// Reads the grace.
  public init(_ fields: Fields) {
    atMost = fields.optional(
      "atMost", .unitsByPlan,
      "The most units that it pays in one turn, for all or by plan; no bound.")
    plans = PlanSet(fields.plans("The plans that have it; all if absent."))
  }

  /// The plans that it and its bound name.
  public var fieldNames: FieldNames {
    FieldNames(plans: (plans.names ?? []) + (atMost?.planNames ?? []))
  }

  /// Makes room for what turns have used.
  public mutating func prepare(for directory: Directory) {
    plans.prepare(for: directory)
    bounds = (atMost ?? UnitsByPlan(.unlimited)).resolved(for: directory)
    used = Array(repeating: .zero, count: directory.accounts)
  }

  /// Pays what is left for a request that goes on with a turn.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    guard request.call > 0, plans.contains(request.plan) else {
      return .short(.limit, retryAfter: nil)
    }
    let left = left(for: request)
    return cost <= left ? .pays(cost) : .short(.limit, payable: left, retryAfter: nil)
  }

  /// Counts the share.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    used[Int(request.account)] += share
  }

  /// Counts more, or gives back to the turn that the account is in.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    let index = Int(request.account)
    used[index] = max(.zero, used[index] + actual - hold.share)
  }

  /// Yes: a turn begins when its first request is admitted.
  public var observes: Bool { true }

  /// Starts anew with the first request of a turn.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    guard case .admitted = feedback, request.call == 0 else { return }
    used[Int(request.account)] = .zero
  }

  /// What is left for the turn; nothing when the next request begins one.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    guard request.call > 0, plans.contains(request.plan) else {
      return Meter(limit: .zero, remaining: .zero, resetAfter: nil)
    }
    let bound = bounds[Int(request.plan)]
    if bound == .unlimited { return Meter(limit: nil, remaining: nil, resetAfter: nil) }
    return Meter(limit: bound, remaining: left(for: request), resetAfter: nil)
  }

  private func left(for request: Request) -> Units {
    max(.zero, bounds[Int(request.plan)] - used[Int(request.account)])
  }
}

public import WeirFormats
public import WeirKernel

/// The windows that come with each plan: pays the smallest headroom and counts it in all of them.
///
/// Which windows an account has, its plan says (`allowances`), so that one layer serves every plan
/// and the price list of a service stands in one place. Each account has its own.
///
/// ## Edges
/// - A request may be paid in part; what is paid counts in every window, what others pay in none.
/// - A plan without allowances includes nothing: reason `excluded`.
/// - Each window is a ``FixedWindow``, anchored or aligned to the start of the run.
///
/// ## Complexity
/// Linear in the windows of the plan; 16 bytes an account and window.
///
/// ## Source
/// "Beyond rate limits: scaling access to Codex and Sora", OpenAI, 2026; the 5-hour and 7-day
/// windows of Codex and Claude Code, both enforced at once.
public struct PlanAllowance: Layer {
  /// The name in scenarios.
  public static let typeName = "planAllowance"
  /// One sentence for the catalogue.
  public static let summary =
    "The windows that come with each plan: the smallest headroom pays, and all of them count it."

  private var windows: [[PlanWindow]] = []
  private var rules: [[WindowRule]] = []
  private var stride = 0
  private var counts: [WindowCount] = []

  /// An allowance.
  public var role: Role { .allowance }

  /// Creates the layer.
  public init() {}

  /// Reads the layer, which has no fields: plans say what it keeps.
  public init(_ fields: Fields) { self.init() }

  /// Makes room for the windows of the plans.
  public mutating func prepare(for directory: Directory) {
    windows = directory.plans.map(\.allowances)
    rules = windows.map { windows in
      windows.map { WindowRule(length: $0.per, alignment: $0.anchored ? .anchored : .aligned) }
    }
    stride = windows.map(\.count).max() ?? 0
    counts = Array(repeating: WindowCount(), count: directory.accounts * stride)
  }

  /// Opens windows at the sampled phase for an account in the middle of a long life.
  public mutating func open(_ account: AccountIndex, plan: PlanIndex, with start: AccountStart) {
    guard let stationary = start.stationary else { return }
    let first = Int(account) * stride
    var asked = stationary
    for window in windows[Int(plan)].indices {
      counts[first + window] = rules[Int(plan)][window].open(
        counts[first + window], with: asked, limit: windows[Int(plan)][window].limit)
      // Windows of other lengths are at places of their own.
      asked.phase = asked.phase &* 2_654_435_769 &+ 1
    }
  }

  /// Has windows that the new plan has at the same length go on; the others open anew.
  public mutating func follow(_ change: PlanChange) {
    let first = Int(change.account) * stride
    let old = (0..<stride).map { counts[first + $0] }
    for place in 0..<stride {
      counts[first + place] = WindowCount()
      guard place < windows[Int(change.to)].count else { continue }
      let window = windows[Int(change.to)][place]
      let like = windows[Int(change.from)].firstIndex {
        $0.per == window.per && $0.anchored == window.anchored
      }
      guard let like else { continue }
      counts[first + place] = old[like].carried(
        from: windows[Int(change.from)][like].limit, to: window.limit, change.inheritance,
        at: change.at)
    }
  }

  /// Pays what the fullest window leaves.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    let windows = windows[Int(request.plan)]
    if windows.isEmpty { return .short(.excluded, retryAfter: nil) }
    let first = Int(request.account) * stride
    var result = Quote.pays(cost)
    for window in windows.indices {
      let quote = counts[first + window].quote(cost, limit: windows[window].limit, at: now)
      result.narrow(by: quote, member: window)
    }
    return result
  }

  /// Counts the share in every window.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    let first = Int(request.account) * stride
    let rules = rules[Int(request.plan)]
    for window in rules.indices {
      counts[first + window] = rules[window].current(counts[first + window], at: now)
      counts[first + window].used += share
    }
  }

  /// Gives back to the windows of the hold that are still open, or counts more in all.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    if actual > hold.share {
      commit(actual - hold.share, of: request, at: now)
    } else if actual < hold.share {
      let first = Int(request.account) * stride
      let rules = rules[Int(request.plan)]
      for window in rules.indices {
        rules[window].giveBack(
          hold.share - actual, takenAt: hold.committedAt, to: &counts[first + window], at: now)
      }
    }
  }

  /// The window that leaves least.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    let windows = windows[Int(request.plan)]
    guard !windows.isEmpty else {
      return Meter(limit: .zero, remaining: .zero, resetAfter: nil)
    }
    return windows.indices.map { meter(ofWindow: $0, for: request, at: now) }.tightest
  }

  /// One window of the account of `request`, as its plan lists them.
  public func meter(ofWindow window: Int, for request: Request, at now: SimTime) -> Meter {
    counts[Int(request.account) * stride + window].meter(
      limit: windows[Int(request.plan)][window].limit, at: now)
  }
}

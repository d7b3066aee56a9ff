public import WeirFormats
public import WeirKernel

/// Sheds by priority: requests pass up to a level of importance that follows the queue.
///
/// The priority of a request is a pair: that of its plan's business, and within it that of its
/// user, which a hash of account and hour deals out, so that over the hours nobody is always first.
/// In each window the arrivals of each product are counted by priority. When the window ends with
/// an overload, fewer are let in: the level becomes the least important one up to which the
/// arrivals are no more than (1 − `down`) times those admitted. Without, it is admitted + `up` ·
/// arrivals.
///
/// ## Edges
/// - A window ends after its length, or as soon as it has `windowRequests`; the next arrival closes
///   it, and is itself the last to meet the old level.
/// - Overloaded is a pool whose queue delay, as last sampled, is above `target`.
/// - Arrivals are requests that were admitted or refused for overload; what a limit refuses never
///   came as far as this.
/// - Parts of a request are rounded in favour of fewer when shedding, of more when opening: with
///   few arrivals a hundredth of them would be none for ever.
/// - When all arrivals fit, every priority passes. The most important priority that is there passes
///   whatever happens, unless `keepsFirst` is false: then a single coarse priority closes the
///   level, and with nobody admitted it never opens again.
/// - The wait of a refusal is a hint (`retryAfter`), not a promise.
///
/// ## Complexity
/// O(1) a call; 512 bytes for each plan and product, none an account. The end of a window is linear
/// in the priorities, 128 for each different plan priority.
///
/// ## Source
/// Zhou et al., "Overload control for scaling WeChat microservices", SoCC 2018 (DAGOR); keeping the
/// first priority after funkygao/workload-pattern.
public struct DagorShedding: Layer {
  /// The name in scenarios.
  public static let typeName = "dagor"
  /// One sentence for the catalogue.
  public static let summary =
    "Sheds by priority of plan and user: requests pass up to a level that follows the queue."

  /// The queue delay above which the pool is overloaded.
  public let target: SimDuration
  /// The length of a window.
  public let window: SimDuration
  /// The arrivals that end a window early.
  public let windowRequests: Int64
  /// The part of the admitted that is shed after an overload.
  public let down: Ratio
  /// The part of the arrivals that is admitted in addition otherwise.
  public let up: Ratio
  /// How often users' priorities are dealt out anew.
  public let reshuffle: SimDuration
  /// Whether the most important priority that is there always passes.
  public let keepsFirst: Bool
  /// The wait that a refusal names.
  public let retryAfter: SimDuration

  /// The business priority of each plan, from 0, the most important.
  private var businessOfPlan: [Int] = []
  private var products: [Level] = []

  /// The number of user priorities within one business priority.
  static let users = 128

  private struct Level: Sendable {
    /// The least important priority that passes.
    var level: Int
    /// The arrivals of the window by priority.
    var arrivals: [Int32]
    var count: Int64 = 0
    var admitted: Int64 = 0
    var startedAt = SimTime.zero
    var isOverloaded = false
  }

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate.
  ///
  /// - Precondition: `down` and `up` are at most 1; `window` and `reshuffle` are positive.
  public init(
    target: SimDuration = .milliseconds(20), window: SimDuration = .seconds(1),
    windowRequests: Int64 = 2000, down: Ratio = Ratio(1, over: 20), up: Ratio = Ratio(1, over: 100),
    reshuffle: SimDuration = .hours(1), keepsFirst: Bool = true,
    retryAfter: SimDuration = .seconds(1)
  ) {
    self.target = target
    self.window = window
    self.windowRequests = windowRequests
    self.down = down
    self.up = up
    self.reshuffle = reshuffle
    self.keepsFirst = keepsFirst
    self.retryAfter = retryAfter
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    let nanosecond = SimDuration(nanoseconds: 1)
    self.init(
      target: fields.value(
        "target", .span, default: .milliseconds(20),
        "The queue delay above which the pool is overloaded."),
      window: fields.value(
        "window", .span(from: nanosecond), default: .seconds(1), "The length of a window."),
      windowRequests: fields.value(
        "windowRequests", .quantity(in: 1...1_000_000_000), default: 2000,
        "The arrivals that end a window early."),
      down: fields.value(
        "down", .part, default: Ratio(1, over: 20),
        "The part of the admitted that is shed after an overload."),
      up: fields.value(
        "up", .part, default: Ratio(1, over: 100),
        "The part of the arrivals that is admitted in addition otherwise."),
      reshuffle: fields.value(
        "reshuffle", .span(from: nanosecond), default: .hours(1),
        "How often the priorities of users are dealt out anew."),
      keepsFirst: fields.value(
        "keepsFirst", .flag, default: true,
        "Whether the most important priority that is there always passes."),
      retryAfter: fields.retryHint())
  }

  /// Ranks the plans by priority, and lets everyone pass.
  public mutating func prepare(for directory: Directory) {
    let ranks = Set(directory.plans.map(\.priority)).sorted()
    businessOfPlan = directory.plans.map { ranks.firstIndex(of: $0.priority) ?? 0 }
    let count = ranks.count * Self.users
    let level = Level(level: count - 1, arrivals: Array(repeating: 0, count: count))
    products = Array(repeating: level, count: directory.products.count)
  }

  /// Lets the request pass when its priority is within the level.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let isWithin = priority(of: request, at: now) <= products[Int(request.product)].level
    return cost == .zero || isWithin ? .pays(cost) : .short(.overload, retryAfter: retryAfter)
  }

  /// The priority of a request: the least number is the most important one.
  func priority(of request: Request, at now: SimTime) -> Int {
    let hour = UInt64(bitPattern: now.nanoseconds / reshuffle.nanoseconds)
    let user = Philox.block(key: UInt64(request.account), counter: hour, 0).low
    return businessOfPlan[Int(request.plan)] * Self.users + Int(user % UInt64(Self.users))
  }

  /// Counts nothing: arrivals are counted when they are decided.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}

  /// Yes: refused arrivals count too.
  public var observes: Bool { true }

  /// Counts an arrival, in a window that goes on or begins.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    let isAdmitted: Bool
    switch feedback {
    case .admitted: isAdmitted = true
    case .denied(.overload): isAdmitted = false
    case .denied, .started, .completed, .failed, .abandoned: return
    }
    let product = Int(request.product)
    if products[product].count >= windowRequests || now >= products[product].startedAt + window {
      close(product, at: now)
    }
    products[product].arrivals[priority(of: request, at: now)] += 1
    products[product].count += 1
    if isAdmitted { products[product].admitted += 1 }
  }

  private mutating func close(_ product: Int, at now: SimTime) {
    let window = products[product]
    products[product].level = nextLevel(
      window.arrivals, admitted: window.admitted, isOverloaded: window.isOverloaded)
    for priority in window.arrivals.indices { products[product].arrivals[priority] = 0 }
    products[product].count = 0
    products[product].admitted = 0
    products[product].startedAt = now
  }

  /// The level after a window with such `arrivals` by priority; −1 when nobody passes.
  func nextLevel(_ arrivals: [Int32], admitted: Int64, isOverloaded: Bool) -> Int {
    let all = arrivals.reduce(Int64(0)) { $0 + Int64($1) }
    let room = expected(admitted: admitted, of: all, isOverloaded: isOverloaded)
    var passing: Int64 = 0
    var level: Int?
    for priority in arrivals.indices where arrivals[priority] > 0 {
      passing += Int64(arrivals[priority])
      if passing > room { return level ?? (keepsFirst ? priority : -1) }
      level = priority
    }
    return arrivals.count - 1
  }

  /// How many of so many arrivals are to be let in, in whole requests.
  func expected(admitted: Int64, of arrivals: Int64, isOverloaded: Bool) -> Int64 {
    if isOverloaded { return admitted - (down.times(admitted, rounding: .up) ?? admitted) }
    return admitted + (up.times(arrivals, rounding: .up) ?? 0)
  }

  /// Learns how long the queues are.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    for product in products.indices {
      products[product].isOverloaded = signals.load(of: ProductIndex(product)).queueDelay > target
    }
  }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }
}

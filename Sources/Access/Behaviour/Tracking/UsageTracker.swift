public import WeirFormats
public import WeirKernel

/// Tracks what each account used, of which product, model and operation, over several horizons.
///
/// A horizon is a sliding window, estimated from two aligned ones: what the running one holds, and
/// of the one before it the part that the window still reaches. What accounts used in all is
/// counted for each; what they used by one route (product, model and operation) goes into a
/// ``CountMinSketch``, so that memory does not grow with the routes. With ceilings it is a gate as
/// well.
///
/// ## Edges
/// - Counted are the actual units of completed requests, when they complete.
/// - The count of an account is exact in each aligned window; that of a route is never too small.
/// - A request is refused when what is counted and its cost are above a ceiling; requests under way
///   are not counted, so that several at once may pass it.
/// - The wait of a refusal is the end of the running aligned window, a hint.
///
/// ## Complexity
/// O(horizons) a call; 24 bytes an account and horizon, and 64 a horizon for each counter of the
/// sketch's `width`, whatever the accounts. An aligned window's end is linear in the width.
///
/// ## Source
/// Cormode and Muthukrishnan, Journal of Algorithms 55, 2005; the weighting of two windows as in
/// Cloudflare's sliding counters, 2017.
public struct UsageTracker: Layer {
  /// The name in scenarios.
  public static let typeName = "usageTracker"
  /// One sentence for the catalogue.
  public static let summary =
    "Tracks what each account used, of which product, model and operation, over several horizons."

  /// A time to look back over, and what is too much in it.
  public struct Horizon: Declared, Hashable, Sendable {
    /// The length.
    public var over: SimDuration
    /// The most units of an account; `nil` without a ceiling.
    public var most: Units?
    /// The most units of an account by one route; `nil` without a ceiling.
    public var mostOfRoute: Units?

    /// Creates a horizon.
    public init(over: SimDuration, most: Units? = nil, mostOfRoute: Units? = nil) {
      self.over = over
      self.most = most
      self.mostOfRoute = mostOfRoute
    }

    /// Reads the horizon.
    public init(_ fields: Fields) {
      over = fields.required(
        "over", .span(from: SimDuration(nanoseconds: 1)), "The time to look back over.")
      most = fields.optional("most", .units, "The most units of an account; no ceiling if absent.")
      mostOfRoute = fields.optional(
        "mostOfRoute", .units,
        "The most units of an account of one product, model and operation; no ceiling if absent.")
    }
  }

  /// The horizons.
  public let horizons: [Horizon]
  /// The counters of a row of the sketches.
  public let width: Int

  private var accounts: [SlidingPair] = []
  private var routes: [RouteWindows] = []
  private var models = 1
  private var operations = 1
  private var products = 1

  /// What was used in the running aligned window and in the one before.
  private struct SlidingPair: Sendable {
    var number = Int64.min
    var running: Int64 = 0
    var before: Int64 = 0

    mutating func move(to next: Int64) {
      guard next > number else { return }
      before = next == number + 1 ? running : 0
      running = 0
      number = next
    }
  }

  /// The sketches of the running aligned window and of the one before.
  private struct RouteWindows: Sendable {
    var number = Int64.min
    var running: CountMinSketch
    var before: CountMinSketch

    mutating func move(to next: Int64) {
      guard next > number else { return }
      if next == number + 1 { swap(&running, &before) } else { before.removeAll() }
      running.removeAll()
      number = next
    }
  }

  /// A gate.
  public var role: Role { .gate }

  /// Creates the tracker.
  public init(_ horizons: [Horizon], width: Int = 16_384) {
    self.horizons = horizons
    self.width = width
  }

  /// Reads the tracker.
  public init(_ fields: Fields) {
    self.init(
      fields.required(
        "horizons", .list(of: .object(Horizon.self), count: 1...8),
        "The times to look back over, each with its ceilings."),
      width: Int(
        fields.value(
          "width", .quantity(in: 1...100_000_000), default: 16_384,
          "The counters of a row of the sketch of a horizon's routes.")))
  }

  /// Makes room for accounts and sketches.
  public mutating func prepare(for directory: Directory) {
    products = max(1, directory.products.count)
    models = max(1, directory.models.count)
    operations = max(1, directory.operations.count)
    accounts = Array(repeating: SlidingPair(), count: directory.accounts * horizons.count)
    let sketch = CountMinSketch(width: width)
    routes = horizons.map { _ in RouteWindows(running: sketch, before: sketch) }
  }

  /// Lets the request pass unless a ceiling would be passed.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero { return .pays(cost) }
    var wait: SimDuration?
    for place in horizons.indices {
      let horizon = horizons[place]
      let isTooMuch =
        horizon.most.map { used(by: request.account, over: place, at: now) + cost > $0 } ?? false
      let isTooMuchOfRoute =
        horizon.mostOfRoute.map { usedOfRoute(request, over: place, at: now) + cost > $0 } ?? false
      if isTooMuch || isTooMuchOfRoute {
        let length = horizon.over.nanoseconds
        let rest = SimDuration(nanoseconds: length - now.nanoseconds % length)
        wait = max(wait ?? rest, rest)
      }
    }
    return wait.map { .short(.limit, retryAfter: $0) } ?? .pays(cost)
  }

  /// Counts nothing: what counts is what was used in the end.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}

  /// Yes: it learns what was used.
  public var observes: Bool { true }

  /// Counts what a completed request used.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    guard case .completed(let actual, _) = feedback, actual > .zero else { return }
    for place in horizons.indices {
      let number = now.nanoseconds / horizons[place].over.nanoseconds
      let account = Int(request.account) * horizons.count + place
      accounts[account].move(to: number)
      accounts[account].running += actual.count
      routes[place].move(to: number)
      routes[place].running.add(key(of: request), actual.count)
    }
  }

  /// The units that `account` used over the horizon of that place.
  public func used(by account: AccountIndex, over place: Int, at now: SimTime) -> Units {
    let pair = accounts[Int(account) * horizons.count + place]
    let number = now.nanoseconds / horizons[place].over.nanoseconds
    return sliding(
      number == pair.number ? pair.running : 0,
      number == pair.number ? pair.before : number == pair.number + 1 ? pair.running : 0,
      over: place, at: now)
  }

  /// The units that the account of `request` used by its route over a horizon, or more.
  public func usedOfRoute(_ request: Request, over place: Int, at now: SimTime) -> Units {
    let windows = routes[place]
    let number = now.nanoseconds / horizons[place].over.nanoseconds
    let key = key(of: request)
    if number == windows.number {
      return sliding(
        windows.running.estimate(of: key), windows.before.estimate(of: key), over: place, at: now)
    }
    guard number == windows.number + 1 else { return .zero }
    return sliding(0, windows.running.estimate(of: key), over: place, at: now)
  }

  /// All of `running`, and of `before` the part that the sliding window still reaches, rounded up.
  private func sliding(
    _ running: Int64, _ before: Int64, over place: Int, at now: SimTime
  ) -> Units {
    guard before > 0 else { return Units(running) }
    let length = horizons[place].over.nanoseconds
    let rest = Int128(length - now.nanoseconds % length)
    return Units(running + Int64((Int128(before) * rest + Int128(length) - 1) / Int128(length)))
  }

  private func key(of request: Request) -> UInt64 {
    var key = UInt64(request.account) * UInt64(products) + UInt64(request.product)
    key = key * UInt64(models) + UInt64(request.model)
    return key * UInt64(operations) + UInt64(request.operation)
  }

  /// No: use leaves the window little by little.
  public var waitsAreExact: Bool { false }
}

public import WeirFormats
public import WeirKernel

/// Sheds the least important kinds of requests first, in small steps up and down with the load.
///
/// Requests are sorted into levels, from the first to be shed to the last; what belongs to none is
/// critical and never shed. While the pool is busy above `shedAbove`, each new sample of the load
/// sheds one step more; below `restoreBelow` it sheds one less. A level has so many steps: in each
/// of them a part more of its requests is refused, by chance, before the next level is touched.
///
/// ## Edges
/// - Steps follow one another at least `every` apart, whatever the samples; one that was seen
///   before changes nothing.
/// - A request is of the first level that it matches: one of its plans, and one of its operations;
///   a level that names no plans is for all of them.
/// - Who is refused of a level that is shed in part is a sample at the request's own address,
///   compared as an integer: more are refused with every step, and always the same ones.
/// - The wait of a refusal is a hint (`retryAfter`), not a promise.
///
/// ## Complexity
/// O(1) a call; 4 bytes for each plan and operation, some 24 a product, none an account.
///
/// ## Source
/// Tarjan, "Scaling your API with rate limiters", Stripe, 2017: the shedders by fleet usage and by
/// worker utilisation, with test traffic, reads, writes and critical calls as their levels.
public struct LevelShedding: Layer {
  /// The name in scenarios.
  public static let typeName = "levelShedding"
  /// One sentence for the catalogue.
  public static let summary =
    "Sheds the least important kinds of requests first, in small steps up and down with the load."

  /// The kinds of requests of one level.
  public struct Level: Declared, Sendable {
    /// The plans; `nil` for all.
    public var plans: [Located<String>]?
    /// The operations; `nil` for all.
    public var operations: [Located<String>]?

    /// Creates a level.
    public init(plans: [String]? = nil, operations: [String]? = nil) {
      self.plans = plans?.map { Located($0) }
      self.operations = operations?.map { Located($0) }
    }

    /// Reads the level.
    public init(_ fields: Fields) {
      plans = fields.optional(
        "plans", .list(of: .located(.name), count: 1...Int.max), "The plans; all if absent.")
      operations = fields.optional(
        "operations", .list(of: .located(.name), count: 1...Int.max),
        "The operations; all if absent.")
    }

    fileprivate func matches(plan: String, operation: String) -> Bool {
      let isPlan = plans.map { $0.contains { $0.value == plan } } ?? true
      return isPlan && operations?.contains { $0.value == operation } ?? true
    }
  }

  /// The levels, from the first to be shed; what belongs to none is never shed.
  public let levels: [Level]
  /// The steps of a level.
  public let steps: Int64
  /// The least time between two steps.
  public let every: SimDuration
  /// The wait that a refusal names.
  public let retryAfter: SimDuration
  /// The busy shares above which one step more is shed and below which one less, in millionths.
  private let bounds: (restore: Int64, shed: Int64)

  /// The level of each plan and operation, by plan first.
  private var levelOfKind: [Int32] = []
  private var operations = 1
  private var products: [State] = []

  private struct State: Sendable {
    /// The steps that are shed.
    var shed: Int64 = 0
    var sampledAt = SimTime(nanoseconds: .min)
    var movedAt = SimTime(nanoseconds: .min / 2)
  }

  /// Where its samples are addressed.
  private var purpose = Purpose.shedding

  /// A gate.
  public var role: Role { .gate }

  /// Takes samples of its own.
  public mutating func stand(behind others: Int) {
    purpose = Purpose.shedding.standing(behind: others)
  }

  /// Creates the gate.
  ///
  /// - Precondition: `restoreBelow` is at most `shedAbove`, which is at most 1; `steps` is
  ///   positive.
  public init(
    _ levels: [Level], shedAbove: Ratio = Ratio(4, over: 5),
    restoreBelow: Ratio = Ratio(7, over: 10), steps: Int64 = 4, every: SimDuration = .zero,
    retryAfter: SimDuration = .seconds(1)
  ) {
    self.levels = levels
    self.steps = steps
    self.every = every
    self.retryAfter = retryAfter
    bounds = (restoreBelow.inMillionths, shedAbove.inMillionths)
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    let levels = fields.required(
      "levels", .list(of: .object(Level.self), count: 1...64),
      "The levels, from the first to be shed; what belongs to none is never shed.")
    let shedAbove = fields.value(
      "shedAbove", .part, default: Ratio(4, over: 5),
      "The busy share of the pool above which one step more is shed.")
    let restoreBelow = fields.value(
      "restoreBelow", .part, default: Ratio(7, over: 10),
      "The busy share of the pool below which one step less is shed.")
    fields.check(
      restoreBelow <= shedAbove, at: "restoreBelow", expected: "at most the share of shedAbove")
    self.init(
      levels, shedAbove: shedAbove, restoreBelow: restoreBelow,
      steps: fields.value("steps", .integer(in: 1...1000), default: 4, "The steps of a level."),
      every: fields.value(
        "every", .span, default: .zero, "The least time between two steps."),
      retryAfter: fields.retryHint())
  }

  /// The plans and operations that levels name.
  public var fieldNames: FieldNames {
    FieldNames(
      plans: levels.flatMap { $0.plans ?? [] }, operations: levels.flatMap { $0.operations ?? [] })
  }

  /// Finds the level of each kind of request, and sheds nothing.
  public mutating func prepare(for directory: Directory) {
    operations = max(1, directory.operations.count)
    let names = directory.operations.isEmpty ? [""] : directory.operations
    levelOfKind = directory.plans.flatMap { plan in
      names.map { operation in
        let level = levels.firstIndex { $0.matches(plan: plan.name, operation: operation) }
        return Int32(level ?? levels.count)
      }
    }
    products = Array(repeating: State(), count: directory.products.count)
  }

  /// Lets the request pass unless its level is shed, or its part of the level.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let shed = products[Int(request.product)].shed
    if cost == .zero || shed == 0 { return .pays(cost) }
    let kind = Int(request.plan) * operations + Int(request.operation)
    let level = Int64(levelOfKind[kind])
    guard level < Int64(levels.count), level * steps < shed else { return .pays(cost) }
    let part = shed - level * steps
    if part < steps {
      var samples = request.sampleKey.samples(purpose, index: request.attempt)
      if samples.below(steps.magnitude) >= part.magnitude { return .pays(cost) }
    }
    return .short(.overload, retryAfter: retryAfter)
  }

  /// Counts nothing.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}

  /// Moves by a step, when the sample is new.
  public mutating func receive(_ signals: Signals, at now: SimTime) {
    for product in products.indices where product < signals.poolOfProduct.count {
      let load = signals.load(of: ProductIndex(product))
      let state = products[product]
      guard load.sampledAt > state.sampledAt else { continue }
      products[product].sampledAt = load.sampledAt
      guard now >= state.movedAt + every else { continue }
      let most = Int64(levels.count) * steps
      if load.utilisationMillionths > bounds.shed, state.shed < most {
        products[product].shed += 1
      } else if load.utilisationMillionths < bounds.restore, state.shed > 0 {
        products[product].shed -= 1
      } else {
        continue
      }
      products[product].movedAt = now
    }
  }

  /// No: they are hints.
  public var waitsAreExact: Bool { false }
}

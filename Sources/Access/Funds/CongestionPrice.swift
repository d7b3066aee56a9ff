public import WeirFormats
public import WeirKernel

/// A price that rises with the load of the fleet, in steps, and falls again with hysteresis.
///
/// A step is entered when the busy share of the pool is at least its `from`, and left when the
/// share has fallen below that by more than the `margin`. Requests are charged at the step in force
/// when they were decided, whenever they end.
///
/// Source: no credit vendor publishes congestion prices; steps with hysteresis as in electricity
/// and road tariffs.
public struct CongestionPrice: Declared, Sendable {
  /// The steps, from the lowest load to the highest.
  public let steps: [Step]
  /// How far the load must fall below a step to leave it, in millionths.
  private let margin: Int64

  /// For each product, the steps in force and since when, the present one last.
  private var history: [[Change]] = []

  /// From which load on what factor holds.
  public struct Step: Declared, Hashable, Sendable {
    /// The busy share of the pool.
    public var from: Ratio
    /// What the price is multiplied by.
    public var factor: Ratio

    /// Creates a step.
    public init(from: Ratio, factor: Ratio) {
      self.from = from
      self.factor = factor
    }

    /// Reads the step.
    public init(_ fields: Fields) {
      from = fields.required("from", .part, "The busy share of the pool from which on it holds.")
      factor = fields.required("factor", .ratio, "What the price is multiplied by.")
    }
  }

  private struct Change: Sendable {
    var at: SimTime
    var step: Int
  }

  /// Creates the price; steps are in the order of their loads.
  public init(_ steps: [Step], margin: Ratio = Ratio(1, over: 20)) {
    self.steps = steps
    self.margin = margin.inMillionths
  }

  /// Reads the price.
  public init(_ fields: Fields) {
    let steps = fields.required(
      "steps", .list(of: .object(Step.self), count: 1...64),
      "The steps, from the lowest load to the highest; below all of them the price is the plain one."
    )
    let margin = fields.value(
      "margin", .part, default: Ratio(1, over: 20),
      "How far the busy share must fall below a step to leave it.")
    for place in steps.indices.dropFirst() {
      fields.check(
        steps[place - 1].from < steps[place].from, at: "steps/\(place)/from",
        expected: "a higher share than that of the step before")
    }
    self.init(steps, margin: margin)
  }

  /// Makes room for products, each at the plain price.
  mutating func prepare(products: Int) {
    history = Array(repeating: [Change(at: SimTime(nanoseconds: .min), step: 0)], count: products)
  }

  /// Learns the load; what it changes holds after `now`.
  mutating func receive(_ signals: Signals, at now: SimTime) {
    for product in history.indices {
      let load = signals.load(of: ProductIndex(product)).utilisationMillionths
      let present = history[product].last?.step ?? 0
      var step = present
      while step < steps.count, load >= steps[step].from.inMillionths { step += 1 }
      while step > 0, load < steps[step - 1].from.inMillionths - margin { step -= 1 }
      if step != present { history[product].append(Change(at: now, step: step)) }
    }
  }

  /// The number of the step in force for decisions at `time`; 0 is the plain price.
  func step(for product: ProductIndex, at time: SimTime) -> Int {
    let changes = history[Int(product)]
    return changes.last { $0.at < time }?.step ?? 0
  }

  /// The greatest factor in force over all products.
  func greatestFactor(at time: SimTime) -> Ratio {
    history.indices.map { factor(for: ProductIndex($0), at: time) }.max() ?? .one
  }

  /// The factor in force for decisions at `time`.
  public func factor(for product: ProductIndex, at time: SimTime) -> Ratio {
    let step = step(for: product, at: time)
    return step == 0 ? .one : steps[step - 1].factor
  }
}

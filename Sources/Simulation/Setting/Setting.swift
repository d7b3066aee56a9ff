public import WeirAccess
public import WeirFormats
public import WeirKernel

/// What a world is made of, whatever the policy: time, products, plans, populations and fleet.
///
/// Its fields are those of the scenario file's top level.
public struct Setting: Declared, Sendable {
  /// The end of the measured time.
  public var horizon: SimDuration
  /// The start of the measured time; `nil` for a study of the beginning itself.
  public var warmup: SimDuration?
  /// How long after the horizon open intents are followed.
  public var drain: SimDuration
  /// How accounts begin.
  public var initial: Initial
  /// The length of an interval in the timeline.
  public var interval: SimDuration
  /// The end-to-end time within which a request counts as good; `nil` when every served one does.
  public var objective: SimDuration?
  /// How the load reaches the access stack.
  public var signals: SignalTiming
  /// What befalls charges on their way to the balances; `nil` when each is settled in its time.
  public var settlement: SettlementFaults?
  /// The products, in the order of the file.
  public var products: [(key: String, value: Product)]
  /// The plans, in the order of the file.
  public var plans: [(key: String, value: Plan)]
  /// The populations.
  public var populations: [Population]
  /// The pools.
  public var fleet: [Pool]
  /// The models that downgrades of the policies give.
  public var replacementModels: [String] = []

  /// The time that is measured: from the end of the warm-up to the horizon.
  public var measuredTime: SimDuration { horizon - (warmup ?? .zero) }

  /// How accounts begin.
  public enum Initial: String, CaseIterable, Sendable {
    /// As in the middle of a long life: windows in mid-phase, partly used.
    case stationary
    /// As newcomers, all at once: a synchronised herd.
    case fresh
  }

  /// Reads the setting.
  public init(_ fields: Fields) {
    horizon = fields.required(
      "horizon", .span(from: SimDuration(nanoseconds: 1)), "The end of the measured time.")
    warmup = fields.optional(
      "warmup", .span, "The start of the measured time; the study begins with the run.")
    drain = fields.value(
      "drain", .span, default: .hours(1), "How long after the horizon open requests are followed.")
    initial = fields.value(
      "initial", .choice(Initial.self), default: .stationary,
      "How accounts begin: stationary in the middle of a long life, fresh as newcomers all at once."
    )
    let interval = fields.optional(
      "interval", .span(from: .milliseconds(1)),
      "The length of an interval in the timeline; a 48th of the horizon.")
    self.interval =
      interval ?? max(.milliseconds(1), SimDuration(nanoseconds: (horizon.nanoseconds + 47) / 48))
    objective = fields.optional(
      "objective", .span,
      "The end-to-end time within which a request counts as good; every served one does.")
    signals = fields.group("signals", SignalTiming.self, "How the load reaches the access stack.")
    settlement = fields.optional(
      "settlement", .object(SettlementFaults.self),
      "What befalls charges on their way to the balances; each is settled after the lag of its fund."
    )
    products = fields.value(
      "products", .map(of: .object(Product.self)), whenAbsent: ["requests": .object([])],
      "What can be asked for, by name.")
    plans = fields.value(
      "plans", .map(of: .object(Plan.self)), whenAbsent: ["default": .object([])],
      "What accounts can subscribe to, by name.")
    populations = fields.required(
      "populations", .list(of: .object(Population.self), count: 1...10_000), "Who asks.")
    fleet = fields.required(
      "fleet", .list(of: .object(Pool.self), count: 1...1000), "Who serves.")
    check(fields)
  }
}

/// How the load reaches the access stack: sampled now and then, delivered later.
public struct SignalTiming: Declared, Sendable {
  /// The time between two samples.
  public var every: SimDuration
  /// The time from a sample to its delivery.
  public var delay: SimDuration

  /// Reads the timing.
  public init(_ fields: Fields) {
    every = fields.value(
      "every", .span(from: .milliseconds(1)), default: .seconds(1), "The time between two samples.")
    delay = fields.value(
      "delay", .span, default: .seconds(1), "The time from a sample to its delivery.")
  }
}

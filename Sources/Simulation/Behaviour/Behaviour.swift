public import WeirAccess
public import WeirFormats
public import WeirKernel

/// What the accounts of a population do when they are refused, delayed or out of patience.
public struct Behaviour: Declared, Sendable {
  /// What follows a refusal.
  public var whenRefused: RefusalResponse
  /// The longest that an intent waits, held or queued, before it is abandoned; `nil` for ever.
  public var patience: Distribution?
  /// How accounts buy credits; `nil` when they never do.
  public var purchasing: Purchasing?
  /// The longest gap caused by access that a session survives as continuous.
  public var tolerableGap: SimDuration

  /// Reads the behaviour.
  public init(_ fields: Fields) {
    whenRefused = fields.value(
      "whenRefused", .variant(fields.registry(RefusalResponse.registry)),
      whenAbsent: ["type": "leave"],
      "What follows a refusal.")
    patience = fields.optional(
      "patience", .spanDistribution,
      "The longest that a request waits, held or queued, before it is abandoned; for ever.")
    purchasing = fields.optional(
      "purchasing", .object(Purchasing.self), "How accounts buy credits when refused; they do not.")
    tolerableGap = fields.value(
      "tolerableGap", .span, default: .seconds(60),
      "The longest gap caused by access after which a session still counts as continuous.")
  }
}

extension Behaviour {
  /// Whether a refused intent is given up, whatever the refusal says.
  var givesUpAtOnce: Bool { whenRefused.isLeaving && purchasing == nil }
}

/// How accounts buy credits when their limits and balance are used up.
public struct Purchasing: Declared, Sendable {
  /// The credits bought at once.
  public var pack: Credits
  /// The chance that a refused account buys, in each refusal.
  public var propensity: Double
  /// The most that one account spends in the run; `nil` for no bound.
  public var budget: Credits?
  /// The time that buying takes.
  public var checkout: Distribution

  /// Reads the purchasing.
  public init(_ fields: Fields) {
    pack = fields.required("pack", .credits, "The credits bought at once.")
    propensity = fields.value(
      "propensity", .number(in: 0...1), default: 1,
      "The chance that an account buys when it is refused for lack of limits and balance.")
    budget = fields.optional(
      "budget", .credits, "The most credits that one account buys in the run; no bound.")
    checkout = fields.value(
      "checkout", .spanDistribution, whenAbsent: "30s", "The time that buying takes.")
  }
}

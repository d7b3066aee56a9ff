import WeirAccess
public import WeirFormats
public import WeirKernel

/// What befalls charges on their way to the balances, all of it sampled from the seed.
///
/// A use becomes a charge in two deliveries: from the usage event to its price, and from the
/// monetization event to its balance. Each is delivered at least once, by a queue that delivers
/// again until the worker of the stage has acknowledged. The faults are the same under every
/// policy.
public struct SettlementFaults: Declared, Sendable {
  /// The time that each delivery takes, beyond the lag of the fund.
  public var lag: Distribution
  /// The share of deliveries that come a second time.
  public var duplicates: Double
  /// The share of deliveries that are held up on their way, so that later ones overtake them.
  public var reordering: Double
  /// For how long those are held up.
  public var heldUpFor: Distribution
  /// The share of deliveries that are lost.
  public var loss: Double
  /// How long the queue waits for an acknowledgement before it delivers again.
  public var redeliverAfter: SimDuration
  /// The mean time from one crash of a worker to the next; `nil` when none crashes.
  public var crashEvery: SimDuration?
  /// The time from a crash until the worker runs again.
  public var restart: Distribution

  /// Reads the faults.
  public init(_ fields: Fields) {
    lag = fields.value(
      "lag", .spanDistribution, whenAbsent: "0s",
      "The time that each of the two deliveries of a charge takes, beyond the lag of the fund; it has its own law for each delivery, so that one that varies reorders by itself."
    )
    let share = ValueKind<Double>.number(in: 0...1)
    duplicates = fields.value(
      "duplicates", share, default: 0, "The share of deliveries that come a second time.")
    reordering = fields.value(
      "reordering", share, default: 0,
      "The share of deliveries that are held up, so that later ones overtake them.")
    heldUpFor = fields.value(
      "heldUpFor", .spanDistribution, whenAbsent: ["type": "exponential", "mean": "10s"],
      "For how long they are held up.")
    loss = fields.value(
      "loss", .number(in: 0...0.99), default: 0,
      "The share of deliveries that are lost; what is lost is delivered again.")
    redeliverAfter = fields.value(
      "redeliverAfter", .span(from: .milliseconds(1)), default: .seconds(30),
      "How long an acknowledgement may take before a delivery is made again.")
    crashEvery = fields.optional(
      "crashEvery", .span(from: .milliseconds(1)),
      "The mean time that a worker runs before it crashes, memoryless: at the next delivery, between two random steps; none crashes if absent."
    )
    restart = fields.value(
      "restart", .spanDistribution, whenAbsent: "10s",
      "The time from a crash of a worker until it runs again.")
  }
}

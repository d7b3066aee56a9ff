/// The metrics of requests: counts, latency and fairness.
extension MetricDefinition {
  typealias Entry = (Metric, MetricDefinition)

  /// One metric with its definition.
  static func entry(
    _ metric: Metric, _ unit: String, _ better: Better, _ heading: Heading, _ text: String,
    byPopulation: Bool = true, steadyState: Bool = false
  ) -> Entry {
    (
      metric,
      MetricDefinition(
        unit: unit, better: better, heading: heading, text: text, isByPopulation: byPopulation,
        isSteadyState: steadyState)
    )
  }

  // MARK: Counts

  static let counts: [Entry] = [
    count(.accounts, "accounts", .neither, "Accounts, whether or not they asked for anything."),
    count(.sessions, "sessions", .neither, "Sessions that began in the measured time."),
    count(.intents, "intents", .neither, "Intents first attempted in the measured time."),
    count(.attempts, "attempts", .neither, "Attempts at measured intents: the first and retries."),
    count(.admitted, "attempts", .neither, "Attempts that were let through to the fleet."),
    count(.held, "attempts", .neither, "Attempts that a layer kept and had not released."),
    count(.downgraded, "attempts", .neither, "Admitted attempts that went to another model."),
    count(.denied, "attempts", .lower, "Attempts that were refused."),
    count(.completed, "intents", .higher, "Measured intents that were served to the end."),
    count(.deniedForGood, "intents", .lower, "Measured intents given up after a refusal."),
    count(.abandoned, "intents", .lower, "Measured intents that left the queue out of patience."),
    count(.failed, "intents", .lower, "Measured intents that ended in a failure of the fleet."),
    count(
      .inFlight, "intents", .neither,
      "Measured intents open when the run ended: intents - completed - denied_for_good - abandoned"
        + " - failed."),
    count(
      .unreached, "calls", .lower,
      "Calls that were never made, since a call before them in their session was refused for good,"
        + " abandoned or failed: the rest of measured sessions that ended early."),
    count(
      .cutOff, "calls", .neither,
      "Calls that the end of the run came before: the rest of measured sessions that were open then,"
        + " and recorded sessions that had not begun."),
    entry(.servedShare, "", .higher, .access, "completed / intents."),
    entry(
      .wantedServedShare, "", .higher, .access,
      "completed / (intents + unreached): of all that the measured sessions came to ask for, or would"
        + " have if no call before had been lost."),
    entry(
      .accountsServedShare, "", .higher, .access,
      "Accounts with a completed intent / accounts with an intent."),
    count(
      .grantedInPart, "attempts", .neither,
      "Attempts that were let through with fewer units than they asked for (onShortfall: partial)."),
    entry(
      .grantedPartShare, "", .neither, .access,
      "Units granted / units asked for, over the attempts of granted_in_part; undefined without one."
    ),
  ]

  private static func count(
    _ metric: Metric, _ unit: String, _ better: Better, _ text: String
  ) -> Entry {
    entry(metric, unit, better, .counts, text)
  }

  // MARK: Latency

  static let latency: [Entry] =
    spans(
      [
        .queueWaitMean, .queueWaitP50, .queueWaitP95, .queueWaitP99, .queueWaitP999, .queueWaitMax,
      ], "Wait in the queue, from admission of the last attempt to the start of service")
    + spans(
      [
        .timeToFirstTokenMean, .timeToFirstTokenP50, .timeToFirstTokenP95, .timeToFirstTokenP99,
        .timeToFirstTokenP999, .timeToFirstTokenMax,
      ], "Time from the first attempt, through every retry, to the first token")
    + spans(
      [
        .endToEndMean, .endToEndP50, .endToEndP95, .endToEndP99, .endToEndP999, .endToEndMax,
      ], "Time from the first attempt, through every retry, to the end of service")
    + [
      entry(
        .slowdownMean, "", .lower, .latency,
        "End-to-end time / time of service alone: the mean over completed intents.",
        steadyState: true),
      entry(
        .slowdownP99, "", .lower, .latency,
        "End-to-end time / time of service alone: "
          + quantile("99th", "368")),
    ]

  /// A latency's mean, four quantiles and maximum, in this order.
  private static func spans(_ metrics: [Metric], _ what: String) -> [Entry] {
    let texts = [
      "the mean over completed intents.", quantile("50th", "6"), quantile("95th", "72"),
      quantile("99th", "368"), quantile("99.9th", "3688"),
      "the maximum; undefined when some measured intent was not served.",
    ]
    return zip(metrics, texts).enumerated().map { place, pair in
      entry(
        pair.0, "seconds", .lower, .latency, "\(what): \(pair.1)", steadyState: place == 0)
    }
  }

  private static func quantile(_ name: String, _ least: String) -> String {
    "the \(name) percentile by nearest rank over all measured intents, those not served counted as"
      + " infinite; undefined when infinite or with fewer than \(least) intents."
  }

  // MARK: Fairness

  static let fairness: [Entry] = [
    fair(.jainService, .higher, "Jain's index (sum x)^2 / (n sum x^2) of served units x."),
    fair(
      .jainSatisfaction, .higher,
      "Jain's index of served units / demanded units, over accounts that demanded any."),
    fair(
      .giniService, .lower,
      "Gini coefficient sum (2i - n - 1) x_(i) / (n sum x) of served units x in ascending order."),
    fair(.minMaxService, .higher, "Least / greatest served units."),
    fair(
      .maxMinDistance, .lower,
      "sum |x - a| / (2 sum x): the share of served units x that would have to change hands to reach"
        + " the max-min fair allocation a for the units demanded."),
    entry(
      .starvationMax, "seconds", .lower, .fairness,
      "The longest time that an account had something open and had nothing completed."),
  ]

  private static func fair(_ metric: Metric, _ better: Better, _ text: String) -> Entry {
    entry(
      metric, "", better, .fairness,
      "\(text) Over accounts with a measured intent; undefined when nobody was served.")
  }
}

/// The metrics of the fleet, of access, of money and of abuse.
extension MetricDefinition {
  // MARK: Utilisation

  static let utilisation: [Entry] = [
    fleet(.utilisation, "", .neither, "Integral of busy servers / integral of servers."),
    fleet(
      .usefulUtilisation, "", .higher,
      "Server time of completed measured intents / integral of servers."),
    entry(
      .goodput, "intents per second", .higher, .utilisation,
      "Measured intents completed within the objective / measured time."),
    fleet(
      .queueMean, "requests", .lower, "Waiting requests, averaged over time.", steadyState: true),
    fleet(
      .idleWhileDenied, "", .lower,
      "Integral of min(idle servers, blocked intents) / integral of servers; blocked are intents"
        + " refused and neither resolved nor given up, without those of accounts labelled as abusive"
        + " where others are not."),
    fleet(
      .overloadTimeShare, "", .lower,
      "Share of the measured time in which more requests waited than there are servers."),
    fleet(
      .recovery, "seconds", .lower,
      "The longest time without a break in which more requests waited than there are servers."),
  ]

  private static func fleet(
    _ metric: Metric, _ unit: String, _ better: Better, _ text: String,
    steadyState: Bool = false
  ) -> Entry {
    entry(metric, unit, better, .utilisation, text, byPopulation: false, steadyState: steadyState)
  }

  // MARK: Access

  static let access: [Entry] = [
    visible(
      .hardStopsPerSession, "per session", .lower,
      "Intents that were refused at least once / sessions."),
    visible(
      .lockoutMean, "seconds", .neither,
      "Time from an intent's first refusal to its admission, or to giving up: the mean over intents"
        + " that were refused and have ended. Neither way is better: who gives up at once has a short"
        + " one."),
    visible(
      .deniedThoughFunded, "attempts", .lower,
      "Refused attempts whose whole estimated charge one balance of the account would have paid."),
    visible(
      .continuousSessions, "", .higher,
      "Share of sessions without a gap caused by access that is longer than the tolerable one; a"
        + " call that is refused for good is a gap without end."),
    visible(.retryAmplification, "attempts per intent", .lower, "attempts / intents."),
    visible(
      .retryAfterErrorP95, "seconds", .lower,
      "How much later than the first retry-after hint an intent was admitted, at least 0: the 95th"
        + " percentile by nearest rank over admitted intents that had a hint; undefined below 72."),
    visible(
      .withinSLOShare, "", .higher,
      "Measured intents completed within the objective / measured intents."),
  ]

  private static func visible(
    _ metric: Metric, _ unit: String, _ better: Better, _ text: String
  ) -> Entry {
    entry(metric, unit, better, .access, text)
  }

  // MARK: Money

  static let money: [Entry] = [
    paid(
      .openingCredits, "micro-credits", .neither,
      "The sum of all balances at the start of the measured time, those that accounts begin with"
        + " included; undefined for a population that shares a balance with another."),
    paid(
      .revenue, "micro-credits", .higher,
      "Credits spent: debits - refunded overshoot, from the start of the measured time to the end of"
        + " the run. They come out of opening balances and grants too: what was bought is"
        + " purchased_credits."),
    paid(
      .buyers, "accounts", .neither,
      "Accounts that bought credits, from the start of the measured time to the end of the run."),
    paid(
      .purchases, "purchases", .neither,
      "Purchases of credits, from the start of the measured time to the end of the run."),
    paid(
      .purchasedCredits, "micro-credits", .neither,
      "Credits bought, from the start of the measured time to the end of the run."),
    paid(
      .refundedOvershoot, "micro-credits", .lower,
      "Credits given back because a debit took a balance below zero."),
    paid(.overrun, "units", .lower, "Units that completed measured intents used and nobody paid."),
    paid(.expired, "micro-credits", .neither, "Credits that ran out of time."),
    paid(
      .forgiven, "micro-credits", .lower,
      "Overdrafts that were still owed when a period ended, and that the house paid."),
    paid(
      .grantedCredits, "micro-credits", .neither,
      "Credits granted, and advanced less repaid, from the start of the measured time to the end of"
        + " the run; undefined as opening_credits."),
    paid(
      .closingCredits, "micro-credits", .neither,
      "The sum of all balances at the end of the run: opening_credits + purchased_credits"
        + " + granted_credits + forgiven - revenue - expired; undefined as opening_credits."),
    entry(
      .settlementLagP95, "seconds", .lower, .money,
      "Time from a charge to its balance update: the 95th percentile by nearest rank; undefined"
        + " below 72 charges.", byPopulation: false),
  ]

  private static func paid(
    _ metric: Metric, _ unit: String, _ better: Better, _ text: String
  ) -> Entry {
    entry(metric, unit, better, .money, text)
  }

  // MARK: Abuse

  static let abuse: [Entry] = [
    told(
      .abusePrecision, "", .higher,
      "Accounts acted against that are labelled abusive / accounts acted against: those that a layer"
        + " began to refuse for their behaviour before the horizon, or would have, in shadow."),
    told(
      .abuseRecall, "", .higher,
      "Labelled accounts acted against / labelled accounts that asked before the horizon; undefined"
        + " where no layer judges behaviour."),
    told(
      .abuseDetectMedian, "seconds", .lower,
      "Time from a labelled account's first attempt to the first action against it: the median by"
        + " nearest rank over labelled accounts that asked, those never acted against counted as"
        + " infinite; undefined when infinite."),
    told(
      .innocentHarm, "", .lower,
      "Refusals for behaviour of accounts that are not labelled / their attempts, at measured"
        + " intents; undefined where nobody is labelled and nobody was refused so."),
  ]

  private static func told(
    _ metric: Metric, _ unit: String, _ better: Better, _ text: String
  ) -> Entry {
    entry(metric, unit, better, .abuse, text, byPopulation: false)
  }
}

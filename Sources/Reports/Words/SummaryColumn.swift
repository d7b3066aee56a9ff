import WeirSimulation

/// A column of the end-of-run tables: a metric as a person reads it.
struct SummaryColumn {
  let metric: Metric
  /// The heading of a narrow column.
  let label: String
  /// The same as a noun that needs no heading above it, for pages and sentences.
  let words: String
  let unit: String
  /// What the metric is multiplied by to be in this unit.
  let scale: Double

  private init(
    _ metric: Metric, _ label: String, _ unit: String, as words: String? = nil, scale: Double = 1
  ) {
    self.metric = metric
    self.label = label
    self.words = words ?? label
    self.unit = unit
    self.scale = scale
  }

  /// How a person reads `metric`: as in the tables, or by its name where they do not have it.
  static func of(_ metric: Metric) -> SummaryColumn {
    let known = ([volume] + sections).flatMap(\.columns).first { $0.metric == metric }
    if metric == .endToEndMean {
      return SummaryColumn(metric, "end to end mean", "s", as: "mean time to the end")
    }
    if metric == .withinSLOShare {
      return share(metric, "within objective", as: "intents served within the objective")
    }
    if let known { return known }
    let unit = metric.definition.unit
    let isSeconds = metric.name.hasSuffix("_s") && unit == "seconds"
    let name = isSeconds ? String(metric.name.dropLast(2)) : metric.name
    let words = name.split(separator: "_").joined(separator: " ")
    if unit == "micro-credits" { return .credits(metric, words) }
    return SummaryColumn(metric, words, isSeconds ? "s" : unit)
  }

  /// The words with the unit, where it has one.
  var title: String { unit.isEmpty ? words : "\(words), \(unit)" }

  /// The unit, or how to read a number that has none.
  var unitInWords: String {
    switch metric {
    case .jainService, .jainSatisfaction: "Jain's index: 1 is even"
    case .purchases, .buyers: "per run"
    case .deniedThoughFunded: "attempts per run"
    case .revenue, .purchasedCredits, .refundedOvershoot, .overrun: unit + " per run"
    default: unit
    }
  }

  /// What its values can be, in its unit: those of shares are at most 100 %.
  var bounds: ClosedRange<Double> { 0...(unit == "%" ? 100 : .infinity) }

  /// The unit of differences: those of per cents are points.
  var differenceUnit: String { unit == "%" ? "points" : unit }

  private static func share(
    _ metric: Metric, _ label: String, as words: String? = nil
  ) -> SummaryColumn {
    SummaryColumn(metric, label, "%", as: words, scale: 100)
  }

  private static func credits(
    _ metric: Metric, _ label: String, as words: String? = nil
  ) -> SummaryColumn {
    SummaryColumn(metric, label, "credits", as: words, scale: 1e-6)
  }

  /// How much was asked and served: what the shares are of.
  static let volume: (title: String, columns: [SummaryColumn]) = (
    "Volume",
    [
      SummaryColumn(.intents, "asked", "intents per run", as: "intents asked"),
      SummaryColumn(.completed, "completed", "intents per run", as: "intents completed"),
      SummaryColumn(
        .unreached, "unreached", "per run", as: "intents never asked, as the session broke off"),
      .share(
        .wantedServedShare, "of all wanted", as: "completed, of all that sessions wanted"),
      SummaryColumn(.cutOff, "cut off", "per run", as: "intents after the end of the run"),
    ]
  )

  /// The columns by heading, in the order of the tables: those that the mission names come first.
  static let sections: [(title: String, columns: [SummaryColumn])] = [
    (
      "Fairness",
      [
        SummaryColumn(.jainService, "Jain, service", "", as: "evenness of service"),
        SummaryColumn(
          .jainSatisfaction, "Jain, got/asked", "", as: "evenness of share served"),
        .share(.accountsServedShare, "accounts served"),
        SummaryColumn(.starvationMax, "longest starved", "s", as: "longest without service"),
      ]
    ),
    (
      "Latency",
      [
        SummaryColumn(.endToEndP50, "end to end p50", "s", as: "median time to the end"),
        SummaryColumn(.endToEndP95, "end to end p95", "s", as: "time to the end, p95"),
        SummaryColumn(
          .timeToFirstTokenP95, "first token p95", "s", as: "time to first token, p95"),
        SummaryColumn(.queueWaitMean, "queue wait mean", "s", as: "mean wait in the queue"),
      ]
    ),
    (
      "Utilisation",
      [
        .share(.utilisation, "busy", as: "servers busy"),
        .share(.usefulUtilisation, "useful", as: "servers usefully busy"),
        .share(.idleWhileDenied, "idle while denied", as: "idle while refusing"),
        .share(.overloadTimeShare, "time overloaded"),
        SummaryColumn(.recovery, "longest overload", "s"),
      ]
    ),
    (
      "Access",
      [
        .share(.servedShare, "served", as: "intents served"),
        SummaryColumn(
          .hardStopsPerSession, "hard stops", "per session", as: "intents refused at least once"),
        .share(.continuousSessions, "unbroken sessions"),
        SummaryColumn(
          .lockoutMean, "lockout mean", "s", as: "mean wait after a refusal"),
      ]
    ),
    (
      "Money",
      [
        .credits(.revenue, "spent", as: "credits spent"),
        .credits(.purchasedCredits, "bought", as: "credits bought"),
        SummaryColumn(.buyers, "buyers", "", as: "accounts that buy"),
        .credits(.refundedOvershoot, "overshoot refunded"),
        SummaryColumn(.deniedThoughFunded, "denied though funded", ""),
        SummaryColumn(.overrun, "unpaid overrun", "units"),
      ]
    ),
    (
      "Abuse",
      [
        .share(.abusePrecision, "precision", as: "rightly accused"),
        .share(.abuseRecall, "recall", as: "abusers found"),
        SummaryColumn(.abuseDetectMedian, "detected after", "s", as: "median time to find"),
        .share(
          .innocentHarm, "innocent hit", as: "ordinary attempts refused for behaviour"),
      ]
    ),
    (
      "Alarms",
      [
        .share(.crowdsFoundShare, "crowds found", as: "flash crowds with an alarm"),
        SummaryColumn(.alarmDelayMedian, "alarm after", "s", as: "median time to the alarm"),
        SummaryColumn(
          .falseAlarmsPerWeek, "false alarms", "per week", as: "alarms without a flash crowd"),
      ]
    ),
  ]
}

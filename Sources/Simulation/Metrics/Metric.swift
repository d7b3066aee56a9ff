/// A scalar result of a run, defined once: its column, its unit, what is better, and its formula.
///
/// The order of the cases is the order of the columns in `runs.csv` and `populations.csv`.
public enum Metric: String, CaseIterable, Hashable, Sendable {
  // Counts.
  case accounts, sessions, intents, attempts, admitted, held, downgraded, denied, completed
  case deniedForGood = "denied_for_good"
  case abandoned, failed
  case inFlight = "in_flight"
  case unreached
  case cutOff = "cut_off"
  case servedShare = "served_share"
  case wantedServedShare = "wanted_served_share"
  case accountsServedShare = "accounts_served_share"
  case grantedInPart = "granted_in_part"
  case grantedPartShare = "granted_part_share"
  // Latency.
  case queueWaitMean = "queue_wait_mean_s"
  case queueWaitP50 = "queue_wait_p50_s"
  case queueWaitP95 = "queue_wait_p95_s"
  case queueWaitP99 = "queue_wait_p99_s"
  case queueWaitP999 = "queue_wait_p999_s"
  case queueWaitMax = "queue_wait_max_s"
  case timeToFirstTokenMean = "time_to_first_token_mean_s"
  case timeToFirstTokenP50 = "time_to_first_token_p50_s"
  case timeToFirstTokenP95 = "time_to_first_token_p95_s"
  case timeToFirstTokenP99 = "time_to_first_token_p99_s"
  case timeToFirstTokenP999 = "time_to_first_token_p999_s"
  case timeToFirstTokenMax = "time_to_first_token_max_s"
  case endToEndMean = "end_to_end_mean_s"
  case endToEndP50 = "end_to_end_p50_s"
  case endToEndP95 = "end_to_end_p95_s"
  case endToEndP99 = "end_to_end_p99_s"
  case endToEndP999 = "end_to_end_p999_s"
  case endToEndMax = "end_to_end_max_s"
  case slowdownMean = "slowdown_mean"
  case slowdownP99 = "slowdown_p99"
  // Fairness.
  case jainService = "jain_service"
  case jainSatisfaction = "jain_satisfaction"
  case giniService = "gini_service"
  case minMaxService = "min_max_service"
  case maxMinDistance = "max_min_distance"
  case starvationMax = "starvation_max_s"
  // Utilisation.
  case utilisation
  case usefulUtilisation = "useful_utilisation"
  case goodput = "goodput_per_s"
  case queueMean = "queue_mean"
  case idleWhileDenied = "idle_while_denied"
  case overloadTimeShare = "overload_time_share"
  case recovery = "recovery_s"
  // Access.
  case hardStopsPerSession = "hard_stops_per_session"
  case lockoutMean = "lockout_mean_s"
  case deniedThoughFunded = "denied_though_funded"
  case continuousSessions = "continuous_sessions"
  case retryAmplification = "retry_amplification"
  case retryAfterErrorP95 = "retry_after_error_p95_s"
  case withinSLOShare = "within_slo_share"
  // Money.
  case openingCredits = "opening_credits"
  case revenue, buyers, purchases
  case purchasedCredits = "purchased_credits"
  case refundedOvershoot = "refunded_overshoot"
  case overrun, expired, forgiven
  case grantedCredits = "granted_credits"
  case closingCredits = "closing_credits"
  case settlementLagP95 = "settlement_lag_p95_s"
  // Abuse.
  case abusePrecision = "abuse_precision"
  case abuseRecall = "abuse_recall"
  case abuseDetectMedian = "abuse_detect_median_s"
  case innocentHarm = "innocent_harm"
  // Alarms.
  case crowdsFoundShare = "crowds_found_share"
  case alarmDelayMedian = "alarm_delay_median_s"
  case falseAlarmsPerWeek = "false_alarms_per_week"
  case crowdDeniedShare = "crowd_denied_share"
  case crowdQueueMean = "crowd_queue_mean"

  /// The name of the column.
  public var name: String { rawValue }
}

/// The values of the metrics of one run, or of one population in it; an empty one is undefined.
public struct MetricRow: Sendable, Equatable {
  private var values: [Double?] = Array(repeating: nil, count: Metric.allCases.count)

  /// Creates a row in which everything is undefined.
  public init() {}

  /// The value of `metric`; `nil` when it is undefined.
  public subscript(metric: Metric) -> Double? {
    get { values[metric.column] }
    set { values[metric.column] = newValue.flatMap { $0.isFinite ? $0 : nil } }
  }
}

extension Metric {
  /// The position among all metrics, from 0.
  public var column: Int { Self.columns[self] ?? 0 }

  private static let columns = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

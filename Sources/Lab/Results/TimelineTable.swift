import WeirAccess
import WeirKernel
import WeirSimulation

/// `timeline.csv`: what happened in each interval of each run.
struct TimelineTable: RunTable {
  struct Value {
    let interval: Int
    let start: Int64
    let end: Int64
    let row: Timeline.Row

    /// An integral over the interval as an average.
    func average(_ integral: Int128) -> Double? {
      end > start ? Double(nearest: integral) / Double(end - start) : nil
    }
  }

  let table: Table<RunRow<Value>>
  private let interval: Int64
  private let horizon: Int64

  init(_ study: Study) {
    interval = study.scenario.setting.interval.nanoseconds
    horizon = study.scenario.setting.horizon.nanoseconds
    table = Table(
      name: "timeline",
      text:
        "One row for each run and interval, from the start of the run to the horizon; the warm-up"
        + " is included.",
      key: Table<RunRow<Value>>.runKey + ["interval"],
      columns: study.runColumns { $0.run } + Self.columns
        + (study.scenario.headline == .unlabelled ? Self.labelled : []))
  }

  /// What accounts that are labelled as abusive did, where some are and others are not.
  private static let labelled: [TableColumn<RunRow<Value>>] = [
    .integer("labelled_offered", "intents", "Those of offered by accounts labelled as abusive.") {
      $0.value.row.labelled.offered
    },
    .integer(
      "labelled_admitted", "attempts", "Those of admitted by accounts labelled as abusive."
    ) { $0.value.row.labelled.admitted },
    .integer("labelled_denied", "attempts", "Those of denied by accounts labelled as abusive.") {
      $0.value.row.labelled.denied
    },
    .integer(
      "labelled_completed", "intents", "Those of completed by accounts labelled as abusive."
    ) { $0.value.row.labelled.completed },
  ]

  private static let columns: [TableColumn<RunRow<Value>>] = [
    .integer("interval", "", "The number of the interval, from 0.") { Int64($0.value.interval) },
    .seconds("start_s", "The start of the interval.") { $0.value.start },
    .seconds("end_s", "The end of the interval.") { $0.value.end },
    .integer("offered", "intents", "Intents first attempted.") { $0.value.row.all.offered },
    .integer("attempts", "attempts", "Attempts, the first ones and retries.") {
      $0.value.row.all.attempts
    },
    .integer("admitted", "attempts", "Attempts let through to the fleet.") {
      $0.value.row.all.admitted
    },
    .integer("denied", "attempts", "Attempts refused.") { $0.value.row.all.denied },
    .integer("completed", "intents", "Intents served to the end.") { $0.value.row.all.completed },
    .number("queue_mean", "requests", "Waiting requests, averaged over the interval.") {
      $0.value.average($0.value.row.queueTime)
    },
    .number("busy_mean", "servers", "Busy servers, averaged over the interval.") {
      $0.value.average($0.value.row.busyTime)
    },
    .number("capacity_mean", "servers", "Servers, averaged over the interval.") {
      $0.value.average($0.value.row.capacityTime)
    },
    .number("backlog_mean", "requests", "Waiting and served requests, averaged over the interval.")
    {
      $0.value.average($0.value.row.backlogTime)
    },
    .number(
      "blocked_mean", "intents",
      "Intents refused and neither resolved nor given up, averaged over the interval; without those of"
        + " accounts labelled as abusive where others are not."
    ) { $0.value.average($0.value.row.blockedTime) },
    .number("utilisation", "", "Integral of busy servers / integral of servers.") {
      let capacity = $0.value.row.capacityTime
      return capacity > 0
        ? Double(nearest: $0.value.row.busyTime) / Double(nearest: capacity) : nil
    },
    .integer(
      "limit_in_force", "units",
      "The tightest limit that a load-adaptive layer had set itself at the end of the interval."
    ) { $0.value.row.limit?.count },
    .number(
      "price", "",
      "What a congestion price multiplied the plain price by at the end of the interval: the most"
        + " over layers and products; empty where no price follows the load."
    ) { $0.value.row.price.map { Double($0.numerator) / Double($0.denominator) } },
    .integer(
      "balance", "micro-credits", "The sum of all settled balances at the end of the interval."
    ) { $0.value.row.balance?.micro },
  ]

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<Value>) throws(Failure) -> Void
  ) throws(Failure) {
    for (index, row) in record.result.timeline.enumerated() {
      let start = Int64(index) * interval
      let end = min(start + interval, horizon)
      try body(
        RunRow(
          run: record.run, value: Value(interval: index, start: start, end: end, row: row)))
    }
  }
}

extension Double {
  /// The number next to `value`, as `Double(value)` is, which takes a thousand steps for 128 bits.
  init(nearest value: Int128) {
    let low = Int64(truncatingIfNeeded: value)
    self = Int128(low) == value ? Double(low) : Double(value)
  }
}

import WeirKernel
import WeirSimulation

/// `settlement.csv`: what the faults of the settlement did; written when a scenario declares any.
struct SettlementTable: RunTable {
  let table: Table<RunRow<SettlementTally>>

  init(_ study: Study) {
    typealias Columns = TableColumn<RunRow<SettlementTally>>
    table = Table(
      name: "settlement",
      text: "One row for each run of a scenario that declares faults of the settlement: what they"
        + " did, over the whole run and until the last charge was settled.",
      key: Table<RunRow<SettlementTally>>.runKey,
      columns: study.runColumns { $0.run } + [
        Columns.integer("charges", "", "Charges, each priced once and debited once.") {
          $0.value.charges
        },
        .integer("priced", "", "Monetization events written: as many as charges.") {
          $0.value.priced
        },
        .integer("debited", "", "Debits made: as many as charges.") { $0.value.debited },
        .integer("deliveries", "", "Deliveries; two for each charge where nothing is lost.") {
          $0.value.deliveries
        },
        .integer("lost", "", "Deliveries that were lost.") { $0.value.lost },
        .integer("doubled", "", "Deliveries that came twice.") { $0.value.doubled },
        .integer("held_up", "", "Deliveries that later ones may have overtaken.") {
          $0.value.heldUp
        },
        .integer(
          "redeliveries", "", "Deliveries made because none before had been acknowledged in time."
        ) { $0.value.redeliveries },
        .integer("early", "", "Deliveries that came before their turn and waited for it.") {
          $0.value.early
        },
        .integer(
          "duplicates_dropped", "",
          "Deliveries of a charge that had been recorded: each would have charged twice."
        ) { $0.value.duplicatesDropped },
        .integer("crashes", "", "Crashes of the two workers.") { $0.value.crashes },
        Self.lag("p50", "median; undefined below 6 charges") { $0.lagP50 },
        Self.lag("p95", "95th percentile; undefined below 72") { $0.lagP95 },
        Self.lag("p99", "99th percentile; undefined below 368") { $0.lagP99 },
        .seconds("settlement_lag_max_s", "The longest time from a charge to its balance update.") {
          $0.value.lag.maximum
        },
      ])
  }

  private static func lag(
    _ name: String, _ text: String, _ value: @escaping @Sendable (SettlementTally) -> Double?
  ) -> TableColumn<RunRow<SettlementTally>> {
    .number(
      "settlement_lag_\(name)_s", "seconds",
      "Time from a charge of the measured time to its balance update, by nearest rank: the \(text)."
    ) { value($0.value) }
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<SettlementTally>) throws(Failure) -> Void
  ) throws(Failure) {
    if let tally = record.result.settlement { try body(RunRow(run: record.run, value: tally)) }
  }
}

extension Study {
  /// Whether the scenario declares faults of the settlement, at some point at least.
  var declaresSettlement: Bool {
    points.contains { $0.scenario.setting.settlement != nil }
  }
}

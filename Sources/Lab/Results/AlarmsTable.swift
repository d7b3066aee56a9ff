import WeirAccess
import WeirKernel
import WeirSimulation

/// `alarms.csv`: every alarm over all traffic, where a policy has a layer that raises such.
struct AlarmsTable: RunTable {
  let table: Table<RunRow<AlarmRecord>>

  init(_ study: Study) {
    let layers = LayerNames(study)
    let products = study.scenario.setting.directory.products
    table = Table(
      name: "alarms",
      text:
        "One row for each alarm of each run that was raised before the horizon, measured or not.",
      key: Table<RunRow<AlarmRecord>>.runKey + ["layer", "product", "raised_s"],
      columns: study.runColumns { $0.run } + [
        .text("layer", "The layer that raised it.") { layers[$0.run, $0.value.layer] },
        .text("product", "The product whose traffic was unusual.") {
          products[Int($0.value.alarm.product)]
        },
        .seconds("raised_s", "When it was raised.") { $0.value.alarm.raisedAt.nanoseconds },
        .seconds("ended_s", "When it ended; empty when it was on at the end of the run.") {
          $0.value.alarm.endedAt?.nanoseconds
        },
        .flag("false_alarm", "Whether it was on during no flash crowd of its product.") {
          $0.value.crowdBeganAt == nil
        },
        .seconds(
          "delay_s",
          "The time from the start of the flash crowd to the alarm, none when it was on already;"
            + " empty for a false one."
        ) { row in
          row.value.crowdBeganAt.map { max(0, (row.value.alarm.raisedAt - $0).nanoseconds) }
        },
      ])
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<AlarmRecord>) throws(Failure) -> Void
  ) throws(Failure) {
    for alarm in record.result.alarms { try body(RunRow(run: record.run, value: alarm)) }
  }
}

extension Study {
  /// Whether a policy has a layer that raises alarms.
  var raisesAlarms: Bool {
    points.contains { point in
      point.scenario.policies.contains { $0.layers.contains { $0.layer is any AlarmSource } }
    }
  }
}

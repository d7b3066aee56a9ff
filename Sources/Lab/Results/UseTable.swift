import WeirAccess
import WeirKernel
import WeirSimulation

/// `usage.csv`: what each population used of each product, model and operation, by interval.
struct UseTable: RunTable {
  let table: Table<RunRow<UsageTable.Row>>

  init(_ study: Study) {
    let setting = study.scenario.setting
    let interval = setting.interval.nanoseconds
    let populations = setting.populations.map(\.name)
    let names = setting.directory
    table = Table(
      name: "usage",
      text:
        "One row for each run, interval, population, product, model and operation that was used;"
        + " what was not used has no row.",
      key: Table<RunRow<UsageTable.Row>>.runKey
        + ["interval", "population", "product", "model", "operation"],
      columns: study.runColumns { $0.run } + [
        .integer("interval", "", "The number of the interval, from 0.") {
          Int64($0.value.interval)
        },
        .seconds("start_s", "The start of the interval.") { Int64($0.value.interval) * interval },
        .text("population", "The name of the population.") {
          populations[Int($0.value.population)]
        },
        .text("product", "The product.") { names.products[Int($0.value.product)] },
        .text("model", "The model.") { names.models[Int($0.value.model)] },
        .text("operation", "The operation.") { names.operations[Int($0.value.operation)] },
        .integer("attempts", "attempts", "Attempts, refused ones included.") {
          $0.value.attempts
        },
        .integer("units", "units", "Units of the requests that completed in the interval.") {
          $0.value.units.count
        },
        .integer(
          "active_accounts", "accounts",
          "Accounts whose first attempt of the interval was at this; the sum over a population's rows"
            + " counts each active account once."
        ) { $0.value.activeAccounts },
      ])
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<UsageTable.Row>) throws(Failure) -> Void
  ) throws(Failure) {
    for row in record.result.usage { try body(RunRow(run: record.run, value: row)) }
  }
}

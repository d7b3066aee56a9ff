import WeirAccess
import WeirKernel
import WeirSimulation

/// `latency.csv`: points of the distributions of latency.
struct LatencyTable: RunTable {
  let table: Table<RunRow<LatencyPoint>>

  init(_ study: Study) {
    let names = study.scenario.setting.populations.map(\.name)
    table = Table(
      name: "latency",
      text: "One row for each run, population, latency and probability: points of the distributions"
        + " over measured intents, those not served counted as infinite.",
      key: Table<RunRow<LatencyPoint>>.runKey + ["population", "quantity", "probability"],
      columns: study.runColumns { $0.run } + [
        .text("population", scopeText) { $0.value.scope.name(names) },
        .text("quantity", "queue_wait, time_to_first_token or end_to_end.") {
          $0.value.quantity
        },
        .number("probability", "", "The share of intents at or below the latency.") {
          Double($0.value.millionths) / 1e6
        },
        .seconds("latency_s", "The latency, by nearest rank; empty when it is infinite.") {
          $0.value.value?.nanoseconds
        },
      ])
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<LatencyPoint>) throws(Failure) -> Void
  ) throws(Failure) {
    for point in record.result.latency { try body(RunRow(run: record.run, value: point)) }
  }
}

/// `lorenz.csv`: points of the Lorenz curve of service.
struct LorenzTable: RunTable {
  struct Value {
    let scope: AccountScope
    let place: Int
    let point: Fairness.LorenzPoint
  }

  let table: Table<RunRow<Value>>

  init(_ study: Study) {
    typealias Row = RunRow<Value>
    table = Table(
      name: "lorenz",
      text: "One row for each run and point: the Lorenz curve of served units over accounts with a"
        + " measured intent.",
      key: Table<Row>.runKey + ["population", "point_index"],
      columns: study.runColumns { $0.run } + [
        .text("population", scopeText) { $0.value.scope.name([]) },
        .integer("point_index", "", "The number of the point, from 0.") { Int64($0.value.place) },
        .number("accounts_share", "", "The share of accounts, those served least first.") {
          $0.value.point.population
        },
        .number("service_share", "", "Their share of all served units.") {
          $0.value.point.amount
        },
      ])
  }

  func eachRow<Failure: Error>(
    of record: RunRecord,
    _ body: (RunRow<Value>) throws(Failure) -> Void
  ) throws(Failure) {
    let curves: [(AccountScope, [Fairness.LorenzPoint])] = [
      (.everyone, record.result.lorenz), (.unlabelled, record.result.unlabelledLorenz),
    ]
    for (scope, points) in curves {
      for (place, point) in points.enumerated() {
        try body(
          RunRow(run: record.run, value: Value(scope: scope, place: place, point: point)))
      }
    }
  }
}

/// The text of the column that says whose values a row has.
let scopeText =
  "The population; \(AccountScope.everyoneName) for all of them together,"
  + " \(AccountScope.unlabelledName) for all that are not labelled as abusive, where others are."

/// `accounts.csv`: what each account asked for and got; written on request.
struct AccountsTable: RunTable {
  struct Value {
    let account: Int
    let population: Int
    let result: AccountResult
  }

  let table: Table<RunRow<Value>>
  private let ends: [Int]

  init(_ study: Study) {
    let populations = study.scenario.setting.populations
    let names = populations.map(\.name)
    ends = populations.indices.map { index in
      populations[...index].reduce(0) { $0 + Int($1.accounts) }
    }
    table = Table(
      name: "accounts",
      text: "One row for each run and account: what it asked for and got in measured intents.",
      key: Table<RunRow<Value>>.runKey + ["account"],
      columns: study.runColumns { $0.run } + [
        .integer("account", "", "The number of the account, from 0.") { Int64($0.value.account) },
        .text("population", "Its population.") { names[$0.value.population] },
        .integer("intents", "intents", "Measured intents.") { $0.value.result.intents },
        .integer("completed", "intents", "Those that completed.") { $0.value.result.completed },
        .integer("demanded", "units", "The units that they asked for.") {
          $0.value.result.demanded.count
        },
        .integer("served", "units", "The units that they got.") { $0.value.result.served.count },
        .seconds(
          "starvation_s",
          "The longest time that the account had something open and had nothing completed."
        ) { $0.value.result.starvation.nanoseconds },
      ])
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<Value>) throws(Failure) -> Void
  ) throws(Failure) {
    var population = 0
    for (account, result) in record.result.accounts.enumerated() {
      while account >= ends[population] { population += 1 }
      let value = Value(account: account, population: population, result: result)
      try body(RunRow(run: record.run, value: value))
    }
  }
}

import WeirAccess
import WeirKernel
import WeirSimulation

/// `usage_events.csv`: the first of the three chained streams; written on request.
struct UsageEventsTable: RunTable {
  static let name = "usage_events"

  let table: Table<RunRow<UsageEvent>>

  init(_ study: Study) {
    let names = study.scenario.setting.directory
    table = Table(
      name: Self.name,
      text: "One row for each request of each run that was settled, released or refused by the"
        + " access stack, in the order of time: what it used.",
      key: Table<RunRow<UsageEvent>>.runKey + ["account", "request"],
      columns: study.runColumns { $0.run } + [
        .integer("account", "", "The number of the account, from 0.") { Int64($0.value.account) },
        .integer("request", "", requestText) { Int64($0.value.ordinal) },
        .seconds("at_s", "When it was settled or refused.") { $0.value.at.nanoseconds },
        .text("product", "The product.") { names.products[Int($0.value.product)] },
        .text("model", "The model.") { names.models[Int($0.value.model)] },
        .text("operation", "The operation.") { names.operations[Int($0.value.operation)] },
        .integer("units", "units", "The units used; 0 when it was refused.") {
          $0.value.units.count
        },
      ])
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<UsageEvent>) throws(Failure) -> Void
  ) throws(Failure) {
    for case .usage(let event) in record.result.events?.ledger ?? [] {
      try body(RunRow(run: record.run, value: event))
    }
  }
}

/// `monetization_events.csv`: what of a use is charged to which fund; written on request.
struct MonetizationEventsTable: RunTable {
  static let name = "monetization_events"

  let table: Table<RunRow<MonetizationEvent>>

  init(_ study: Study) {
    let layers = LayerNames(study)
    table = Table(
      name: Self.name,
      text: "One row for each charge of each run, in the order of time: what of a use a fund is"
        + " charged for.",
      key: Table<RunRow<MonetizationEvent>>.runKey + ["account", "request", "layer"],
      columns: study.runColumns { $0.run } + [
        .integer("account", "", "The number of the account that used it.") {
          Int64($0.value.account)
        },
        .integer("request", "", "The request: with account and layer, its idempotency key.") {
          Int64($0.value.ordinal)
        },
        .text("layer", "The fund that is charged.") { layers[$0.run, Int($0.value.layer)] },
        .integer("owner", "", ownerText) { Int64($0.value.owner) },
        .integer("sequence", "", "The number of the charge among those of its balance, from 1.") {
          Int64($0.value.sequence)
        },
        .seconds("at_s", "When the use was settled.") { $0.value.at.nanoseconds },
        .seconds(
          "due_s", "When the balance is to change; empty where that is up to the delivery."
        ) { $0.value.due == .distantFuture ? nil : $0.value.due.nanoseconds },
        .integer("units", "units", "The units charged.") { $0.value.units.count },
        .integer("amount", "", "The charge, in what measure says.") { $0.value.amount.micro },
        .text("measure", measureText) { $0.value.measure.rawValue },
      ])
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<MonetizationEvent>) throws(Failure) -> Void
  ) throws(Failure) {
    for case .monetization(let event) in record.result.events?.ledger ?? [] {
      try body(RunRow(run: record.run, value: event))
    }
  }
}

/// `balance_updates.csv`: every change of every balance; written on request.
struct BalanceUpdatesTable: RunTable {
  static let name = "balance_updates"

  struct Value {
    let number: Int64
    let update: BalanceUpdate
  }

  let table: Table<RunRow<Value>>

  init(_ study: Study) {
    let layers = LayerNames(study)
    table = Table(
      name: Self.name,
      text: "One row for each change of a balance in each run, in the order of their making:"
        + " everything that is bought, given, charged, refunded, advanced, forgiven or expires."
        + " The updates of a balance come to what the fund has; those that come by themselves"
        + " (units that are filled up or expire, debts that are forgiven) are told with the next"
        + " use or at the end of the run, at the time at which they happened.",
      key: Table<RunRow<Value>>.runKey + ["layer", "owner", "update"],
      columns: study.runColumns { $0.run } + [
        .text("layer", "The fund.") { layers[$0.run, Int($0.value.update.layer)] },
        .integer("owner", "", ownerText) { Int64($0.value.update.owner) },
        .integer(
          "update", "",
          "The number of the change among those of its balance, from 1: with layer and owner, its"
            + " idempotency key."
        ) { $0.value.number },
        .text("kind", BalanceUpdate.Kind.allCases.map(\.rawValue).joined(separator: ", ") + ".") {
          $0.value.update.kind.rawValue
        },
        .seconds("at_s", "When the balance changed.") { $0.value.update.at.nanoseconds },
        .integer("account", "", "The account whose request caused it, or that bought.") {
          Int64($0.value.update.account)
        },
        .integer("request", "", "That request, for debits and their refunds.") {
          $0.value.update.ordinal == 0 ? nil : Int64($0.value.update.ordinal)
        },
        .integer(
          "amount", "", "The change, in what measure says; what is taken away is negative."
        ) { $0.value.update.amount.micro },
        .integer("balance", "", "The balance after it, in what measure says.") {
          $0.value.update.balance?.micro
        },
        .text("measure", measureText) { $0.value.update.measure.rawValue },
      ])
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<Value>) throws(Failure) -> Void
  ) throws(Failure) {
    var numbers: [BalanceName: Int64] = [:]
    for case .balanceUpdate(let update) in record.result.events?.ledger ?? [] {
      let number = numbers[BalanceName(update), default: 0] + 1
      numbers[BalanceName(update)] = number
      try body(RunRow(run: record.run, value: Value(number: number, update: update)))
    }
  }

  private struct BalanceName: Hashable {
    let layer: UInt8
    let owner: OwnerIndex

    init(_ update: BalanceUpdate) {
      layer = update.layer
      owner = update.owner
    }
  }
}

private let measureText =
  "What the amount counts: micro-credits, or units where a fund gives units that have no price"
  + " (grants, promotions)."

private let ownerText =
  "The number of the account or organisation that owns the balance, as the fund says, from 0."

import WeirAccess
import WeirSimulation

/// `layers.csv`: what each layer paid and refused, and what the full queue refused.
struct LayersTable: RunTable {
  struct Value {
    let scope: AccountScope
    let name: String
    let type: String?
    let role: String
    let paid: Int64?
    let paidByProduct: [Int64?]
    let refused: [Int64]
  }

  /// The name of the row for the queue of the fleet; no layer can have it.
  static let queueName = "(queue)"

  let table: Table<RunRow<Value>>

  init(_ study: Study) {
    let names = study.scenario.setting.products.map(\.key)
    let products = names.count > 1 ? names : []
    let populations = study.scenario.setting.populations.map(\.name)
    table = Table(
      name: "layers",
      text:
        "One row for each run and layer of its policy, and one for the queue of the fleet, called"
        + " \(Self.queueName): what it paid and refused of measured intents, of everyone and of each"
        + " population where there are several.",
      key: Table<RunRow<Value>>.runKey + ["population", "layer"],
      columns: study.runColumns { $0.run }
        + [
          .text(
            "population",
            "The population; \(AccountScope.everyoneName) for all of them together."
          ) { $0.value.scope.name(populations) },
          .text("layer", "The name of the layer.") { $0.value.name },
          .text("type", "The type of the layer.") { $0.value.type },
          .text("role", "gate, allowance or fund; queue for the queue of the fleet.") {
            $0.value.role
          },
          .integer("paid", "units", "Units of completed intents that it paid in the end.") {
            $0.value.paid
          },
          .integer("refused", "attempts", "Attempts that it refused.") {
            $0.value.refused.reduce(0, +)
          },
        ]
        + products.enumerated().map { place, product in
          .integer(
            "paid_\(product)", "units",
            "Units of completed intents of the product \(product) that it paid in the end."
          ) { $0.value.paidByProduct[place] }
        }
        + Reason.allCases.enumerated().map { place, reason in
          .integer(
            BoundedMetric.LayerColumn.refusedBecause(reason).name, "attempts",
            "Attempts that it refused for the reason \(reason.rawValue)."
          ) { $0.value.refused[place] }
        })
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<Value>) throws(Failure) -> Void
  ) throws(Failure) {
    let result = record.result
    try eachRow(
      of: record, .everyone, result.layers, queueRefusals: result.queueRefusals.reduce(0, +), body)
    guard result.layersByPopulation.count > 1 else { return }
    for (index, tallies) in result.layersByPopulation.enumerated() {
      try eachRow(
        of: record, .population(index), tallies, queueRefusals: result.queueRefusals[index], body)
    }
  }

  private func eachRow<Failure: Error>(
    of record: RunRecord, _ scope: AccountScope, _ tallies: [LayerTally], queueRefusals: Int64,
    _ body: (RunRow<Value>) throws(Failure) -> Void
  ) throws(Failure) {
    let layers = record.study.scenario.policies[record.run.policy].layers
    for (layer, tally) in zip(layers, tallies) {
      let role = layer.layer.role
      let value = Value(
        scope: scope, name: layer.name, type: type(of: layer.layer).typeName, role: role.rawValue,
        paid: role == .gate ? nil : tally.paid.count,
        paidByProduct: tally.paidByProduct.map { role == .gate ? nil : $0.count },
        refused: tally.refused)
      try body(RunRow(run: record.run, value: value))
    }
    let refused = Reason.allCases.map { $0 == .queueFull ? queueRefusals : 0 }
    try body(
      RunRow(
        run: record.run,
        value: Value(
          scope: scope, name: Self.queueName, type: nil, role: "queue", paid: nil,
          paidByProduct: record.study.scenario.setting.products.map { _ in nil },
          refused: refused)))
  }

  /// The name of a case with `_` before what were its capitals.
  static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { text, letter in
      if letter.isUppercase { text += "_" }
      text += letter.lowercased()
    }
  }
}

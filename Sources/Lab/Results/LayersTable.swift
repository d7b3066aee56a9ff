import WeirAccess
import WeirSimulation

/// `layers.csv`: what each layer paid and refused, and what the full queue refused.
struct LayersTable: RunTable {
  struct Value {
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
    table = Table(
      name: "layers",
      text:
        "One row for each run and layer of its policy, and one for the queue of the fleet, called"
        + " \(Self.queueName): what it paid and refused of measured intents.",
      key: Table<RunRow<Value>>.runKey + ["layer"],
      columns: study.runColumns { $0.run }
        + [
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
    let layers = record.study.scenario.policies[record.run.policy].layers
    for (layer, tally) in zip(layers, record.result.layers) {
      let role = layer.layer.role
      let value = Value(
        name: layer.name, type: type(of: layer.layer).typeName, role: role.rawValue,
        paid: role == .gate ? nil : tally.paid.count,
        paidByProduct: tally.paidByProduct.map { role == .gate ? nil : $0.count },
        refused: tally.refused)
      try body(RunRow(run: record.run, value: value))
    }
    let refused = Reason.allCases.map { $0 == .queueFull ? record.result.queueRefusals : 0 }
    try body(
      RunRow(
        run: record.run,
        value: Value(
          name: Self.queueName, type: nil, role: "queue", paid: nil,
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

import WeirAccess
import WeirKernel
import WeirSimulation

/// `decisions.csv`: the decision on every attempt; written on request.
struct DecisionsTable: RunTable {
  struct Value {
    let intent: IntentRecord
    let decision: DecisionRecord
    let shares: String
    let remaining: String
  }

  let table: Table<RunRow<Value>>
  private let layers: LayerNames

  init(_ study: Study) {
    let layers = LayerNames(study)
    self.layers = layers
    table = Table(
      name: "decisions",
      text: "One row for each attempt of each run, in the order of time, measured or not: what was"
        + " asked and what was decided.",
      key: Table<RunRow<Value>>.runKey + ["account", "request"],
      columns: study.runColumns { $0.run } + Self.asked(study) + [
        .text("outcome", "admit, hold, downgrade or deny.") {
          $0.value.decision.outcome.rawValue
        },
        .integer("granted", "units", "The units granted.") { $0.value.decision.granted.count },
        .text(
          "shares",
          "What each layer pays, as layer:units joined by ;. In a denial it is what allowances count"
            + " all the same."
        ) { $0.value.shares },
        .text(
          "refused_by",
          "The layer that refused, or did not pay all; \(LayersTable.queueName) for the queue."
        ) { row in
          row.value.decision.refusal.map { _ in
            row.value.decision.refusedBy.map { layers[row.run, $0] } ?? LayersTable.queueName
          }
        },
        .text("reason", "Why; empty when nothing stood in the way.") {
          $0.value.decision.refusal?.reason.rawValue
        },
        .seconds(
          "retry_after_s",
          "The wait after which it would pass; empty when waiting alone does not help."
        ) { $0.value.decision.refusal?.retryAfter?.nanoseconds },
        .text("held_by", "The layer that keeps it longest; empty unless it is held.") { row in
          row.value.decision.heldBy.map { layers[row.run, $0] }
        },
        .seconds("hold_s", "How long it is kept before it goes to the fleet.") {
          $0.value.decision.heldBy == nil ? nil : $0.value.decision.delay.nanoseconds
        },
        .text(
          "remaining",
          "What each layer had left for the account after the decision, as layer:units joined by ;."
            + " Layers that show nothing or have no bound are left out."
        ) { $0.value.remaining },
      ])
  }

  /// The columns of what was asked, by whom and when.
  private static func asked(_ study: Study) -> [TableColumn<RunRow<Value>>] {
    let populations = study.scenario.setting.populations.map(\.name)
    let names = study.scenario.setting.directory
    return [
      .integer("account", "", "The number of the account, from 0.") {
        Int64($0.value.intent.account)
      },
      .integer("request", "", requestText) { Int64($0.value.decision.ordinal) },
      .seconds("at_s", "When it was decided.") { $0.value.decision.at.nanoseconds },
      .text("population", "The population of the account.") {
        populations[Int($0.value.intent.population)]
      },
      .integer("session", "", "The number of the session among those of its account, from 0.") {
        Int64($0.value.intent.session)
      },
      .integer("turn", "", "The turn within the session, from 0.") {
        Int64($0.value.intent.turn)
      },
      .integer("call", "", "The call within the turn, from 0: with the session, the intent.") {
        Int64($0.value.intent.call)
      },
      .integer("attempt", "", "Which try at the intent it is, from 0.") {
        Int64($0.value.decision.attempt)
      },
      .flag("measured", "Whether the intent counts in the metrics.") {
        $0.value.intent.isMeasured
      },
      .text("product", "The product.") { names.products[Int($0.value.intent.product)] },
      .text("model", "The model.") { names.models[Int($0.value.intent.model)] },
      .text("operation", "The operation.") {
        names.operations[Int($0.value.intent.demand.operation)]
      },
      .integer("estimate", "units", "The cost that the stack was asked for.") {
        $0.value.intent.estimate.count
      },
    ]
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<Value>) throws(Failure) -> Void
  ) throws(Failure) {
    guard let events = record.result.events else { return }
    for (index, decision) in events.decisions.enumerated() {
      let shares = zip(events.payers, events.shares(ofDecision: index)).filter { $0.1 > .zero }
      let remaining = events.remaining(afterDecision: index).enumerated()
      let value = Value(
        intent: events.intents[decision.intent], decision: decision,
        shares: layers.list(shares.map { ($0, $1) }, record.run),
        remaining: layers.list(
          remaining.compactMap { layer, left in left.map { (layer, $0) } }, record.run))
      try body(RunRow(run: record.run, value: value))
    }
  }
}

/// What tells the requests of an account apart.
let requestText =
  "The number of the request among those of its account, from 1: with the account, its idempotency"
  + " key."

/// The names of the layers of each policy.
struct LayerNames: Sendable {
  private let names: [[String]]

  init(_ study: Study) {
    names = study.scenario.policies.map { $0.layers.map(\.name) }
  }

  /// The name of layer number `layer` of the policy of `run`.
  subscript(run: Run, layer: Int) -> String { names[run.policy][layer] }

  /// Units by layer as one text: `layer:units` joined by `;`.
  func list(_ entries: [(layer: Int, units: Units)], _ run: Run) -> String {
    entries.map { "\(self[run, $0.layer]):\($0.units.count)" }.joined(separator: ";")
  }
}

import WeirAccess
import WeirSimulation

/// `runs.csv`: every scalar metric of every run.
///
/// Its columns depend on the layers of all policies, so that rows are made when the study is put
/// together.
struct RunsTable: Sendable {
  /// A run with what was measured, in the study narrowed to its point.
  struct Row {
    let study: Study
    let run: Run
    let measures: RunMeasures
  }

  let table: Table<Row>

  init(_ study: Study) {
    let names = study.layerNames
    // Units of different products do not add up.
    let several =
      study.scenario.setting.products.count > 1 ? ", as the mean of the products' shares" : ""
    table = Table(
      name: "runs", text: "One row for each run: every scalar metric.", key: Table<Row>.runKey,
      columns: study.runColumns { $0.run }
        + [
          study.seedColumn(),
          .flag("saturated", saturatedText) { $0.measures.isSaturated },
        ] + Metric.allCases.map { $0.tableColumn { $0.measures.metrics } }
        + names.map { name in
          .number(
            BoundedMetric.paidShare(layer: name).name, "",
            "Units of completed measured intents that the layer \(name) paid / units that all layers"
              + " paid\(several); empty under policies without the layer."
          ) { $0.paidShare(ofLayer: name) }
        })
  }
}

extension RunsTable.Row {
  fileprivate func paidShare(ofLayer name: String) -> Double? {
    let layers = study.scenario.policies[run.policy].layers
    guard let index = layers.firstIndex(where: { $0.name == name }) else { return nil }
    return measures.paidShares[index]
  }
}

extension Study {
  /// The names of the layers of all policies at all points, in the order of first appearance.
  public var layerNames: [String] {
    var names: [String] = []
    for policy in points.flatMap(\.scenario.policies) {
      for layer in policy.layers where !names.contains(layer.name) { names.append(layer.name) }
    }
    return names
  }
}

/// `populations.csv`: every scalar metric of every population in every run.
struct PopulationsTable: RunTable {
  struct Value {
    let population: String
    let plan: String?
    let isSaturated: Bool
    let metrics: MetricRow
  }

  let table: Table<RunRow<Value>>
  private let plans: [String]

  init(_ study: Study) {
    let setting = study.scenario.setting
    plans = setting.populations.map { $0.plan ?? setting.plans.first?.key ?? "" }
    table = Table(
      name: "populations",
      text: "One row for each run and population: every metric that a population has by itself."
        + " Where some are labelled as abusive, the others come first, taken together.",
      key: Table<RunRow<Value>>.runKey + ["population"],
      columns: study.runColumns { $0.run }
        + [
          study.seedColumn(),
          .flag("saturated", saturatedText) { $0.value.isSaturated },
          .text(
            "population",
            "The name of the population; \(AccountScope.unlabelledName) for all that are not labelled"
              + " as abusive, merged exactly."
          ) { $0.value.population },
          .text("plan", "The plan that its accounts are on; empty for several populations.") {
            $0.value.plan
          },
        ] + Metric.allCases.map { $0.tableColumn { $0.value.metrics } })
  }

  func eachRow<Failure: Error>(
    of record: RunRecord, _ body: (RunRow<Value>) throws(Failure) -> Void
  ) throws(Failure) {
    let populations = record.study.scenario.setting.populations
    if let unlabelled = record.result.unlabelled {
      try body(
        RunRow(
          run: record.run,
          value: Value(
            population: AccountScope.unlabelledName, plan: nil,
            isSaturated: record.result.isSaturated, metrics: unlabelled)))
    }
    for (index, metrics) in record.result.populations.enumerated() {
      try body(
        RunRow(
          run: record.run,
          value: Value(
            population: populations[index].name, plan: plans[index],
            isSaturated: record.result.isSaturated, metrics: metrics)))
    }
  }
}

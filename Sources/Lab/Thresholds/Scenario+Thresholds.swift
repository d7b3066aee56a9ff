import WeirAccess
import WeirFormats
import WeirSimulation

/// What thresholds may name: the policies, populations, layers and products of their scenario.
extension Scenario {
  func checkThresholds(_ fields: Fields) {
    for (index, threshold) in thresholds.enumerated() {
      let path = "thresholds/\(index)"
      fields.check(
        !thresholds[..<index].contains { $0.id == threshold.id }, at: path + "/id",
        expected: "an id that no other threshold has, not \"\(threshold.id)\" again")
      if let policy = threshold.policy {
        Self.known(
          policy, among: policies.map(\.name), "policy", at: path + "/where/policy", fields)
      }
      if let other = threshold.versus {
        Self.known(other, among: policies.map(\.name), "policy", at: path + "/versus", fields)
        fields.check(
          other != threshold.policy, at: path + "/versus",
          expected: "another policy than the threshold is asserted of, not \"\(other)\"")
      }
      if let layer = threshold.layer {
        Self.known(
          layer, among: layerNames(of: threshold) + [LayersTable.queueName], "layer",
          at: path + "/where/layer", fields)
      }
      checkMetric(of: threshold, at: path, fields)
      guard let population = threshold.population else { continue }
      Self.known(
        population,
        among: setting.populations.map(\.name)
          + (headline == .unlabelled ? [AccountScope.unlabelledName] : []), "population",
        at: path + "/where/population", fields)
      fields.check(
        threshold.metric.isByPopulation, at: path + "/metric",
        expected: "a metric that populations have, which \"\(threshold.metric.name)\" is not")
    }
  }

  private func checkMetric(of threshold: Threshold, at path: String, _ fields: Fields) {
    let (metric, layers) = (threshold.metric, layerNames(of: threshold))
    let shares = layers.map { BoundedMetric.paidShare(layer: $0) }
    func nearest() -> String? {
      nearestName(
        metric.name, in: BoundedMetric.commonNames + (shares.map(\.name) + productColumns))
    }
    switch metric {
    case .metric, .saturated:
      fields.check(
        threshold.layer == nil, at: path + "/metric",
        expected: "a column of layers.csv, since a layer is named",
        suggestion: nearestName(
          metric.name, in: BoundedMetric.LayerColumn.common.map(\.name) + productColumns))
    case .paidShare(let layer):
      fields.check(
        layers.contains(layer), at: path + "/metric",
        expected: "the share of a layer: "
          + shares.map { JSONWriter.quoted($0.name) }.joined(separator: ", "), suggestion: nearest()
      )
    case .layer(_, let column):
      let isKnown =
        BoundedMetric.LayerColumn.common.contains(column)
        || productColumns.contains(column.name)
      fields.check(
        isKnown, at: path + "/metric", expected: "a column of runs.csv or layers.csv",
        suggestion: nearest())
      fields.check(
        !isKnown || threshold.layer != nil, at: path + "/metric",
        expected:
          "\"layer\" in \"where\" beside it, since \"\(metric.name)\" is a column of layers.csv")
    }
    checkOther(of: threshold, at: path, fields)
  }

  /// A change in what a layer did is one from a policy that has the layer too.
  private func checkOther(of threshold: Threshold, at path: String, _ fields: Fields) {
    guard let layer = threshold.metric.layer, layer != LayersTable.queueName,
      let name = threshold.other(baseline: baseline),
      let other = policies.first(where: { $0.name == name })
    else { return }
    fields.check(
      other.layers.contains { $0.name == layer },
      at: path + (threshold.versus == nil ? "/assert" : "/versus"),
      expected: "a change from a policy with the layer \"\(layer)\", which \"\(name)\" has not")
  }

  /// The layers of the policies that a threshold is asserted of, in the order of appearance.
  private func layerNames(of threshold: Threshold) -> [String] {
    var names: [String] = []
    for policy in policies where threshold.policy ?? policy.name == policy.name {
      for layer in policy.layers where !names.contains(layer.name) { names.append(layer.name) }
    }
    return names
  }

  /// The columns of `layers.csv` that are there when several products are.
  private var productColumns: [String] {
    let products = setting.products.map(\.key)
    return products.count > 1
      ? products.map { BoundedMetric.LayerColumn.paidFor(product: $0).name } : []
  }
}

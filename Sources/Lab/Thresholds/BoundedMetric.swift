public import WeirAccess
public import WeirSimulation

/// What a threshold bounds: a number that a column of `runs.csv` or of `layers.csv` holds.
public enum BoundedMetric: Sendable, Hashable {
  /// A metric of runs, which populations may have by themselves.
  case metric(Metric)
  /// Whether the backlog grew without end: 1, otherwise 0.
  case saturated
  /// The share of all paid units that a layer paid: a column of `runs.csv`.
  case paidShare(layer: String)
  /// What a layer, or the queue of the fleet, paid or refused: a column of `layers.csv`.
  case layer(String, LayerColumn)

  /// A column of `layers.csv`.
  public enum LayerColumn: Sendable, Hashable {
    /// The units that the layer paid.
    case paid
    /// The units of a product that the layer paid.
    case paidFor(product: String)
    /// The attempts that the layer refused.
    case refused
    /// The attempts that the layer refused for a reason.
    case refusedBecause(Reason)
  }

  /// The metric called `name`; of `layer`, where one is named and the metric is one of layers.
  ///
  /// `nil` for what no scenario can have. Whether there is such a layer or product is for the
  /// scenario to say.
  init?(_ name: String, layer: String?) {
    if let metric = Metric(rawValue: name) {
      self = .metric(metric)
    } else if name == Self.saturatedName {
      self = .saturated
    } else if layer == nil, name.hasPrefix(Self.sharePrefix) {
      self = .paidShare(layer: String(name.dropFirst(Self.sharePrefix.count)))
    } else if let column = LayerColumn(name) {
      self = .layer(layer ?? "", column)
    } else {
      return nil
    }
  }

  /// The name of the column.
  public var name: String {
    switch self {
    case .metric(let metric): metric.name
    case .saturated: Self.saturatedName
    case .paidShare(let layer): Self.sharePrefix + layer
    case .layer(_, let column): column.name
    }
  }

  /// The layer that it is about; `nil` for what is about runs.
  public var layer: String? {
    switch self {
    case .metric, .saturated: nil
    case .paidShare(let layer), .layer(let layer, _): layer
    }
  }

  /// Whether a population has it by itself.
  var isByPopulation: Bool {
    if case .metric(let metric) = self { metric.definition.isByPopulation } else { false }
  }

  /// Whether it is a column of `layers.csv`, of which the layer has to be named.
  var isLayerColumn: Bool {
    if case .layer = self { true } else { false }
  }

  static let saturatedName = "saturated"
  /// What the names of the columns of paid shares begin with.
  public static let sharePrefix = "paid_share_"

  /// The names that every scenario has.
  static let commonNames =
    Metric.allCases.map(\.name) + [saturatedName]
    + LayerColumn.common.map(\.name)
}

extension BoundedMetric.LayerColumn {
  /// The columns that every scenario has.
  static let common: [Self] = [.paid, .refused] + Reason.allCases.map { .refusedBecause($0) }

  /// The column called `name`.
  init?(_ name: String) {
    if let column = Self.common.first(where: { $0.name == name }) {
      self = column
    } else if name.hasPrefix(Self.paidPrefix), name != Self.paidPrefix {
      self = .paidFor(product: String(name.dropFirst(Self.paidPrefix.count)))
    } else {
      return nil
    }
  }

  /// The name of the column.
  public var name: String {
    switch self {
    case .paid: "paid"
    case .paidFor(let product): Self.paidPrefix + product
    case .refused: "refused"
    case .refusedBecause(let reason): "refused_" + LayersTable.snakeCase(reason.rawValue)
    }
  }

  private static let paidPrefix = "paid_"
}

extension StudySummary {
  /// The value of `metric` in each complete replication, over all accounts or some of them.
  ///
  /// Undefined under a policy without the layer, and for what a gate or the queue paid.
  public func values(
    of metric: BoundedMetric, policy: Int, point: Int = 0, scope: AccountScope = .everyone
  ) -> [Double?] {
    switch metric {
    case .metric(let metric):
      return values(of: metric, policy: policy, point: point, scope: scope)
    case .saturated:
      return measures(policy: policy, point: point).map { $0.isSaturated ? 1 : 0 }
    case .paidShare(let name):
      let layer = layer(name, policy: policy, point: point)
      return measures(policy: policy, point: point).map { run in
        layer.flatMap { run.paidShares[$0] }
      }
    case .layer(LayersTable.queueName, let column):
      return measures(policy: policy, point: point).map { column.valueOfQueue($0) }
    case .layer(let name, let column):
      let layer = layer(name, policy: policy, point: point)
      return measures(policy: policy, point: point).map { run in
        layer.flatMap { value(of: column, ofLayer: $0, run, policy: policy, point: point) }
      }
    }
  }

  /// The place of a layer in the stack of a policy at a point.
  func layer(_ name: String, policy: Int, point: Int) -> Int? {
    study.points[point].scenario.policies[policy].layers.firstIndex { $0.name == name }
  }

  private func value(
    of column: BoundedMetric.LayerColumn, ofLayer layer: Int, _ run: RunMeasures, policy: Int,
    point: Int
  ) -> Double? {
    let scenario = study.points[point].scenario
    let tally = run.layers[layer]
    let pays = scenario.policies[policy].layers[layer].layer.role != .gate
    switch column {
    case .paid: return pays ? Double(tally.paid.count) : nil
    case .paidFor(let name):
      let product = scenario.setting.products.firstIndex { $0.key == name }
      return product.flatMap { pays ? Double(tally.paidByProduct[$0].count) : nil }
    case .refused: return Double(tally.refused.reduce(0, +))
    case .refusedBecause(let reason):
      return Reason.allCases.firstIndex(of: reason).map { Double(tally.refused[$0]) }
    }
  }
}

extension BoundedMetric.LayerColumn {
  /// What the queue of the fleet refused, which has one reason to, and pays nothing.
  fileprivate func valueOfQueue(_ run: RunMeasures) -> Double? {
    switch self {
    case .paid, .paidFor: nil
    case .refused, .refusedBecause(.queueFull): Double(run.queueRefusals)
    case .refusedBecause: 0
    }
  }
}

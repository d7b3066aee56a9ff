public import WeirFormats
import WeirSimulation

/// A bound on a metric that a scenario asserts.
public struct Threshold: Declared, Sendable {
  /// The name of the threshold in results and reports.
  public var id: String
  /// What is bounded.
  public var metric: BoundedMetric
  /// The policy that it is asserted of; every policy when `nil`.
  public var policy: String?
  /// The population that it is asserted of; all of them together when `nil`.
  public var population: String?
  /// The layer whose column of `layers.csv` is bounded; `nil` for what `runs.csv` has.
  public var layer: String?
  /// The points of a sweep that it is asserted at.
  var points: PointScope
  /// The policy that it is a change from; the baseline for a bound that needs one, when `nil`.
  public var versus: String?
  /// The bound as it was written, such as `<= 30`.
  public var bound: String
  /// The bound, the number that is held against it, and what no data means.
  public var rule: ThresholdRule

  /// Reads the threshold.
  public init(_ fields: Fields) {
    id = fields.required("id", .name, "The name of the threshold in results and reports.")
    let name = fields.required(
      "metric",
      .text(among: BoundedMetric.commonNames, or: { BoundedMetric($0, layer: nil) != nil }),
      "What is bounded: a column of runs.csv, or of layers.csv when \"where\" names a layer.")
    let scope = fields.group(
      "where", ThresholdScope.self, "What the threshold is asserted of; every policy.")
    policy = scope.policy
    population = scope.population
    layer = scope.layer
    metric = BoundedMetric(name, layer: scope.layer) ?? .saturated
    points = scope.points
    versus = fields.optional(
      "versus", .name,
      "The policy that the value is a change from, pair by pair; the baseline where a bound needs"
        + " one.")
    let written = fields.required(
      "assert", .bound,
      "The bound, such as \"<= 30\" or \">= 0.9\"; in per cent it is a change from the baseline.")
    let subject = fields.value(
      "on", .choice(ThresholdRule.Subject.self), default: .mean,
      "The number over the replications that is held against the bound.")
    let allowsEmpty = fields.value(
      "allowEmpty", .flag, default: false,
      "Whether having no data passes, and undefined replications are left out.")
    bound = written.text
    rule = ThresholdRule(written.assertion, on: subject, allowsEmpty: allowsEmpty)
  }

  /// What is bounded, in words: the column, and the layer where the column does not name it.
  public var metricText: String {
    metric.isLayerColumn ? "\(metric.name) of layer \(metric.layer ?? "")" : metric.name
  }

  /// Whether the threshold is about a change from another policy.
  public var needsBaseline: Bool {
    versus != nil || rule.assertion.isRelative || rule.subject.needsBaseline
  }

  /// The policy that it is a change from; `nil` where it is about the policy by itself.
  public func other(baseline: String) -> String? {
    needsBaseline ? versus ?? baseline : nil
  }
}

/// What a threshold is asserted of.
struct ThresholdScope: Declared {
  let policy: String?
  let population: String?
  let layer: String?
  let points: PointScope

  init(_ fields: Fields) {
    policy = fields.optional("policy", .name, "The policy; every one.")
    population = fields.optional(
      "population", .text(count: 1...64),
      "The population, or \(AccountScope.unlabelledName) for all that are not labelled as abusive; all of them together."
    )
    layer = fields.optional(
      "layer", .text(count: 1...64),
      "The layer whose column of layers.csv is bounded; \(LayersTable.queueName) for the queue of the"
        + " fleet.")
    let point = fields.optional(
      "point", .text(count: 1...64), "The point of a sweep, by its name; every one.")
    let conditions = fields.value(
      "at", .list(of: .sweepFilter), default: [],
      "What the points satisfy, such as \"/fleet/0/servers >= 40\"; every one.")
    points = PointScope(name: point, conditions: conditions)
  }
}

/// A bound and its text.
struct WrittenBound: Sendable {
  let text: String
  let assertion: Assertion
}

extension ValueKind where Value == WrittenBound {
  /// A comparison and a number, such as `<= 30` or `>= -2%`.
  static var bound: ValueKind {
    ValueKind<String>.text(count: 1...100).converted(
      "a comparison and a number, such as \"<= 30\" or \">= -2%\"",
      placeholder: WrittenBound(text: "<= 0", assertion: Assertion(.lessOrEqual, 0)),
      { text in Assertion(parsing: text).map { WrittenBound(text: text, assertion: $0) } },
      back: { $0.text })
  }
}

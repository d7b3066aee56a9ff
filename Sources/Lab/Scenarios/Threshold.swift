public import WeirFormats
public import WeirSimulation

/// A bound on a metric that a scenario asserts.
public struct Threshold: Declared, Sendable {
  /// The name of the threshold in results and reports.
  public var id: String
  /// The metric that is bounded.
  public var metric: Metric
  /// The policy that it is asserted of; every policy when `nil`.
  public var policy: String?
  /// The population that it is asserted of; all of them together when `nil`.
  public var population: String?
  /// The bound as it was written, such as `<= 30`.
  public var bound: String
  /// The bound, the number that is held against it, and what no data means.
  public var rule: ThresholdRule

  /// Reads the threshold.
  public init(_ fields: Fields) {
    id = fields.required("id", .name, "The name of the threshold in results and reports.")
    metric = fields.required("metric", .choice(Metric.self), "The metric that is bounded.")
    let scope = fields.group(
      "where", ThresholdScope.self, "What the threshold is asserted of; every policy.")
    policy = scope.policy
    population = scope.population
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

  /// Whether the threshold is about a change from the baseline.
  public var needsBaseline: Bool { rule.assertion.isRelative || rule.subject.needsBaseline }
}

/// What a threshold is asserted of.
struct ThresholdScope: Declared {
  let policy: String?
  let population: String?

  init(_ fields: Fields) {
    policy = fields.optional("policy", .name, "The policy; every one.")
    population = fields.optional("population", .name, "The population; all of them together.")
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

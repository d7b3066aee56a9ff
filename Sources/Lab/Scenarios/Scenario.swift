import WeirAccess
public import WeirFormats
public import WeirSimulation

/// One scenario file: a world, the policies to compare in it, and what is asked of them.
public struct Scenario: Declared, Sendable {
  /// The name of the study, and of the folder of its results.
  public var name: String
  /// What the scenario asks, in a few sentences.
  public var description: String
  /// The root of all random samples.
  public var seed: UInt64
  /// The number of random worlds in which each policy is run.
  public var replications: Int64
  /// The world.
  public var setting: Setting
  /// The policies, the first the baseline unless another is named.
  public var policies: [Policy]
  /// The name of the policy that the others are compared with.
  public var baseline: String
  /// The metric that decides which policy is better.
  public var primaryMetric: Metric
  /// The smallest difference of the primary metric that matters, in its unit.
  public var smallestDifference: Double?
  /// Bounds on metrics that a regression test asserts.
  public var thresholds: [Threshold]
  /// What is varied over the points of the study; nothing when `nil`.
  public var sweep: Sweep?

  /// Reads the scenario.
  public init(_ fields: Fields) {
    _ = fields.optional(
      "extends",
      .either(
        ValueKind<String>.text(count: 1...4096).map { [$0] },
        .list(of: .text(count: 1...4096), count: 1...100)),
      "A scenario file, or several, relative to this one, whose fields hold where this one has none: a later one before an earlier one."
    )
    name = fields.required("name", .name, "The name of the study and of its results' folder.")
    description = fields.value(
      "description", .text, default: "", "What the scenario asks, in a few sentences.")
    seed = fields.value(
      "seed", .seed, default: 1,
      "The root of all random samples, below 2^64; the digits may stand as text.")
    replications = fields.value(
      "replications", .integer(in: 1...100_000), default: 20,
      "The number of random worlds in which each policy is run.")
    setting = Setting(fields)
    policies = fields.required(
      "policies", .list(of: .object(Policy.self), count: 1...1000), "The policies to compare.")
    setting.replacementModels = policies.flatMap(\.downgrades).compactMap(\.downgrade.model)
    let baseline = fields.optional(
      "baseline", .name, "The policy that the others are compared with; the first.")
    self.baseline = baseline ?? policies.first?.name ?? ""
    primaryMetric = fields.value(
      "primaryMetric", .choice(Metric.self), default: .endToEndP95,
      "The metric that decides which policy is better.")
    smallestDifference = fields.optional(
      "smallestDifference", .number(above: 0),
      "The smallest difference of the primary metric that matters, in its unit; any.")
    thresholds = fields.value(
      "thresholds", .list(of: .object(Threshold.self)), default: [],
      "Bounds on metrics; a run that breaks one ends with exit code 99.")
    sweep = fields.optional(
      "sweep", .object(Sweep.self),
      "What is varied: every combination of values is a point of the study; nothing.")
    checkNames(fields)
  }

  private func checkNames(_ fields: Fields) {
    let names = policies.map(\.name)
    for (index, name) in names.enumerated() {
      fields.check(
        !names[..<index].contains(name), at: "policies/\(index)/name",
        expected: "a name that no other policy has, not \"\(name)\" again")
    }
    Self.known(baseline, among: names, "policy", at: "baseline", fields)
    checkThresholds(fields)
    checkLayers(fields)
  }

  /// The plans, products and operations that layers name must be those of the scenario.
  private func checkLayers(_ fields: Fields) {
    let plans = setting.plans.map(\.key)
    let products = setting.products.map(\.key)
    let models = setting.models
    let operations = setting.operationNames
    for policy in policies {
      for layer in policy.layers + policy.changes.map(\.namedLayer) {
        let unknown = layer.unknownNames(
          plans: plans, products: products, models: models, operations: operations)
        for issue in unknown { fields.record(issue) }
      }
    }
    for (index, policy) in policies.enumerated() {
      for (place, entry) in policy.downgrades.enumerated() {
        let unknown = entry.downgrade.unknownNames(products: products)
        for issue in unknown { fields.record(issue) }
        fields.check(
          !unknown.isEmpty || setting.serves(entry.downgrade.replacement.value),
          at: "policies/\(index)/downgrades/\(place)/to",
          expected: "a product that some pool of the fleet serves")
      }
    }
  }

  /// Records an issue unless `name` is among `names`, which are names of a `what`.
  static func known(
    _ name: String, among names: [String], _ what: String, at path: String, _ fields: Fields
  ) {
    let listed = names.map { "\"\($0)\"" }.joined(separator: ", ")
    fields.check(
      names.contains(name), at: path, expected: "the name of a \(what): \(listed)",
      suggestion: nearestName(name, in: names))
  }
}

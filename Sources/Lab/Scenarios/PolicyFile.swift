public import WeirAccess
public import WeirFormats
import WeirSimulation

/// A policy of a file with its name, as a designer tries it without a world.
public struct NamedPolicy: Sendable {
  /// The name of the policy.
  public let name: String
  /// What `weir decide` drives.
  public let policy: DrivenPolicy
}

/// A file with policies, plans and products: a scenario, or one policy with its layers alone.
public struct PolicyFile: Sendable {
  /// The policies, in the order of the file.
  public let policies: [NamedPolicy]

  /// Reads the file at `path`.
  ///
  /// - Throws: ``ScenarioFailure``, with all issues at once.
  public init(
    _ path: String, extensions: Extensions = Extensions(), reader: FileReader = .disk
  ) throws(ScenarioFailure) {
    var expansion = ScenarioExpansion(reader: reader)
    let document = try expansion.document(at: path)
    guard let document, expansion.issues.isEmpty else { throw .invalid(expansion.issues) }
    if document["policies"] != nil {
      let file = try ScenarioFile(path, extensions: extensions, reader: reader)
      let objects = file.document["policies"]?.elements ?? []
      let scenario = file.scenario
      policies = zip(scenario.policies, objects).map { policy, object in
        var driven = DrivenPolicy(
          layers: policy.layers, written: WrittenLayers(of: object, extensions: extensions),
          onShortfall: policy.onShortfall, changes: policy.changes,
          onPlanChange: policy.onPlanChange, plans: scenario.setting.directory.plans,
          products: scenario.setting.products.map(\.key), models: scenario.setting.models)
        driven.downgrades = policy.downgrades.map(\.downgrade)
        return NamedPolicy(name: policy.name, policy: driven)
      }
      return
    }
    let reading = LonePolicy.read(from: document, extensions: extensions)
    guard reading.issues.isEmpty else { throw .invalid(reading.issues) }
    var policy = reading.value.policy
    policy.written = WrittenLayers(of: document, extensions: extensions)
    policies = [NamedPolicy(name: reading.value.name, policy: policy)]
  }

  /// The policy called `name`; the first without a name.
  public func policy(named name: String?) throws(ScenarioIssue) -> NamedPolicy {
    guard let name else { return policies[0] }
    if let policy = policies.first(where: { $0.name == name }) { return policy }
    throw .unknownName(
      name, known: policies.map(\.name), pointer: JSONPointer(["policies"]),
      position: SourcePosition(file: SourceFile(name: "--policy-name", text: name), offset: 0))
  }
}

/// The content of a file with one policy.
private struct LonePolicy: Declared {
  static let declaredName = "Policy file"

  let name: String
  let policy: DrivenPolicy

  init(_ fields: Fields) {
    name = fields.value("name", .name, default: "policy", "The name of the policy.")
    let layers = fields.required(
      "layers", .list(of: .variant(fields.registry(Catalogue.layers))),
      "The layers of the access stack, in the order of the waterfall.")
    let onShortfall = fields.value(
      "onShortfall", .choice(Shortfall.self), default: .rollback,
      "What happens to a request that nobody pays in full.")
    let changes = fields.value(
      "changes", .list(of: .object(LayerChange.self)), default: [],
      "Layers that are replaced at a time of the run; none.")
    let onPlanChange = fields.inheritance(
      "onPlanChange", default: .additive,
      "What becomes of what an account has used when it changes its plan.")
    for (index, change) in changes.enumerated() {
      change.check(fields, at: "changes/\(index)", among: layers)
    }
    let downgrades =
      fields.optional(
        "downgrades", .list(of: .object(PolicyDowngrade.self)),
        "Products that are given in the place of others that are used up; none.") ?? []
    let plans = fields.value(
      "plans", .map(of: .object(Plan.self)), whenAbsent: ["default": .object([])],
      "What accounts can subscribe to, by name.")
    let products = fields.value(
      "products", .list(of: .productName), whenAbsent: ["requests"], "The names of the products.")
    var models = fields.value(
      "models", .list(of: .name), default: ["default"],
      "The names of the models, besides those that downgrades give.")
    for model in downgrades.compactMap(\.downgrade.model) where !models.contains(model) {
      models.append(model)
    }
    for layer in layers + changes.map(\.namedLayer) {
      let unknown = layer.unknownNames(
        plans: plans.map(\.key), products: products, models: models, operations: nil)
      for issue in unknown { fields.record(issue) }
    }
    for issue in downgrades.flatMap({ $0.downgrade.unknownNames(products: products) }) {
      fields.record(issue)
    }
    var policy = DrivenPolicy(
      layers: layers, onShortfall: onShortfall, changes: changes, onPlanChange: onPlanChange,
      plans: plans.map { entry in
        var plan = entry.value
        plan.name = entry.key
        return plan
      }, products: products, models: models)
    policy.downgrades = downgrades.map(\.downgrade)
    self.policy = policy
  }
}

public import WeirAccess
public import WeirFormats
import WeirSimulation

/// A policy by itself, as a designer tries it without a world: `weir decide` drives it.
public struct NamedPolicy: Sendable {
  /// The name of the policy.
  public let name: String
  /// The layers of its stack, in the order of the waterfall.
  public let layers: [NamedLayer]
  /// What happens to a request whose cost nobody pays in full.
  public let onShortfall: Shortfall
}

/// A file with policies, plans and products: a scenario, or one policy with its layers alone.
public struct PolicyFile: Sendable {
  /// The policies, in the order of the file.
  public let policies: [NamedPolicy]
  /// The plans that accounts can be on.
  public let plans: [Plan]
  /// The names of the products.
  public let products: [String]
  private let path: String

  /// Reads the file at `path`.
  ///
  /// - Throws: ``ScenarioFailure``, with all issues at once.
  public init(
    _ path: String, extensions: Extensions = Extensions(), reader: FileReader = .disk
  ) throws(ScenarioFailure) {
    self.path = path
    var expansion = ScenarioExpansion(reader: reader)
    let document = try expansion.document(at: path)
    guard let document, expansion.issues.isEmpty else { throw .invalid(expansion.issues) }
    if document["policies"] != nil {
      let scenario = try ScenarioFile(path, extensions: extensions, reader: reader).scenario
      policies = scenario.policies.map {
        NamedPolicy(name: $0.name, layers: $0.layers, onShortfall: $0.onShortfall)
      }
      plans = scenario.setting.directory.plans
      products = scenario.setting.products.map(\.key)
      return
    }
    let reading = LonePolicy.read(from: document, extensions: extensions)
    guard reading.issues.isEmpty else { throw .invalid(reading.issues) }
    policies = [reading.value.policy]
    plans = reading.value.plans
    products = reading.value.products
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

  let policy: NamedPolicy
  let plans: [Plan]
  let products: [String]

  init(_ fields: Fields) {
    let name = fields.value("name", .name, default: "policy", "The name of the policy.")
    let layers = fields.required(
      "layers", .list(of: .variant(fields.registry(Catalogue.layers))),
      "The layers of the access stack, in the order of the waterfall.")
    let onShortfall = fields.value(
      "onShortfall", .choice(Shortfall.self), default: .rollback,
      "What happens to a request that nobody pays in full.")
    policy = NamedPolicy(name: name, layers: layers, onShortfall: onShortfall)
    let plans = fields.value(
      "plans", .map(of: .object(Plan.self)), whenAbsent: ["default": .object([])],
      "What accounts can subscribe to, by name.")
    self.plans = plans.map { entry in
      var plan = entry.value
      plan.name = entry.key
      return plan
    }
    products = fields.value(
      "products", .list(of: .productName), whenAbsent: ["requests"], "The names of the products.")
    for layer in layers {
      let issues =
        layer.layer.planNames.compactMap { $0.unknownName(among: plans.map(\.key)) }
        + (layer.layer.productNames + (layer.products ?? [])).compactMap {
          $0.unknownName(among: products)
        }
      for issue in issues { fields.record(issue) }
    }
  }
}

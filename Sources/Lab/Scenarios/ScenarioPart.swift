public import WeirAccess
public import WeirFormats
public import WeirSimulation

/// A file of plans and products alone, for scenarios to extend: price lists with their dates.
///
/// A scenario takes it in with `"extends": ["plans/codex-2026-05.json"]` and then names its plans.
public struct ScenarioPart: Declared, Sendable {
  /// What it holds, in a few sentences.
  public var description: String
  /// The products, by name.
  public var products: [(key: String, value: Product)]
  /// The plans, by name.
  public var plans: [(key: String, value: Plan)]

  /// The members that such a file can have.
  static let members = ["$schema", "description", "products", "plans"]

  /// Reads the part.
  public init(_ fields: Fields) {
    description = fields.required(
      "description", .text, "What it holds, in a few sentences.")
    products = fields.value(
      "products", .map(of: .object(Product.self)), default: [], "What can be asked for, by name.")
    plans = fields.value(
      "plans", .map(of: .object(Plan.self)), default: [],
      "What accounts can subscribe to, by name.")
    fields.check(
      !products.isEmpty || !plans.isEmpty, expected: "plans or products")
  }

  /// Whether a document is such a file: it says what plans or products are, and has nothing that
  /// only a scenario can have.
  public static func isOne(_ document: JSONNode) -> Bool {
    guard let members = document.members else { return false }
    return members.contains { ["plans", "products"].contains($0.name) }
      && !members.contains { scenarioMembers.contains($0.name) }
  }

  /// Reads the part in the file at `path`; `nil` when the file is none but a scenario.
  ///
  /// - Throws: ``ScenarioFailure``, with all issues at once.
  public static func file(
    at path: String, extensions: Extensions = Extensions(), reader: FileReader = .disk
  ) throws(ScenarioFailure) -> ScenarioPart? {
    var expansion = ScenarioExpansion(reader: reader)
    let document = try expansion.document(at: path)
    guard let document, isOne(document) else { return nil }
    guard expansion.issues.isEmpty else { throw .invalid(expansion.issues) }
    let reading = read(from: document, extensions: extensions)
    guard reading.issues.isEmpty else { throw .invalid(reading.issues) }
    return reading.value
  }

  /// What every scenario has, by itself or from a file that it extends.
  private static let scenarioMembers = [
    "extends", "name", "horizon", "populations", "fleet", "policies",
  ]
}

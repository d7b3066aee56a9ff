public import WeirFormats

/// What the fields of a layer name, each with its place: parts of the scenario that must be there.
public struct FieldNames: Sendable {
  /// The plans.
  public var plans: [Located<String>]
  /// The products.
  public var products: [Located<String>]
  /// The models.
  public var models: [Located<String>]
  /// The operations.
  public var operations: [Located<String>]

  /// Creates the names.
  public init(
    plans: [Located<String>] = [], products: [Located<String>] = [],
    models: [Located<String>] = [], operations: [Located<String>] = []
  ) {
    self.plans = plans
    self.products = products
    self.models = models
    self.operations = operations
  }

  /// The names of both.
  public static func + (left: FieldNames, right: FieldNames) -> FieldNames {
    FieldNames(
      plans: left.plans + right.plans, products: left.products + right.products,
      models: left.models + right.models, operations: left.operations + right.operations)
  }

  /// An issue for each name that is none of those known; without `operations` any of them will do.
  func unknown(
    plans known: [String], products: [String], models: [String], operations: [String]?
  ) -> [ScenarioIssue] {
    plans.compactMap { $0.unknownName(among: known) }
      + self.products.compactMap { $0.unknownName(among: products) }
      + self.models.compactMap { $0.unknownName(among: models) }
      + self.operations.compactMap { name in
        operations.flatMap { name.unknownName(among: $0) }
      }
  }
}

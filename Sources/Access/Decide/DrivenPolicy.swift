import WeirFormats

/// A policy by itself, with the plans and products that it is for: what a ``DecideSession`` drives.
public struct DrivenPolicy: Sendable {
  /// The layers of its stack, in the order of the waterfall.
  public var layers: [NamedLayer]
  /// The same layers as they are written; without them no limit can be changed by hand.
  public var written: WrittenLayers
  /// What happens to a request whose cost nobody pays in full.
  public var onShortfall: Shortfall
  /// The layers that change at a time of their own.
  public var changes: [LayerChange]
  /// What becomes of what an account has used when it changes its plan.
  public var onPlanChange: Inheritance
  /// The products that are given in the place of others.
  public var downgrades: [Downgrade] = []
  /// The plans that accounts can be on.
  public var plans: [Plan]
  /// The names of the products.
  public var products: [String]
  /// The names of the models.
  public var models: [String]

  /// Creates a policy.
  public init(
    layers: [NamedLayer], written: WrittenLayers = WrittenLayers(),
    onShortfall: Shortfall = .rollback, changes: [LayerChange] = [],
    onPlanChange: Inheritance = .additive, plans: [Plan] = [Plan(name: "default")],
    products: [String] = ["requests"], models: [String] = ["default"]
  ) {
    self.layers = layers
    self.written = written
    self.onShortfall = onShortfall
    self.changes = changes
    self.onPlanChange = onPlanChange
    self.plans = plans
    self.products = products
    self.models = models
  }

  /// What takes the place of a layer of `stack`, when it can.
  ///
  /// - Throws: Why it cannot: another role, a balance, a name that nobody knows.
  func checked(
    _ layer: NamedLayer?, _ change: DecideChange, of stack: Stack
  ) throws(ScenarioIssue) -> NamedLayer {
    let role = stack.layers[change.layer].role
    guard role != .fund, let layer else {
      throw ScenarioIssue(
        .rule(expected: "a limit, since balances do not change", found: "a \(role.rawValue)"),
        position: nil)
    }
    let fixed = change.assignments.first { ["name", "products"].contains($0.pointer.tokens.first) }
    if let fixed {
      throw ScenarioIssue(
        .rule(expected: "a field of the limit", found: "what stays as it is"),
        pointer: fixed.pointer, position: nil)
    }
    guard layer.layer.role == role else {
      throw ScenarioIssue(
        .rule(expected: "the same role as before", found: "a \(layer.layer.role.rawValue)"),
        position: nil)
    }
    let issues = layer.unknownNames(
      plans: plans.map(\.name), products: products, models: models, operations: nil)
    if var issue = issues.first {
      issue.pointer = JSONPointer(Array(issue.pointer.tokens.dropFirst()))
      throw issue
    }
    return layer
  }
}

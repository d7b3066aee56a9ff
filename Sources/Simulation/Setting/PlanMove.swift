import WeirAccess
public import WeirFormats
public import WeirKernel

/// Accounts of a population that change their plan at a time of the run.
public struct PlanMove: Declared, Sendable {
  /// When they change.
  public var at: SimDuration
  /// The name of the plan that they are on from then on.
  public var plan: String
  /// The share of the accounts that change.
  public var share: Double

  /// Reads the change.
  public init(_ fields: Fields) {
    at = fields.required("at", .span, "When the accounts change their plan.")
    plan = fields.required("plan", .planName, "The plan that they are on from then on.")
    share = fields.value(
      "share", .number(in: 0...1), default: 1, "The share of the accounts that change.")
  }
}

public import WeirAccess
public import WeirFormats
public import WeirKernel

/// A downgrade of a policy, with what the other model asks of the fleet.
public struct PolicyDowngrade: Declared, Sendable {
  /// What is given in the place of what.
  public var downgrade: Downgrade
  /// The work of the other model for each unit of the work of the one asked for.
  public var work: Ratio

  /// Reads the downgrade.
  public init(_ fields: Fields) {
    downgrade = Downgrade(fields)
    work = fields.value(
      "work", .ratio, default: .one,
      "The work that the other product is for the fleet, for each unit of that of the one asked for."
    )
  }
}

public import WeirAccess

/// What one layer of the stack paid and refused in the measured intents.
public struct LayerTally: Sendable, Equatable {
  /// The units that it paid in the end.
  public var paid = Units.zero
  /// The attempts that it refused, by reason in the order of `Reason.allCases`.
  public var refused: [Int64] = Array(repeating: 0, count: Reason.allCases.count)
}

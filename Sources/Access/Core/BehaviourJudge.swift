public import WeirKernel

/// A layer that holds the behaviour of some accounts for suspicious.
public protocol BehaviourJudge: Layer {
  /// Whether the layer holds the behaviour of `account` for suspicious at `now`.
  func isFlagged(_ account: AccountIndex, at now: SimTime) -> Bool

  /// When the layer first held the behaviour of `account` for suspicious; `nil` when it never did.
  func firstFlagged(_ account: AccountIndex) -> SimTime?

  /// When the layer first acted against the behaviour of `account`; `nil` when it never did.
  ///
  /// A layer acts when it begins to refuse what it would have let pass before. In shadow this is
  /// when it would have begun. An account that is flagged and left alone is not acted against.
  func firstActedAgainst(_ account: AccountIndex) -> SimTime?
}

extension BehaviourJudge {
  /// As soon as it was flagged: the layer acts against everyone whom it holds for suspicious.
  public func firstActedAgainst(_ account: AccountIndex) -> SimTime? { firstFlagged(account) }
}

/// A node of the tree of samples, or the way to it while nobody has asked for a sample there.
///
/// Each step down the tree is a block of Philox. The node of a session's only call lies two steps
/// below its account, and of a request that is refused nothing may ever be sampled.
@frozen
public struct LateKey: Sendable {
  /// The node, or that of the account two steps above it.
  @usableFromInline var base: SampleKey
  /// The number of the session on the way down; the greatest number when there is no way to go.
  @usableFromInline var session: UInt32

  /// The node `key` itself.
  @inlinable
  public init(_ key: SampleKey) {
    base = key
    session = .max
  }

  /// The node of the only call of session number `session` (below 2³² − 1) of an account.
  @inlinable
  public init(onlyCallOf session: UInt32, of account: SampleKey) {
    base = account
    self.session = session
  }

  /// The node.
  ///
  /// Complexity: two blocks of Philox until it is known.
  @inlinable
  public var key: SampleKey {
    session == .max ? base : base.child(UInt64(session)).child(0)
  }

  /// Finds the node for good, and returns it.
  @inlinable
  public mutating func resolve() -> SampleKey {
    if session != .max { self = LateKey(key) }
    return base
  }
}

/// Where the samples of a call lie in the tree.
///
/// A call has a node of its own, two steps below its account: the session, then the call. Each step
/// is a block of Philox that waits for the one before. Therefore what the only call of a session
/// asks for is addressed at its account, by the number of the session, as the gap before it is.
/// What may befall its attempts is at its node, which is found only when a sample there is asked
/// for: of a request that is served at once, none ever is.
@frozen
public struct CallAddress: Sendable {
  /// The node of the call, or that of the account two steps above it.
  @usableFromInline let base: SampleKey
  /// The number of the session on the way down; the greatest number when there is no way to go.
  @usableFromInline let session: UInt32

  /// A call with a node of its own at `key`, as every call of a longer session has.
  @inlinable
  public init(_ key: SampleKey) {
    base = key
    session = .max
  }

  /// The only call of session number `session` (below 2³² − 1) of an account.
  @inlinable
  public init(onlyCallOf session: UInt32, of account: SampleKey) {
    base = account
    self.session = session
  }

  /// The samples of what the call asks for, one sequence for each `purpose`.
  @inlinable
  public func samples(_ purpose: Purpose) -> Samples {
    base.samples(purpose, index: session == .max ? 0 : session)
  }

  /// The node of the call, for the samples of its attempts.
  ///
  /// Complexity: two blocks of Philox for the only call of a session.
  @inlinable
  public var key: SampleKey {
    session == .max ? base : base.child(UInt64(session)).child(0)
  }
}

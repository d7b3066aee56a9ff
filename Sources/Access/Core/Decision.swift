public import WeirKernel

/// The answer to one request: what was decided, who pays which part, and why not all.
@frozen
public struct Decision: Sendable {
  /// The units granted: the cost when let through in full, less when partly, 0 when denied.
  public var granted: Units
  /// What each paying layer pays; in a denial, what allowances count under `countFirst`.
  public var shares: Shares
  /// Why it refused, and when it would not; `nil` when none did.
  public var refusal: Refusal?
  /// How long the request is kept before it may go to the fleet; none unless it is held.
  public var delay = SimDuration.zero
  /// What was decided.
  public var outcome: Outcome
  // A world keeps a decision for each open session, so that it is small: −1 stands for `nil`.
  @usableFromInline var refuser: Int16 = -1
  @usableFromInline var keeper: Int16 = -1

  /// Creates a decision.
  @inlinable
  public init(
    outcome: Outcome, granted: Units, shares: Shares, refusedBy: Int? = nil,
    refusal: Refusal? = nil
  ) {
    self.outcome = outcome
    self.granted = granted
    self.shares = shares
    self.refusal = refusal
    self.refusedBy = refusedBy
  }

  /// The layer that refused, as an index into the stack; `nil` when none did.
  @inlinable
  public var refusedBy: Int? {
    get { refuser < 0 ? nil : Int(refuser) }
    set { refuser = newValue.map { Int16($0) } ?? -1 }
  }

  /// The layer that keeps it longest, as an index into the stack; `nil` unless it is held.
  @inlinable
  public var heldBy: Int? {
    get { keeper < 0 ? nil : Int(keeper) }
    set { keeper = newValue.map { Int16($0) } ?? -1 }
  }
}

/// What a decision does with a request.
@frozen
public enum Outcome: String, CaseIterable, Hashable, Sendable {
  /// It may go to the fleet now.
  case admit
  /// A layer keeps it and releases it by itself, after ``Decision/delay``.
  case hold
  /// It may go to the fleet as a request of another model.
  case downgrade
  /// It is refused.
  case deny
}

/// The units that each paying layer of a stack pays for one request.
///
/// Allowances and funds are numbered in the order of the stack, from 0: its *payers*.
@frozen
public struct Shares: Sendable {
  /// The most payers that a stack can have.
  public static let capacity = 8

  /// Where shares are touched in the hot loop it is here: the subscript copies all of them first.
  @usableFromInline var units: InlineArray<8, Int64> = InlineArray(repeating: 0)

  /// Creates shares of nothing.
  @inlinable
  public init() {}

  /// The share of payer number `payer`.
  @inlinable
  public subscript(payer: Int) -> Units {
    get { Units(units[payer]) }
    set { units[payer] = newValue.count }
  }

  /// The sum of all shares.
  @inlinable @inline(__always)
  public var total: Units {
    var sum: Int64 = 0
    for payer in 0..<Self.capacity { sum += units[payer] }
    return Units(sum)
  }
}

/// What happens to a request whose cost nobody pays in full.
@frozen
public enum Shortfall: String, CaseIterable, Hashable, Sendable {
  /// It is denied, and no layer counts anything.
  case rollback
  /// It is denied, but the allowances count what they would have paid.
  case countFirst
  /// It is admitted for as much as is paid, if that is anything.
  case partial
}

/// The final account of an admitted request.
@frozen
public struct Settled: Sendable {
  /// What each payer paid in the end.
  public var shares: Shares
  /// What the request used and nobody paid.
  public var overrun: Units
  /// What the funds will be debited for it.
  public var charged: Credits

  /// Creates a final account.
  @inlinable
  public init(shares: Shares, overrun: Units, charged: Credits) {
    self.shares = shares
    self.overrun = overrun
    self.charged = charged
  }
}

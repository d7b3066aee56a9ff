/// A node of the tree of random samples: root, replication, population, account, session, and on.
///
/// Every random number of a run is addressed by (node key, purpose, index). The policy is never in
/// the address, so two policies meet the same world: common random numbers by construction.
@frozen
public struct SampleKey: Hashable, Sendable {
  /// The Philox key of this node.
  public var bits: UInt64

  /// The root of the tree that belongs to `seed`.
  @inlinable
  public init(seed: UInt64) { bits = seed }

  /// The node of child number `index`.
  @inlinable
  public func child(_ index: UInt64) -> SampleKey {
    SampleKey(seed: Philox.block(key: bits, counter: index, Self.childMark).low)
  }

  /// The node of the child called `name`; inserting siblings shifts nobody else.
  public func child(named name: String) -> SampleKey {
    var key = SampleKey(seed: Philox.block(key: bits, counter: 0, Self.nameMark).low)
    for byte in name.utf8 {
      key.bits = Philox.block(key: key.bits, counter: UInt64(byte) + 1, Self.nameMark).low
    }
    return key
  }

  /// The samples at this node for `purpose`, as a sequence of its own that starts at `index`.
  @inlinable
  public func samples(_ purpose: Purpose, index: UInt32 = 0) -> Samples {
    Samples(key: bits, address: UInt64(purpose.rawValue) << 32 | UInt64(index))
  }

  /// Marks that keep counters of children, of names and of samples apart.
  @usableFromInline static let childMark: UInt64 = 1 << 63
  @usableFromInline static let nameMark: UInt64 = 1 << 62
}

/// What a sample is for: one part of its address.
@frozen
public struct Purpose: RawRepresentable, Hashable, Sendable {
  /// The number in the address, at most 2²⁹.
  public var rawValue: UInt32

  /// Creates the purpose with number `rawValue`.
  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The random numbers at one address, in order; a rejection sampler advances within them.
@frozen
public struct Samples: Sendable {
  @usableFromInline let key: UInt64
  @usableFromInline let address: UInt64
  @usableFromInline var block: UInt64 = 0
  @usableFromInline var spare: UInt64 = 0
  @usableFromInline var hasSpare = false

  @inlinable
  init(key: UInt64, address: UInt64) {
    self.key = key
    self.address = address
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    if hasSpare {
      hasSpare = false
      return spare
    }
    let bits = Philox.block(key: key, counter: block, address)
    block += 1
    spare = bits.high
    hasSpare = true
    return bits.low
  }
}

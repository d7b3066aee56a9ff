/// Something that happens at an instant: plain data, 16 bytes, with a strict order of its own.
///
/// Events are ordered by (time, kind, entity, ordinal), and by nothing else: no sequence number
/// decides, since it would depend on the policy. Two events with the same four parts are equal.
@frozen
public struct Event: Hashable, Comparable, Sendable {
  /// The time with its sign bit flipped, so that an unsigned comparison orders it.
  @usableFromInline let timeKey: UInt64
  /// The kind in 4 bits, the entity in 28, the ordinal in 32.
  @usableFromInline let placeKey: UInt64

  /// The largest entity number, 2²⁸ − 1.
  public static let greatestEntity: UInt32 = (1 << 28) - 1

  /// Creates an event of `kind` (0 to 15) at `time` for `entity` (below 2²⁸).
  ///
  /// Traps beyond these bounds, and on the distant future, which no event reaches.
  @inlinable
  public init(time: SimTime, kind: UInt8, entity: UInt32, ordinal: UInt32 = 0) {
    precondition(time < .distantFuture, "no event reaches the distant future")
    precondition(kind < 16, "an event has 16 kinds")
    precondition(entity < 1 << 28, "an event has 2^28 entities")
    timeKey = Self.key(of: time)
    placeKey = UInt64(kind) << 60 | UInt64(entity) << 32 | UInt64(ordinal)
  }

  /// When it happens.
  @inlinable
  public var time: SimTime { Self.time(ofKey: timeKey) }

  /// Its class, 0 to 15; of two events at one instant the smaller kind comes first.
  @inlinable
  public var kind: UInt8 { UInt8(truncatingIfNeeded: placeKey >> 60) }

  /// Whom it happens to, below 2²⁸: an account, a server, a job, a layer.
  @inlinable
  public var entity: UInt32 { UInt32(truncatingIfNeeded: placeKey >> 32) & 0x0FFF_FFFF }

  /// The number of this event among those of its kind and entity.
  @inlinable
  public var ordinal: UInt32 { UInt32(truncatingIfNeeded: placeKey) }

  /// Whether `left` comes before `right`: one comparison of 128 bits, without a branch.
  @inlinable
  public static func < (left: Event, right: Event) -> Bool {
    left.orderKey < right.orderKey
  }

  /// The unsigned number that orders like `time`.
  @inlinable
  static func key(of time: SimTime) -> UInt64 {
    UInt64(bitPattern: time.nanoseconds) ^ 1 << 63
  }

  @inlinable
  static func time(ofKey key: UInt64) -> SimTime {
    SimTime(nanoseconds: Int64(bitPattern: key ^ 1 << 63))
  }

  @inlinable
  var orderKey: UInt128 { UInt128(timeKey) << 64 | UInt128(placeKey) }
}

/// An instant of simulated time: whole nanoseconds since the start of the run.
///
/// Negative instants lie before the start (a window that opened earlier, for instance).
@frozen
public struct SimTime: Hashable, Comparable, Sendable {
  /// Nanoseconds since the start of the run.
  public var nanoseconds: Int64

  /// Creates the instant `nanoseconds` after the start of the run.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The start of the run.
  @inlinable
  public static var zero: SimTime { SimTime(nanoseconds: 0) }

  /// An instant that no event reaches: about 292 years after the start.
  @inlinable
  public static var distantFuture: SimTime { SimTime(nanoseconds: .max) }

  /// Whether `left` comes before `right`.
  @inlinable
  public static func < (left: SimTime, right: SimTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The instant `duration` after `time`; traps on overflow.
  @inlinable
  public static func + (time: SimTime, duration: SimDuration) -> SimTime {
    SimTime(nanoseconds: time.nanoseconds + duration.nanoseconds)
  }

  /// The instant `duration` before `time`; traps on overflow.
  @inlinable
  public static func - (time: SimTime, duration: SimDuration) -> SimTime {
    SimTime(nanoseconds: time.nanoseconds - duration.nanoseconds)
  }

  /// The time from `start` to `end`, negative when `end` comes first.
  @inlinable
  public static func - (end: SimTime, start: SimTime) -> SimDuration {
    SimDuration(nanoseconds: end.nanoseconds - start.nanoseconds)
  }
}

/// A length of simulated time in whole nanoseconds.
@frozen
public struct SimDuration: Hashable, Comparable, Sendable {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// Creates a length of `nanoseconds`.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Creates the length nearest to `seconds`, half away from zero, held within the range of
  /// `Int64`.
  ///
  /// Samples of continuous distributions become time here, and nowhere else. Not a number is zero.
  @inlinable @inline(__always)
  public init(rounding seconds: Double) {
    let exact = seconds * 1e9
    guard exact.magnitude < 9.2e18 else {
      nanoseconds = exact < 0 ? -.max : (exact > 0 ? .max : 0)
      return
    }
    let whole = Int64(exact)
    let rest = exact - Double(whole)
    // Twice the rest, cut off, is 1 from a half on. Without a branch: whether to round up is a coin
    // toss, which no processor predicts.
    nanoseconds = whole &+ Int64(rest + rest)
  }

  /// No time at all.
  @inlinable
  public static var zero: SimDuration { SimDuration(nanoseconds: 0) }

  /// A length of `count` milliseconds.
  @inlinable
  public static func milliseconds(_ count: Int64) -> SimDuration {
    SimDuration(nanoseconds: count * 1_000_000)
  }

  /// A length of `count` seconds.
  @inlinable
  public static func seconds(_ count: Int64) -> SimDuration {
    SimDuration(nanoseconds: count * 1_000_000_000)
  }

  /// A length of `count` minutes.
  @inlinable
  public static func minutes(_ count: Int64) -> SimDuration { seconds(count * 60) }

  /// A length of `count` hours.
  @inlinable
  public static func hours(_ count: Int64) -> SimDuration { seconds(count * 3600) }

  /// A length of `count` days of 24 hours.
  @inlinable
  public static func days(_ count: Int64) -> SimDuration { seconds(count * 86400) }

  /// The length in seconds, for reports; never for a decision.
  @inlinable
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Whether `left` is shorter than `right`; a negative length is shorter than none.
  @inlinable
  public static func < (left: SimDuration, right: SimDuration) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The sum of two lengths; traps on overflow.
  @inlinable
  public static func + (left: SimDuration, right: SimDuration) -> SimDuration {
    SimDuration(nanoseconds: left.nanoseconds + right.nanoseconds)
  }

  /// The difference of two lengths; traps on overflow.
  @inlinable
  public static func - (left: SimDuration, right: SimDuration) -> SimDuration {
    SimDuration(nanoseconds: left.nanoseconds - right.nanoseconds)
  }
}

/// How much service each job of a shared server has had: the clock of processor sharing.
///
/// All jobs that share a server get the same service per time, so that one number tells how far
/// each has come, and a job is done when the clock reaches the tag it was given at its start. The
/// server then needs one live departure event, that of the least tag.
///
/// Kept in units of 2⁻³² ns in 128 bits. The division by the number of jobs is floored, and its
/// remainder carried, so that advancing in many steps is the same as in one. A departure is rounded
/// up to a whole nanosecond: the error is at most 1 ns per change of concurrency.
///
/// Source: virtual time as in Parekh and Gallager, "A generalized processor sharing approach to
/// flow control", IEEE/ACM Transactions on Networking 1(3), 1993.
public struct VirtualClock: Hashable, Sendable {
  /// Where the clock stands when a job that starts now has had all its work.
  public struct Tag: Hashable, Comparable, Sendable {
    fileprivate var units: Int128

    /// Whether `left` is reached before `right`.
    public static func < (left: Tag, right: Tag) -> Bool { left.units < right.units }
  }

  /// The speed at which one nanosecond of work takes one nanosecond.
  public static let fullSpeed: UInt64 = 1 << 32

  /// The number of jobs that share the server.
  public private(set) var concurrency = 0

  /// The instant up to which the clock has been advanced.
  public private(set) var time: SimTime

  /// The speeds of all jobs together, by their number less one; the last holds for more jobs.
  private let totalSpeeds: [UInt64]
  /// Service so far of a job that has always been there.
  private var units: Int128 = 0
  /// What the division by the concurrency has left over, below it.
  private var remainder: Int128 = 0

  /// Creates a clock that stands still at `time`, without jobs.
  ///
  /// `totalSpeeds[n − 1]` is the speed of n jobs together in units of 2⁻³²; the last one holds for
  /// any greater number. Traps unless there is one and each is in 1...2⁶⁰.
  public init(totalSpeeds: [UInt64] = [fullSpeed], at time: SimTime = .zero) {
    precondition(!totalSpeeds.isEmpty, "a clock needs a speed")
    precondition(totalSpeeds.allSatisfy { (1...1 << 60).contains($0) }, "a speed is in 1...2^60")
    self.totalSpeeds = totalSpeeds
    self.time = time
  }

  /// Advances the clock to `now`; traps when that lies before the time reached.
  public mutating func advance(to now: SimTime) {
    precondition(now >= time, "a clock does not run backwards")
    if concurrency > 0 {
      let service = Int128((now - time).nanoseconds) * totalSpeed + remainder
      let jobs = Int128(concurrency)
      units += service / jobs
      remainder = service % jobs
    }
    time = now
  }

  /// Lets `count` jobs share the server from `now` on; traps on a negative number or time.
  public mutating func setConcurrency(_ count: Int, at now: SimTime) {
    precondition(count >= 0, "a number of jobs is not negative")
    advance(to: now)
    // A part of 2⁻³² ns, so that nothing is gained by converting it to the new divisor.
    if count != concurrency { remainder = 0 }
    concurrency = count
  }

  /// The tag of a job that starts now and needs `work` at full speed; traps when it is negative.
  public func tag(forWork work: SimDuration) -> Tag {
    precondition(work >= .zero, "work is not negative")
    return Tag(units: units + Int128(work.nanoseconds) << 32)
  }

  /// Whether a job with this tag has had all its work.
  public func hasReached(_ tag: Tag) -> Bool { units >= tag.units }

  /// The first whole nanosecond at which the clock, left alone, has reached `tag`.
  ///
  /// Nothing when no job is served, or beyond the range of time.
  public func time(of tag: Tag) -> SimTime? {
    if hasReached(tag) { return time }
    guard concurrency > 0 else { return nil }
    let service = (tag.units - units) * Int128(concurrency) - remainder
    let wait = (service + totalSpeed - 1) / totalSpeed
    guard let instant = Int64(exactly: Int128(time.nanoseconds) + wait) else { return nil }
    return SimTime(nanoseconds: instant)
  }

  /// The work at full speed that a job with this tag still needs, rounded up.
  public func remainingWork(until tag: Tag) -> SimDuration {
    let missing = max(0, tag.units - units)
    return SimDuration(nanoseconds: Int64((missing + (1 << 32 - 1)) >> 32))
  }

  private var totalSpeed: Int128 {
    Int128(totalSpeeds[min(concurrency, totalSpeeds.count) - 1])
  }
}

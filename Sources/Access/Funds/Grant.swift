public import WeirFormats
public import WeirKernel

/// One lot of units that accounts are given, once or again and again.
public struct Grant: Declared, Sendable {
  /// Its name, unique among the lots.
  public var id: String
  /// The units.
  public var units: Units
  /// When it is burnt: a lower number first.
  public var priority: Int64
  /// Whether it is promotional: given, not paid for.
  public var isPromotional: Bool
  /// When it was created, which can decide the order of burning.
  public var created: SimTime
  /// When it becomes effective.
  public var from: SimTime
  /// When it expires; `nil` for never.
  public var expires: SimTime?
  /// How often it is filled up again; `nil` for never.
  public var every: SimDuration?
  /// One of the times at which it is filled up.
  public var anchor: SimTime
  /// The least that a reset leaves in it.
  public var minRollover: Units
  /// The most that a reset leaves in it.
  public var maxRollover: Units
  /// The plans that it is for; `nil` for all.
  public var plans: [Located<String>]?

  /// What it is, in one sentence.
  public static let declaredHelp = "One lot of units that accounts are given."

  /// Creates a lot, for all plans unless some are named; without an anchor it recurs from its
  /// start.
  public init(
    id: String, units: Units, priority: Int64 = 0, isPromotional: Bool = false,
    created: SimTime = .zero, from: SimTime = .zero, expires: SimTime? = nil,
    every: SimDuration? = nil, anchor: SimTime? = nil, minRollover: Units = .zero,
    maxRollover: Units = .zero, plans: [String]? = nil
  ) {
    self.id = id
    self.units = units
    self.priority = priority
    self.isPromotional = isPromotional
    self.created = created
    self.from = from
    self.expires = expires
    self.every = every
    self.anchor = anchor ?? from
    self.minRollover = minRollover
    self.maxRollover = maxRollover
    self.plans = plans?.map { Located($0) }
  }

  /// Reads the lot.
  public init(_ fields: Fields) {
    id = fields.required("id", .name, "The name of the lot, unique among them.")
    units = fields.required("units", .units, "The units in the lot.")
    priority = fields.value(
      "priority", .integer(in: 0...1000), default: 0, "When it is burnt: a lower number first.")
    isPromotional = fields.value(
      "promotional", .flag, default: false, "Whether it is given and not paid for.")
    created =
      .zero
      + fields.value(
        "created", .span, default: .zero,
        "When it was created, for the order of burning, counted from the start of the run.")
    from =
      .zero
      + fields.value(
        "from", .span, default: .zero,
        "When it becomes effective, counted from the start of the run.")
    expires = fields.optional(
      "expires", .span, "When it expires, counted from the start of the run; never if absent."
    ).map { .zero + $0 }
    every = fields.optional(
      "every", .span(from: .milliseconds(1)),
      "How often it is filled up again, whatever is left; never if absent.")
    anchor =
      fields.optional(
        "anchor", .span,
        "One of the times at which it is filled up, counted from the start of the run; when it becomes effective if absent."
      ).map { .zero + $0 } ?? from
    minRollover = fields.value(
      "minRollover", .units, default: .zero, "The least that a reset leaves in it.")
    maxRollover = fields.value(
      "maxRollover", .units, default: .zero, "The most that a reset leaves in it.")
    plans = fields.plans("The plans that it is for; all if absent.")
    fields.check(
      expires.map { from < $0 } ?? true, at: "expires", expected: "a time after from")
    fields.check(
      minRollover <= maxRollover, at: "minRollover", expected: "at most maxRollover")
    fields.check(
      maxRollover <= units, at: "maxRollover", expected: "at most the units of the lot")
  }

  /// Whether it has become effective and has not expired.
  func isAlive(at now: SimTime) -> Bool { from <= now && expires.map { now < $0 } ?? true }

  /// The last time after `start` and until `end` at which it was full, because it became effective
  /// or recurred; `nil` when there was none.
  func lastFill(after start: SimTime, upTo end: SimTime) -> SimTime? {
    let first = firstFill(after: start)
    guard let first, first <= end else { return nil }
    guard let every, let recurrence = recurrence(atOrBefore: end, every) else { return first }
    return max(first, recurrence)
  }

  /// The first time after `start` at which it is full again; `nil` when it never is.
  func firstFill(after start: SimTime) -> SimTime? {
    var next: SimTime?
    if from > start {
      next = from
    } else if let every {
      next = Self.last(anchor, every, atOrBefore: start) + every
    }
    guard let next, isAlive(at: next) else { return nil }
    return next
  }

  /// The last recurrence until `end`, or just before it expires.
  private func recurrence(atOrBefore end: SimTime, _ every: SimDuration) -> SimTime? {
    let last = min(end, expires.map { $0 - SimDuration(nanoseconds: 1) } ?? end)
    let time = Self.last(anchor, every, atOrBefore: last)
    return time > from ? time : nil
  }

  /// The last of the times that lie whole periods before and after `anchor`, until `time`.
  static func last(
    _ anchor: SimTime, _ every: SimDuration, atOrBefore time: SimTime
  ) -> SimTime {
    let past = (time - anchor).nanoseconds
    let (periods, rest) = past.quotientAndRemainder(dividingBy: every.nanoseconds)
    let whole = rest < 0 ? periods - 1 : periods
    return anchor + SimDuration(nanoseconds: whole * every.nanoseconds)
  }

  /// What a reset leaves of so much.
  func rolledOver(_ left: Units) -> Units { min(maxRollover, max(minRollover, left)) }
}

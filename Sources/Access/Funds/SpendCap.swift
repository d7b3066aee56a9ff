public import WeirFormats
public import WeirKernel

/// The most credits that are spent in each period, whatever the balance.
///
/// Periods follow one another from the start of the run. What is promised counts from the decision,
/// and is corrected at settlement as long as its period lasts.
public struct SpendCap: Declared, Hashable, Sendable {
  /// The credits.
  public var credits: Credits
  /// The length of a period.
  public var per: SimDuration

  /// Creates a cap.
  public init(_ credits: Credits, per: SimDuration) {
    self.credits = credits
    self.per = per
  }

  /// Reads the cap.
  public init(_ fields: Fields) {
    credits = fields.required("credits", .credits, "The most credits spent in a period.")
    per = fields.required(
      "per", .span(from: .milliseconds(1)),
      "The length of the periods, which follow one another from the start of the run.")
  }

  /// What may still be spent at `now`.
  func room(_ count: SpendCount, at now: SimTime) -> Credits {
    count.period == period(at: now) ? max(.zero, credits - count.spent) : credits
  }

  /// The time from `now` until the next period begins.
  func wait(at now: SimTime) -> SimDuration {
    Period(per).end(of: now) - now
  }

  /// Counts what is promised.
  func spend(_ amount: Credits, _ count: inout SpendCount, at now: SimTime) {
    let period = period(at: now)
    if count.period != period { count = SpendCount(period: period) }
    count.spent += amount
  }

  /// Corrects what was promised at `time`, as long as that period lasts; more counts in any case.
  func correct(
    _ promised: Credits, to actual: Credits, promisedAt time: SimTime, _ count: inout SpendCount,
    at now: SimTime
  ) {
    if actual >= promised {
      spend(actual - promised, &count, at: now)
    } else if period(at: time) == period(at: now), count.period == period(at: now) {
      count.spent = max(.zero, count.spent - (promised - actual))
    }
  }

  private func period(at now: SimTime) -> Int64 { Period(per).number(at: now) }
}

/// What was spent in the period that lies at `period`.
struct SpendCount: Sendable {
  var period: Int64 = -1
  var spent = Credits.zero
}

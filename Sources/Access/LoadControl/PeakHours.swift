public import WeirFormats
public import WeirKernel

/// A limit in which use at certain hours of the week counts more, or less, than at others.
///
/// While a peak lasts, a request of c units takes ⌈c · `factor`⌉ units of the limit: a five-hour
/// window then lasts half as long with a factor of 2, and a night tariff has a factor below 1.
///
/// ## Edges
/// - What counts is the time of the decision: a use that began in a peak is settled at its factor.
/// - The remaining units of the meter are those that could be used now, at the present factor.
/// - The wait of a refusal is the limit's own, at the present factor; the end of a peak may let the
///   request in sooner, and its beginning later.
/// - A peak that runs past midnight is two: until 24h, and from 0h of the next day.
/// - What the limit's own `as` says holds: it pays, or lets pass.
///
/// ## Complexity
/// That of the limit, and linear in the peaks; nothing an account.
///
/// ## Source
/// The weekday mornings (5 to 11 Pacific) in which the sessions of Claude Code ran out faster,
/// until May 2026; two-rate electricity meters.
public struct PeakHours: WrappingLayer {
  /// The name in scenarios.
  public static let typeName = "peakHours"
  /// One sentence for the catalogue.
  public static let summary =
    "A limit in which use at certain hours of the week counts more, or less, than at others."

  /// A day of the week.
  public enum Day: String, CaseIterable, Hashable, Sendable {
    /// The days in their order.
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday
  }

  /// Some hours of some days.
  public struct Peak: Declared, Hashable, Sendable {
    /// The days.
    public var days: [Day]
    /// When it begins, in the time of the day.
    public var from: SimDuration
    /// When it ends, in the time of the day.
    public var until: SimDuration

    /// Creates a peak.
    public init(on days: [Day] = Day.allCases, from: SimDuration, until: SimDuration) {
      self.days = days
      self.from = from
      self.until = until
    }

    /// Reads the peak.
    public init(_ fields: Fields) {
      let time = ValueKind<Int64>.duration(in: 0...SimDuration.days(1).nanoseconds).map(
        { SimDuration(nanoseconds: $0) }, back: { $0.nanoseconds })
      days = fields.value(
        "days", .list(of: .choice(Day.self), count: 1...7),
        default: Day.allCases, "The days of the week.")
      from = fields.required("from", time, "When it begins, in the time of the day.")
      until = fields.required("until", time, "When it ends, in the time of the day.")
      fields.check(from < until, at: "until", expected: "a time after that of from")
    }

    fileprivate func contains(_ day: Int, _ time: Int64) -> Bool {
      time >= from.nanoseconds && time < until.nanoseconds && days.contains(Day.allCases[day])
    }
  }

  /// The limit.
  public var limit: any Layer
  /// The hours in which the factor holds.
  public let peaks: [Peak]
  /// The units of the limit that a unit takes in a peak.
  public let factor: Ratio
  /// The hour of the week at which the run begins; hour 0 is Monday 00:00.
  public let startHour: Int64

  /// Creates the limit.
  ///
  /// - Precondition: `factor` is above 0 and has a denominator up to a million.
  public init(_ limit: any Layer, in peaks: [Peak], factor: Ratio, startHour: Int64 = 0) {
    self.limit = limit
    self.peaks = peaks
    self.factor = factor
    self.startHour = startHour
  }

  /// Reads the limit.
  public init(_ fields: Fields) {
    let factor = ValueKind<Ratio>.ratio.checked(
      "a number above 0, up to 1000, with up to 6 decimals", placeholder: .one
    ) { $0 > .zero && $0 <= Ratio(1000) && 1_000_000 % $0.denominator == 0 }
    let limit = fields.required(
      "limit", .variant(fields.registry(Catalogue.limits)), "The limit."
    ).layer
    let peaks = fields.required(
      "peaks", .list(of: .object(Peak.self), count: 1...64), "The hours in which the factor holds.")
    self.init(
      limit, in: peaks,
      factor: fields.required("factor", factor, "The units that a unit takes in a peak."),
      startHour: fields.value(
        "startHour", .integer(in: 0...167), default: 0,
        "The hour of the week at which the run begins; hour 0 is Monday 00:00 UTC."))
  }

  /// Whether the factor holds at `time`.
  public func isPeak(_ time: SimTime) -> Bool {
    let day = SimDuration.days(1).nanoseconds
    let week = 7 * day
    let start = startHour * SimDuration.hours(1).nanoseconds
    var place = (time.nanoseconds % week + start) % week
    if place < 0 { place += week }
    return peaks.contains { $0.contains(Int(place / day), place % day) }
  }

  /// The units of the limit that `units` take; as many as there are beyond `Int64`.
  private func taken(_ units: Units, inPeak isPeak: Bool) -> Units {
    isPeak ? Units(factor.times(units.count, rounding: .up) ?? .max) : units
  }

  private func taken(by request: Request, inPeak isPeak: Bool) -> Request {
    var request = request
    request.cost = taken(request.cost, inPeak: isPeak)
    return request
  }

  /// The units that `units` of the limit allow.
  private func usable(_ units: Units, inPeak isPeak: Bool) -> Units {
    guard isPeak, units > .zero else { return units }
    let quotient =
      UInt128(units.count.magnitude) * UInt128(factor.denominator.magnitude)
      / UInt128(factor.numerator.magnitude)
    return Units(Int64(clamping: quotient))
  }

  /// Pays what the limit allows at the present factor.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let isPeak = isPeak(now)
    let quote = limit.quote(
      taken(cost, inPeak: isPeak), of: taken(by: request, inPeak: isPeak), at: now, signals)
    guard let refusal = quote.refusal else { return .pays(cost, after: quote.delay) }
    let payable = min(cost, usable(quote.payable, inPeak: isPeak))
    return Quote(
      payable: payable, refusal: refusal, delay: payable == .zero ? .zero : quote.delay)
  }

  /// Has the limit count what the share takes.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    let isPeak = isPeak(now)
    limit.commit(taken(share, inPeak: isPeak), of: taken(by: request, inPeak: isPeak), at: now)
  }

  /// Settles with the limit, at the factor of the decision.
  public mutating func settle(
    _ hold: Hold, to actual: Units, of request: Request, at now: SimTime
  ) {
    let isPeak = isPeak(hold.committedAt)
    let taken = Hold(share: taken(hold.share, inPeak: isPeak), committedAt: hold.committedAt)
    limit.settle(
      taken, to: self.taken(actual, inPeak: isPeak),
      of: self.taken(by: request, inPeak: isPeak), at: now)
  }

  /// Tells the limit.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    limit.observe(feedback, of: taken(by: request, inPeak: isPeak(now)), at: now)
  }

  /// The meter of the limit, in units that can be used now.
  public func meter(for request: Request, at now: SimTime) -> Meter? {
    guard var meter = limit.meter(for: request, at: now) else { return nil }
    let isPeak = isPeak(now)
    meter.limit = meter.limit.map { usable($0, inPeak: isPeak) }
    meter.remaining = meter.remaining.map { usable($0, inPeak: isPeak) }
    return meter
  }

  /// No: the factor may have changed by then.
  public var waitsAreExact: Bool { false }
}

public import WeirFormats
public import WeirKernel

/// Series that make up a large share of all that is counted, found in a few counters.
///
/// In each interval the greatest series are counted by ``SpaceSaving``. One stands out when what it
/// surely has is more than `share` of all, once all of them together have `least`.
///
/// ## Edges
/// - What counts is the sum over all series in the running interval, so far: at its beginning
///   `least` keeps a few requests from being everything.
/// - Shares of 1/`counters` and less may be missed, and are never found by mistake.
///
/// ## Complexity
/// The logarithm of `counters` a request; some 60 bytes a counter, none a series.
///
/// ## Source
/// Metwally, Agrawal and El Abbadi, ICDT 2005; heavy hitters as in network measurement.
public struct HeavyHitterDetector: Detector {
  /// The name in scenarios.
  public static let typeName = "heavyHitters"
  /// One sentence for the catalogue.
  public static let summary =
    "Series that make up a large share of all that is counted, found in a few counters."

  /// The share of all that is too much.
  public let share: Ratio
  /// What all together have to have before any stands out.
  public let least: Int64

  private var summary: SpaceSaving
  private var interval = Int64.min

  /// Creates the detector.
  ///
  /// - Precondition: `share` is at most 1, with a denominator up to a million; `counters` is
  ///   positive.
  public init(share: Ratio, least: Int64 = 1000, counters: Int64 = 100) {
    self.share = share
    self.least = least
    summary = SpaceSaving(capacity: Int(counters))
  }

  /// Reads the detector.
  public init(_ fields: Fields) {
    self.init(
      share: fields.required(
        "share", .millionths(upTo: 1), "The share of all counts that is too much."),
      least: fields.value(
        "least", .quantity(in: 1...1_000_000_000_000), default: 1000,
        "The count that all have to have together before any stands out."),
      counters: fields.value(
        "counters", .integer(in: 1...1_000_000), default: 100, "The series that are counted."))
  }

  /// Starts without counts.
  public mutating func prepare(for directory: Directory, series count: Int) {
    summary.removeAll()
    interval = .min
  }

  /// Counts the request.
  public mutating func note(
    _ amount: Int64, of request: Request, series: Int, interval: Int64
  ) {
    if interval > self.interval {
      summary.removeAll()
      self.interval = interval
    }
    summary.add(UInt64(series), amount)
  }

  /// Whether the series surely has more than its share of all.
  public func standsOut(_ count: Int64, of series: Int) -> Bool {
    guard summary.total >= least, let entry = summary.entry(of: UInt64(series)) else {
      return false
    }
    let has = (entry.count - entry.error).multipliedFullWidth(by: share.denominator)
    let bound = summary.total.multipliedFullWidth(by: share.numerator)
    return (has.high, has.low) > (bound.high, bound.low)
  }

  /// Learns nothing: intervals are compared with each other's series alone.
  public mutating func learn(_ count: Int64, of series: Int, isViolation: Bool) {}
}

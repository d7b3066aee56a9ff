public import WeirFormats
public import WeirKernel

/// Series that do nearly always the same thing, once they do much: scripts rather than people.
///
/// What an account asks for is a route: model and operation. An interval with a count of at least
/// `volume` stands out when surely more than `share` of it went one route.
///
/// ## Edges
/// - The routes of an interval are counted in four counters; with more routes than that, what is
///   sure may be less than what is true, by at most a fifth of the other routes' counts.
/// - People who do much of one thing look the same: this ranks, and the ladder should be slow to
///   act.
///
/// ## Complexity
/// O(1) a request; 48 bytes a series.
///
/// ## Source
/// The signal "one-route concentration, gated on volume" of operators' abuse scoring (metagraphed
/// issue 8611); Misra and Gries, "Finding repeated elements", 1982, for the counters.
public struct ConcentrationDetector: Detector {
  /// The name in scenarios.
  public static let typeName = "concentration"
  /// One sentence for the catalogue.
  public static let summary =
    "Series that do nearly always the same thing, once they do much: scripts rather than people."

  /// The part of an interval on one route that is too much.
  public let share: Ratio
  /// The count of an interval from which on it is judged.
  public let volume: Int64

  private var operations = 1
  private var routes: [Routes] = []

  private struct Routes: Sendable {
    var names: InlineArray<4, UInt32> = InlineArray(repeating: 0)
    var counts: InlineArray<4, Int64> = InlineArray(repeating: 0)

    /// Counts `amount` for `name`; without a counter, takes as much from all of them.
    mutating func add(_ name: UInt32, _ amount: Int64) {
      var free: Int?
      for place in 0..<4 {
        if counts[place] == 0 {
          free = free ?? place
        } else if names[place] == name {
          counts[place] += amount
          return
        }
      }
      var rest = amount
      if free == nil {
        let taken = min(amount, least)
        for place in 0..<4 {
          counts[place] -= taken
          if counts[place] == 0 { free = free ?? place }
        }
        rest -= taken
      }
      guard let free, rest > 0 else { return }
      names[free] = name
      counts[free] = rest
    }

    var least: Int64 { min(counts[0], counts[1], counts[2], counts[3]) }
    var greatest: Int64 { max(counts[0], counts[1], counts[2], counts[3]) }
  }

  /// Creates the detector.
  ///
  /// - Precondition: `share` is at most 1, with a denominator up to a million.
  public init(share: Ratio, volume: Int64) {
    self.share = share
    self.volume = volume
  }

  /// Reads the detector.
  public init(_ fields: Fields) {
    self.init(
      share: fields.value(
        "share", .millionths(upTo: 1), default: Ratio(9, over: 10),
        "The part of an interval on one route that is too much."),
      volume: fields.required(
        "volume", .quantity(in: 1...1_000_000_000_000),
        "The count of an interval from which on it is judged."))
  }

  /// Starts without counts.
  public mutating func prepare(for directory: Directory, series count: Int) {
    operations = max(1, directory.operations.count)
    routes = Array(repeating: Routes(), count: count)
  }

  /// Counts the request's route.
  public mutating func note(
    _ amount: Int64, of request: Request, series: Int, interval: Int64
  ) {
    let route = UInt32(request.model) * UInt32(operations) + UInt32(request.operation)
    routes[series].add(route, amount)
  }

  /// Whether surely more than its share went one route.
  public func standsOut(_ count: Int64, of series: Int) -> Bool {
    guard count >= volume else { return false }
    let has = routes[series].greatest.multipliedFullWidth(by: share.denominator)
    let bound = count.multipliedFullWidth(by: share.numerator)
    return (has.high, has.low) > (bound.high, bound.low)
  }

  /// Begins to count anew.
  public mutating func learn(_ count: Int64, of series: Int, isViolation: Bool) {
    routes[series] = Routes()
  }
}

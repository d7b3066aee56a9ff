public import WeirFormats
public import WeirKernel

/// Watches the traffic of each product as a whole, and raises an alarm when it is unusual.
///
/// Attempts, refused ones included, or their units are counted in intervals, and a ``Detector``
/// judges the counts. An alarm is raised as soon as the running interval stands out, and ends with
/// the last of `quiet` intervals on end that did not. It lets every request pass.
///
/// ## Edges
/// - An alarm that is on goes on when a further interval stands out; it is not raised again.
/// - Intervals without any attempt are learnt like others, up to 64 on end; they end alarms when
///   the next attempt comes, at their own time.
///
/// ## Complexity
/// That of the detector and O(1) a request; some 64 bytes a product, none an account, and 32 an
/// alarm.
///
/// ## Source
/// Alarm delay and false alarms as in the theory of quickest change detection: Page, Biometrika 41,
/// 1954; Lorden, Annals of Mathematical Statistics 42(6), 1971.
public struct SpikeDetector: AlarmSource {
  /// The name in scenarios.
  public static let typeName = "spikeDetector"
  /// One sentence for the catalogue.
  public static let summary =
    "Watches the traffic of each product as a whole, and raises an alarm when it is unusual."

  /// What is counted.
  public enum Count: String, CaseIterable, Hashable, Sendable {
    /// Attempts, refused ones included.
    case attempts
    /// The units of attempts, as they were estimated.
    case units
  }

  /// The length of an interval.
  public let interval: SimDuration
  /// What is counted.
  public let counts: Count
  /// The intervals on end that do not stand out and end an alarm.
  public let quiet: Int64
  /// The alarms in the order in which they were raised.
  public private(set) var alarms: [Alarm] = []

  private var detector: any Detector
  private var products: [Series] = []

  private struct Series: Sendable {
    var interval = Int64.min
    var count: Int64 = 0
    var isViolation = false
    /// Whether an alarm is on, and the quiet intervals so far.
    var alarm: Int?
    var quiet: Int64 = 0
  }

  /// A gate.
  public var role: Role { .gate }

  /// Creates the tracker.
  ///
  /// - Precondition: `detector` judges counts by themselves, and `quiet` is at least 1.
  public init(
    _ detector: any Detector = EwmaDetector(), interval: SimDuration = .minutes(1),
    counts: Count = .attempts, quiet: Int64 = 3
  ) {
    self.detector = detector
    self.interval = interval
    self.counts = counts
    self.quiet = quiet
  }

  /// Reads the tracker.
  public init(_ fields: Fields) {
    let detector = fields.value(
      "detector", .variant(fields.registry(Catalogue.seriesDetectors), nameAlone: true),
      whenAbsent: "ewma", "What judges the counts."
    ).detector
    fields.check(
      detector.planNames.isEmpty, at: "detector",
      expected: "one number for all plans: all accounts are counted together")
    self.init(
      detector,
      interval: fields.value(
        "interval", .span(from: SimDuration(nanoseconds: 1)), default: .minutes(1),
        "The length of the intervals in which is counted."),
      counts: fields.value(
        "counts",
        .choice(Count.self) {
          $0 == .attempts
            ? "attempts, refused ones included" : "the units of attempts, as they were estimated"
        }, default: .attempts, "What is counted."),
      quiet: fields.value(
        "quiet", .integer(in: 1...1_000_000), default: 3,
        "The intervals on end that do not stand out and end an alarm."))
  }

  /// Starts every product without history.
  public mutating func prepare(for directory: Directory) {
    products = Array(repeating: Series(), count: directory.products.count)
    detector.prepare(for: directory, series: products.count)
    alarms = []
  }

  /// Lets everything pass.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote { .pays(cost) }

  /// Counts nothing: attempts are counted when they are decided.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}

  /// Yes: refused attempts count too.
  public var observes: Bool { true }

  /// Counts the attempt, and judges its interval.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    switch feedback {
    case .admitted, .denied: break
    case .started, .completed, .failed, .abandoned: return
    }
    let product = Int(request.product)
    move(product, to: now)
    let amount = counts == .attempts ? 1 : request.cost.count
    products[product].count = min(products[product].count + amount, .max / 2)
    guard !products[product].isViolation,
      detector.standsOut(products[product].count, of: product)
    else { return }
    products[product].isViolation = true
    guard products[product].alarm == nil else { return }
    products[product].alarm = alarms.count
    alarms.append(Alarm(product: request.product, raisedAt: now))
  }

  /// Ends the intervals that are over at `now`.
  private mutating func move(_ product: Int, to now: SimTime) {
    let current = now.nanoseconds / interval.nanoseconds
    let last = products[product].interval
    guard current > last else { return }
    if last > .min {
      close(product, number: last)
      products[product].count = 0
      products[product].isViolation = false
      for silent in 0..<min(64, current - last - 1) { close(product, number: last + 1 + silent) }
    }
    products[product].interval = current
  }

  /// Learns what the interval number `number` came to, and ends an alarm with it if it is time.
  private mutating func close(_ product: Int, number: Int64) {
    let series = products[product]
    detector.learn(series.count, of: product, isViolation: series.isViolation)
    guard let alarm = series.alarm else { return }
    products[product].quiet = series.isViolation ? 0 : series.quiet + 1
    guard products[product].quiet >= quiet else { return }
    alarms[alarm].endedAt = SimTime(nanoseconds: (number + 1) * interval.nanoseconds)
    products[product].alarm = nil
    products[product].quiet = 0
  }
}

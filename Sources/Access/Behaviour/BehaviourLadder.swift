public import WeirFormats
public import WeirKernel

/// A gate that watches how often each account asks, and answers what stands out step by step.
///
/// Attempts, refused ones included, are counted in intervals. An interval is a violation when its
/// count is far above the account's own history (by `threshold` deviations of an exponentially
/// weighted mean), or above `ceiling` whatever the history. Each violation takes the account a rung
/// up the ladder; each `forgiveAfter` without one takes it a rung down.
///
/// ## Edges
/// - A violation is found while its interval still runs, once in each interval.
/// - What was a violation is not learnt as normal, unless `learnsViolations`: then a lasting change
///   of level is accepted after a few intervals.
/// - In `shadow` accounts are flagged and climb, but nothing is refused.
/// - Waits are those of the present rung; a longer silence may lead down sooner.
///
/// ## Complexity
/// O(1) a call, after a silence linear in its intervals, at most 64; 88 bytes an account.
///
/// ## Source
/// Finch/West recursions for the score; the ladder and the lazy forgiveness after what operators
/// of public interfaces describe (signals rank, and only the ladder acts).
public struct BehaviourLadder: Layer {
  /// The name in scenarios.
  public static let typeName = "behaviourLadder"
  /// One sentence for the catalogue.
  public static let summary =
    "Watches how often each account asks, and slows, shrinks or blocks what stands out."

  /// What a rung does.
  public enum Rung: String, CaseIterable, Hashable, Sendable {
    /// Nothing yet: the account is flagged.
    case observe
    /// Some time must lie between two admissions.
    case slow
    /// So many admissions an interval.
    case shrink
    /// No admission.
    case block
  }

  /// What is held for a violation, and what follows.
  public struct Terms: Hashable, Sendable {
    /// The length of an interval.
    public var interval = SimDuration.minutes(1)
    /// The weight of the latest interval in mean and variance.
    public var weight = Ratio(1, over: 5)
    /// The deviations above the mean that are a violation.
    public var threshold = Ratio(4)
    /// The least deviation, in attempts.
    public var leastDeviation = Ratio.one
    /// The intervals that are learnt before any is judged by history.
    public var warmup: Int64 = 5
    /// The attempts in an interval that are a violation in any case; `nil` for no such number.
    public var ceiling: Int64?
    /// Whether violations are learnt as well.
    public var learnsViolations = false
    /// The time without a violation that takes a rung down.
    public var forgiveAfter = SimDuration.minutes(10)
    /// The rungs, from the first violation up.
    public var rungs = Rung.allCases
    /// The least time between admissions on the rung `slow`.
    public var slowTo = SimDuration.seconds(10)
    /// The most admissions in an interval on the rung `shrink`.
    public var shrinkTo: Int64 = 5
    /// Whether nothing is refused.
    public var shadow = false

    /// Creates the usual terms.
    public init() {}
  }

  /// The terms.
  public let terms: Terms
  private var accounts: [AccountBehaviour] = []

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate.
  public init(_ terms: Terms = Terms()) { self.terms = terms }

  /// Reads the gate.
  public init(_ fields: Fields) {
    var terms = Terms()
    let nanosecond = SimDuration(nanoseconds: 1)
    terms.interval = fields.value(
      "interval", .span(from: nanosecond), default: terms.interval,
      "The length of the intervals in which attempts are counted.")
    terms.weight = fields.value(
      "weight", .ratio.checked("a number up to 1") { $0 <= .one }, default: terms.weight,
      "The weight of the latest interval in mean and variance.")
    terms.threshold = fields.value(
      "threshold", .ratio.checked("a number up to 1000 with up to 6 decimals", Self.isShort),
      default: terms.threshold,
      "The deviations above the mean that are a violation.")
    terms.leastDeviation = fields.value(
      "leastDeviation", .ratio.checked("a number up to 1000 with up to 6 decimals", Self.isShort),
      default: terms.leastDeviation, "The least deviation, in attempts.")
    terms.warmup = fields.value(
      "warmup", .integer(in: 1...1_000_000), default: terms.warmup,
      "The intervals that are learnt before any is judged by history.")
    terms.ceiling = fields.optional(
      "ceiling", .quantity(in: 1...1_000_000_000),
      "The attempts in an interval that are a violation in any case.")
    terms.learnsViolations = fields.value(
      "learnsViolations", .flag, default: terms.learnsViolations,
      "Whether violations are learnt as normal too.")
    terms.forgiveAfter = fields.value(
      "forgiveAfter", .span(from: nanosecond), default: terms.forgiveAfter,
      "The time without a violation that takes an account a rung down.")
    terms.rungs = fields.value(
      "ladder",
      .list(of: .choice(Rung.self, help: Self.help), count: 1...16), default: terms.rungs,
      "The rungs, from the first violation up.")
    terms.slowTo = fields.value(
      "slowTo", .span, default: terms.slowTo,
      "The least time between admissions on the rung slow.")
    terms.shrinkTo = fields.value(
      "shrinkTo", .quantity(in: 0...1_000_000_000), default: terms.shrinkTo,
      "The most admissions in an interval on the rung shrink.")
    terms.shadow = fields.value(
      "shadow", .flag, default: terms.shadow, "Whether accounts are flagged but never refused.")
    self.terms = terms
  }

  @Sendable
  private static func isShort(_ number: Ratio) -> Bool {
    number <= Ratio(1000) && number.denominator <= 1_000_000
  }

  private static func help(_ rung: Rung) -> String {
    switch rung {
    case .observe: "nothing yet: the account is flagged"
    case .slow: "some time must lie between two admissions"
    case .shrink: "so many admissions an interval"
    case .block: "no admission"
    }
  }

  /// Makes room for what is known of the accounts.
  public mutating func prepare(for directory: Directory) {
    accounts = Array(repeating: AccountBehaviour(), count: directory.accounts)
  }

  /// Lets the request pass unless the account's rung says otherwise.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    if cost == .zero || terms.shadow { return .pays(cost) }
    let account = accounts[Int(request.account)]
    let level = account.level(at: now, terms)
    guard level > 0, let wait = account.wait(on: terms.rungs[level - 1], at: now, terms) else {
      return .pays(cost)
    }
    return .short(.behaviour, retryAfter: wait)
  }

  /// Notes the admission.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {
    guard share > .zero else { return }
    accounts[Int(request.account)].admit(at: now, terms)
  }

  /// Yes: refused attempts count too.
  public var observes: Bool { true }

  /// Counts the attempt, and judges its interval.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    switch feedback {
    case .admitted, .denied: accounts[Int(request.account)].attempt(at: now, terms)
    case .started, .completed, .abandoned: break
    }
  }

  /// No: a rung may be left before the wait is over.
  public var waitsAreExact: Bool { false }

  /// Whether the account is on the ladder.
  public func isFlagged(_ account: AccountIndex, at now: SimTime) -> Bool {
    accounts[Int(account)].level(at: now, terms) > 0
  }

  /// When its first violation was found.
  public func firstFlagged(_ account: AccountIndex) -> SimTime? {
    let time = accounts[Int(account)].firstViolation
    return time == .distantFuture ? nil : time
  }

  /// When it first reached a rung above `observe`, in shadow too.
  public func firstActedAgainst(_ account: AccountIndex) -> SimTime? {
    let time = accounts[Int(account)].firstAction
    return time == .distantFuture ? nil : time
  }

  /// The rung on which `account` stands; `nil` when it is on none.
  public func rung(of account: AccountIndex, at now: SimTime) -> Rung? {
    let level = accounts[Int(account)].level(at: now, terms)
    return level > 0 ? terms.rungs[level - 1] : nil
  }
}

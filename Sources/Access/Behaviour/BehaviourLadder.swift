public import WeirFormats
public import WeirKernel

/// A gate that watches what each account does, and answers what stands out step by step.
///
/// What an account does, refused attempts included, is counted in intervals, and a ``Detector``
/// judges the counts. Each interval that stands out, a violation, takes the account a rung up the
/// ladder; each `forgiveAfter` without one takes it a rung down.
///
/// ## Edges
/// - A violation is found while its interval still runs, once in each interval.
/// - In `shadow` accounts are flagged and climb, but nothing is refused.
/// - An account is compared with its active intervals, so that whoever comes now and then for an
///   hour is not a burst; with `learnsSilence` the silence since its first act counts, too.
/// - Refusals are counted unless behaviour was their reason: a block does not prolong itself.
/// - Waits are those of the present rung; a longer silence may lead down sooner.
///
/// ## Complexity
/// That of the detector and O(1) a call, after a silence linear in its intervals, at most 64; 64
/// bytes an account and those of the detector.
///
/// ## Source
/// The ladder and the lazy forgiveness after what operators of public interfaces describe: signals
/// rank, and only the ladder acts.
public struct BehaviourLadder: BehaviourJudge {
  /// The name in scenarios.
  public static let typeName = "behaviourLadder"
  /// One sentence for the catalogue.
  public static let summary =
    "Watches what each account does, and slows, shrinks or blocks whoever stands out."

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

  /// What is counted of an account.
  public enum Count: String, CaseIterable, Hashable, Sendable {
    /// Its attempts, refused ones included.
    case attempts
    /// Its attempts that were admitted.
    case admissions
    /// Its attempts that were refused for any reason but behaviour.
    case refusals
    /// The units of its admitted attempts, as they were estimated.
    case units
  }

  /// What is counted, and what follows a violation.
  public struct Terms: Hashable, Sendable {
    /// The length of an interval.
    public var interval = SimDuration.minutes(1)
    /// What is counted.
    public var counts = Count.attempts
    /// Whether intervals in which nothing was counted are learnt as well.
    public var learnsSilence = false
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
  private var detector: any Detector
  private var plans: PlanSet
  private var accounts: [AccountBehaviour] = []

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate, which watches the accounts of some plans, or of all without `plans`.
  public init(
    _ terms: Terms = Terms(), detector: any Detector = EwmaDetector(), plans: [String]? = nil
  ) {
    self.terms = terms
    self.detector = detector
    self.plans = PlanSet(plans?.map { Located($0) })
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    var terms = Terms()
    let nanosecond = SimDuration(nanoseconds: 1)
    terms.interval = fields.value(
      "interval", .span(from: nanosecond), default: terms.interval,
      "The length of the intervals in which is counted.")
    terms.counts = fields.value(
      "counts", .choice(Count.self, help: Self.help), default: terms.counts,
      "What is counted of each account.")
    detector =
      fields.value(
        "detector", .variant(fields.registry(Catalogue.detectors), nameAlone: true),
        whenAbsent: "ewma", "What judges the counts."
      ).detector
    plans = PlanSet(fields.plans("The plans whose accounts are watched; all if absent."))
    terms.learnsSilence = fields.value(
      "learnsSilence", .flag, default: terms.learnsSilence,
      "Whether intervals in which an account does nothing are learnt as normal too.")
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

  private static func help(_ count: Count) -> String {
    switch count {
    case .attempts: "its attempts, refused ones included"
    case .admissions: "its attempts that were admitted"
    case .refusals: "its attempts that were refused for any reason but behaviour"
    case .units: "the units of its admitted attempts, as they were estimated"
    }
  }

  private static func help(_ rung: Rung) -> String {
    switch rung {
    case .observe: "nothing yet: the account is flagged"
    case .slow: "some time must lie between two admissions"
    case .shrink: "so many admissions an interval"
    case .block: "no admission"
    }
  }

  /// The plans that are watched, and those that the detector names.
  public var fieldNames: FieldNames { FieldNames(plans: (plans.names ?? []) + detector.planNames) }

  /// Makes room for what is known of the accounts.
  public mutating func prepare(for directory: Directory) {
    accounts = Array(repeating: AccountBehaviour(), count: directory.accounts)
    detector.prepare(for: directory, series: directory.accounts)
    plans.prepare(for: directory)
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
    move(Int(request.account), to: now)
    accounts[Int(request.account)].admit(at: now)
  }

  /// Yes: refused attempts count too.
  public var observes: Bool { true }

  /// Counts what was done, and judges its interval.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    let amount = amount(of: feedback, request)
    guard amount > 0, plans.contains(request.plan) else { return }
    let account = Int(request.account)
    move(account, to: now)
    accounts[account].add(amount)
    detector.note(
      amount, of: request, series: account, interval: accounts[account].interval)
    if !accounts[account].isViolation,
      detector.standsOut(accounts[account].count, of: account)
    {
      accounts[account].violate(at: now, terms)
    }
  }

  /// What `feedback` adds to the count.
  private func amount(of feedback: Feedback, _ request: Request) -> Int64 {
    switch (feedback, terms.counts) {
    case (.admitted, .attempts), (.admitted, .admissions), (.denied, .attempts): 1
    case (.admitted, .units): request.cost.count
    case (.denied(let reason), .refusals): reason == .behaviour ? 0 : 1
    default: 0
    }
  }

  /// Begins the interval of `now`; the detector learns the intervals that have ended by then.
  private mutating func move(_ account: Int, to now: SimTime) {
    let current = now.nanoseconds / terms.interval.nanoseconds
    let last = accounts[account].interval
    guard current > last else { return }
    if last > AccountBehaviour.noInterval {
      detector.learn(
        accounts[account].count, of: account, isViolation: accounts[account].isViolation)
      // After 64 silent intervals one more hardly changes anything.
      let silent = terms.learnsSilence ? min(64, current - last - 1) : 0
      for _ in 0..<silent { detector.learn(0, of: account, isViolation: false) }
    }
    accounts[account].begin(current)
  }

  /// No: an admission counts on its rung, whatever became of it.
  public var givesBack: Bool { false }

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

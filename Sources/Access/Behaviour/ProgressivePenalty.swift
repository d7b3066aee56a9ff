public import WeirFormats
public import WeirKernel

/// A gate that shuts for whoever runs into a limit, longer each time, and forgives with time.
///
/// A violation is a request that another layer of the stack refused because a window was used up or
/// too many requests were in flight. Each takes the account a level up and shuts the gate to it for
/// `first`, times `factor` for every level above the first, at most `longest`; each `forgiveAfter`
/// without a violation takes it a level down.
///
/// ## Edges
/// - What is asked while the gate is shut is refused and is no new violation.
/// - The gate opens exactly at the end of the penalty.
/// - Levels have no top: the penalty is held at `longest`, and forgiving still takes a time for
///   each.
///
/// ## Complexity
/// O(1) a call, a violation linear in the levels until `longest`; 32 bytes an account.
///
/// ## Source
/// The growing ban of fail2ban (`bantime.increment`) and of login throttles: double, hold, forgive.
public struct ProgressivePenalty: BehaviourJudge {
  /// The name in scenarios.
  public static let typeName = "progressivePenalty"
  /// One sentence for the catalogue.
  public static let summary =
    "Shuts for whoever runs into a limit, longer each time, and forgives with time."

  /// The penalty on the first level.
  public let first: SimDuration
  /// What every further level multiplies it by.
  public let factor: Ratio
  /// The longest penalty.
  public let longest: SimDuration
  /// The time without a violation that takes a level down.
  public let forgiveAfter: SimDuration

  private var accounts: [Record] = []

  private struct Record: Hashable, Sendable {
    /// The level of the last violation.
    var level: Int32 = 0
    var lastViolation = SimTime.zero
    var until = SimTime(nanoseconds: .min)
    var firstViolation = SimTime.distantFuture
  }

  /// A gate.
  public var role: Role { .gate }

  /// Creates the gate.
  ///
  /// - Precondition: `factor` is at least 1, and `forgiveAfter` is positive.
  public init(
    first: SimDuration, factor: Ratio = Ratio(2), longest: SimDuration, forgiveAfter: SimDuration
  ) {
    self.first = first
    self.factor = factor
    self.longest = longest
    self.forgiveAfter = forgiveAfter
  }

  /// Reads the gate.
  public init(_ fields: Fields) {
    let nanosecond = SimDuration(nanoseconds: 1)
    first = fields.value(
      "first", .span(from: nanosecond), default: .seconds(10), "The penalty on the first level.")
    factor = fields.value(
      "factor", .ratio.checked("a number from 1 to 1000", placeholder: .one, Self.isFactor),
      default: Ratio(2), "What every further level multiplies the penalty by.")
    longest = fields.value(
      "longest", .span(from: nanosecond), default: .hours(1), "The longest penalty.")
    forgiveAfter = fields.value(
      "forgiveAfter", .span(from: nanosecond), default: .minutes(10),
      "The time without a violation that takes an account a level down.")
  }

  @Sendable
  private static func isFactor(_ number: Ratio) -> Bool {
    number >= .one && number <= Ratio(1000)
  }

  /// Starts every account without violations.
  public mutating func prepare(for directory: Directory) {
    accounts = Array(repeating: Record(), count: directory.accounts)
  }

  /// Lets the request pass unless its account has a penalty.
  public func quote(
    _ cost: Units, of request: Request, at now: SimTime, _ signals: Signals
  ) -> Quote {
    let until = accounts[Int(request.account)].until
    if cost == .zero || now >= until { return .pays(cost) }
    return .short(.behaviour, retryAfter: until - now)
  }

  /// Counts nothing.
  public mutating func commit(_ share: Units, of request: Request, at now: SimTime) {}

  /// Yes: refusals are what it is about.
  public var observes: Bool { true }

  /// Gives a penalty for running into a limit.
  public mutating func observe(_ feedback: Feedback, of request: Request, at now: SimTime) {
    guard case .denied(let reason) = feedback, reason == .limit || reason == .concurrency else {
      return
    }
    let account = Int(request.account)
    guard now >= accounts[account].until else { return }
    let level = level(of: request.account, at: now) + 1
    accounts[account].level = Int32(clamping: level)
    accounts[account].lastViolation = now
    accounts[account].until = now + penalty(on: level)
    accounts[account].firstViolation = min(accounts[account].firstViolation, now)
  }

  /// The penalty on `level`, which is at least 1.
  private func penalty(on level: Int) -> SimDuration {
    var length = first.nanoseconds
    for _ in 1..<level where length < longest.nanoseconds {
      length = factor.times(length, rounding: .down) ?? .max
      // A factor of one would never get there.
      if factor == .one { break }
    }
    return SimDuration(nanoseconds: min(length, longest.nanoseconds))
  }

  /// The level of `account` at `now`, from 0.
  public func level(of account: AccountIndex, at now: SimTime) -> Int {
    let record = accounts[Int(account)]
    guard record.level > 0 else { return 0 }
    let forgiven = (now - record.lastViolation).nanoseconds / forgiveAfter.nanoseconds
    return Int(max(0, Int64(record.level) - forgiven))
  }

  /// Whether the account is on a level.
  public func isFlagged(_ account: AccountIndex, at now: SimTime) -> Bool {
    level(of: account, at: now) > 0
  }

  /// When it first ran into a limit.
  public func firstFlagged(_ account: AccountIndex) -> SimTime? {
    let time = accounts[Int(account)].firstViolation
    return time == .distantFuture ? nil : time
  }
}

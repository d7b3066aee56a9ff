import WeirKernel

/// Where an account stands on a ``BehaviourLadder``, and what its running interval came to so far.
struct AccountBehaviour: Hashable, Sendable {
  /// What was counted in the running interval.
  private(set) var count: Int64 = 0
  /// The number of the running interval; ``noInterval`` before the first.
  private(set) var interval = noInterval
  private var admissions: Int64 = 0
  private var rung: Int32 = 0
  /// Whether the running interval was found to be a violation.
  private(set) var isViolation = false
  private var lastViolation = SimTime.zero
  private var lastAdmission = SimTime(nanoseconds: .min / 2)
  /// When the first violation was found; distant when none was.
  private(set) var firstViolation = SimTime.distantFuture
  /// When a rung that acts was first reached; distant when none was.
  private(set) var firstAction = SimTime.distantFuture

  /// The number of no interval.
  static let noInterval = Int64.min

  /// The rung at `now`, from 1; 0 when on none.
  func level(at now: SimTime, _ terms: BehaviourLadder.Terms) -> Int {
    guard rung > 0 else { return 0 }
    let forgiven = (now - lastViolation).nanoseconds / terms.forgiveAfter.nanoseconds
    return Int(max(0, Int64(rung) - forgiven))
  }

  /// How long a request has to wait on `rung`; `nil` when it may pass.
  func wait(
    on rung: BehaviourLadder.Rung, at now: SimTime, _ terms: BehaviourLadder.Terms
  ) -> SimDuration? {
    switch rung {
    case .observe: return nil
    case .slow:
      let next = lastAdmission + terms.slowTo
      return now < next ? next - now : nil
    case .shrink:
      let length = terms.interval.nanoseconds
      let current = now.nanoseconds / length
      guard current == interval, admissions >= terms.shrinkTo else { return nil }
      return SimDuration(nanoseconds: length - now.nanoseconds % length)
    case .block:
      let elapsed = (now - lastViolation).nanoseconds % terms.forgiveAfter.nanoseconds
      return SimDuration(nanoseconds: terms.forgiveAfter.nanoseconds - elapsed)
    }
  }

  /// Notes an admission.
  mutating func admit(at now: SimTime) {
    admissions += 1
    lastAdmission = now
  }

  /// Counts `amount` more in the running interval.
  mutating func add(_ amount: Int64) { count = min(count + amount, .max / 2) }

  /// Goes a rung up, once in the running interval.
  mutating func violate(at now: SimTime, _ terms: BehaviourLadder.Terms) {
    isViolation = true
    rung = Int32(min(terms.rungs.count, level(at: now, terms) + 1))
    lastViolation = now
    firstViolation = min(firstViolation, now)
    if terms.rungs[Int(rung) - 1] != .observe { firstAction = min(firstAction, now) }
  }

  /// Begins the interval number `next`.
  mutating func begin(_ next: Int64) {
    interval = next
    count = 0
    admissions = 0
    isViolation = false
  }
}

import WeirKernel

/// What a ``BehaviourLadder`` knows of one account.
struct AccountBehaviour: Hashable, Sendable {
  private var score = ExponentialScore()
  private var rung: Int32 = 0
  /// The number of the interval that is being counted.
  private var interval: Int64 = 0
  private var attempts: Int64 = 0
  private var admissions: Int64 = 0
  private var isViolation = false
  private var lastViolation = SimTime.zero
  private var lastAdmission = SimTime(nanoseconds: .min / 2)
  /// When the first violation was found; distant when none was.
  private(set) var firstViolation = SimTime.distantFuture
  /// When a rung that acts was first reached; distant when none was.
  private(set) var firstAction = SimTime.distantFuture

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
  mutating func admit(at now: SimTime, _ terms: BehaviourLadder.Terms) {
    move(to: now, terms)
    admissions += 1
    lastAdmission = now
  }

  /// Counts an attempt and judges the interval so far.
  mutating func attempt(at now: SimTime, _ terms: BehaviourLadder.Terms) {
    move(to: now, terms)
    attempts += 1
    guard !isViolation else { return }
    let isTooMuch = terms.ceiling.map { attempts > $0 } ?? false
    let isFar =
      Int64(score.learnt) >= terms.warmup
      && score.isOutlier(attempts, threshold: terms.threshold, least: terms.leastDeviation)
    guard isTooMuch || isFar else { return }
    isViolation = true
    rung = Int32(min(terms.rungs.count, level(at: now, terms) + 1))
    lastViolation = now
    firstViolation = min(firstViolation, now)
    if terms.rungs[Int(rung) - 1] != .observe { firstAction = min(firstAction, now) }
  }

  /// Learns the intervals that have ended by `now`.
  private mutating func move(to now: SimTime, _ terms: BehaviourLadder.Terms) {
    let current = now.nanoseconds / terms.interval.nanoseconds
    guard current > interval else { return }
    if !isViolation || terms.learnsViolations { score.learn(attempts, weight: terms.weight) }
    // After 64 silent intervals one more hardly changes anything.
    for _ in 0..<min(64, current - interval - 1) { score.learn(0, weight: terms.weight) }
    interval = current
    attempts = 0
    admissions = 0
    isViolation = false
  }
}

import WeirAccess

/// What became of the measured intents of one population, counted.
///
/// Requests are counted one by one, here and elsewhere, without a check: no run has 2⁶³ of them.
struct Counts: Sendable {
  var sessions: Int64 = 0
  var brokenSessions: Int64 = 0
  var intents: Int64 = 0
  var attempts: Int64 = 0
  var admitted: Int64 = 0
  var held: Int64 = 0
  var downgraded: Int64 = 0
  var denied: Int64 = 0
  /// Attempts that were let through with a part of what they asked for.
  var grantedInPart: Int64 = 0
  /// The units that those asked for.
  var askedForPart = Units.zero
  /// The units that those were granted.
  var partGranted = Units.zero
  var completed: Int64 = 0
  var deniedForGood: Int64 = 0
  var abandoned: Int64 = 0
  var failed: Int64 = 0
  var unreached: Int64 = 0
  /// Calls that the end of the run left unmade.
  var cutOff: Int64 = 0
  var hardStops: Int64 = 0
  var deniedThoughFunded: Int64 = 0
  /// Attempts that a layer refused for the behaviour of their account.
  var deniedForBehaviour: Int64 = 0
  var withinSLO: Int64 = 0
  /// Units used that nobody paid.
  var overrun = Units.zero
  /// Server time of completed intents, in nanoseconds.
  var usefulWork: Int128 = 0
  /// Credits at the start of the measured time.
  var opening = Credits.zero
  /// Credits at the end of the run.
  var closing = Credits.zero
  /// Credits granted, and advanced less repaid.
  var granted = Credits.zero
  /// Accounts that bought credits.
  var buyers: Int64 = 0
  var purchases: Int64 = 0
  var purchased = Credits.zero
  var debited = Credits.zero
  var refunded = Credits.zero
  var expired = Credits.zero
  var forgiven = Credits.zero

  /// The measured intents that have ended, one way or another.
  var ended: Int64 { completed + deniedForGood + abandoned + failed }

  /// What the credits at the end of the run must be.
  var expectedClosing: Credits {
    opening + purchased + granted + refunded + forgiven - debited - expired
  }

  mutating func add(_ other: Counts) {
    sessions += other.sessions
    brokenSessions += other.brokenSessions
    intents += other.intents
    attempts += other.attempts
    admitted += other.admitted
    held += other.held
    downgraded += other.downgraded
    denied += other.denied
    grantedInPart += other.grantedInPart
    askedForPart += other.askedForPart
    partGranted += other.partGranted
    completed += other.completed
    deniedForGood += other.deniedForGood
    abandoned += other.abandoned
    failed += other.failed
    unreached += other.unreached
    cutOff += other.cutOff
    hardStops += other.hardStops
    deniedThoughFunded += other.deniedThoughFunded
    deniedForBehaviour += other.deniedForBehaviour
    withinSLO += other.withinSLO
    overrun += other.overrun
    usefulWork += other.usefulWork
    opening += other.opening
    closing += other.closing
    granted += other.granted
    buyers += other.buyers
    purchases += other.purchases
    purchased += other.purchased
    debited += other.debited
    refunded += other.refunded
    expired += other.expired
    forgiven += other.forgiven
  }
}

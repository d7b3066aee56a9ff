import WeirAccess
import WeirKernel

/// What one account asked for and got in the measured intents: the base of fairness.
struct AccountTally: Sendable {
  var intents: UInt32 = 0
  var completed: UInt32 = 0
  /// Intents begun and not yet ended, measured or not.
  var open: UInt32 = 0
  /// The last interval of the timeline in which it was active, counted from 1.
  var lastInterval: UInt32 = 0
  var demanded: Int64 = 0
  var served: Int64 = 0
  /// Since when it has waited without being served at all, while it has open intents.
  var hungrySince: Int64 = 0
  /// The longest such time.
  var starvation: Int64 = 0

  @inline(__always)
  mutating func beginIntent(demand: Units, isMeasured: Bool, at now: SimTime) {
    if open == 0 { hungrySince = now.nanoseconds }
    open += 1
    guard isMeasured else { return }
    intents += 1
    demanded += demand.count
  }

  /// Ends an intent that was served.
  @inline(__always)
  mutating func serve(_ units: Units, isMeasured: Bool, at now: SimTime) {
    endIntent(isServed: true, at: now)
    guard isMeasured else { return }
    completed += 1
    served += units.count
  }

  /// Whether this is the first activity in an interval of the timeline, counted from 1.
  @inline(__always)
  mutating func isNewlyActive(in interval: UInt32) -> Bool {
    defer { lastInterval = interval }
    return lastInterval != interval
  }

  @inline(__always)
  mutating func endIntent(isServed: Bool, at now: SimTime) {
    starvation = max(starvation, now.nanoseconds - hungrySince)
    if isServed { hungrySince = now.nanoseconds }
    open -= 1
  }
}

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

  mutating func beginIntent(at now: SimTime) {
    if open == 0 { hungrySince = now.nanoseconds }
    open += 1
  }

  mutating func endIntent(isServed: Bool, at now: SimTime) {
    starvation = max(starvation, now.nanoseconds - hungrySince)
    if isServed { hungrySince = now.nanoseconds }
    open -= 1
  }
}

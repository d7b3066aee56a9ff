public import WeirKernel

/// A rule of the layer protocol that a layer broke, and where.
public struct LayerViolation: Hashable, Sendable {
  /// The rule.
  public var rule: LayerRule
  /// The seed of the sequence of calls in which it happened.
  public var seed: UInt64
  /// The number of the step in that sequence, from 0.
  public var step: Int
  /// The simulated time.
  public var at: SimTime
  /// The numbers that contradict the rule.
  public var evidence: String
}

extension LayerViolation: CustomStringConvertible {
  /// One line with rule, place and numbers.
  public var description: String {
    "\(rule.rawValue): \(evidence) (seed \(seed), step \(step), \(at.nanoseconds) ns)"
  }
}

/// What every layer must hold to.
public enum LayerRule: String, CaseIterable, Hashable, Sendable {
  /// The same calls give the same answers.
  case isDeterministic = "the same calls give the same answers"
  /// A copy does not change with the original.
  case isValue = "a copy does not change with the original"
  /// Asking changes nothing.
  case quoteIsPure = "asking changes nothing"
  /// A quote is from nothing to the cost, and has a reason exactly when it is less.
  case quoteIsWhole = "a quote lies between nothing and the cost, with a reason when it is less"
  /// A cost of nothing passes, and taking nothing changes nothing.
  case zeroIsFree = "a cost of nothing passes and changes nothing"
  /// A refusal for good has no wait, and every wait is longer than none.
  case waitsMakeSense = "a refusal for good has no wait, and a wait is longer than none"
  /// After the wait the same request passes.
  case waitIsEnough = "after the wait the same request passes"
  /// A nanosecond before the end of the wait the same request is refused.
  case waitIsNeeded = "a nanosecond before the end of the wait the same request is refused"
  /// Only what is paid is kept.
  case holdsForNothing = "only what is paid is kept"
  /// After it has been kept a request within the limit would go on at once.
  case holdIsEnough = "after it has been kept a request within the limit would go on at once"
  /// What is taken in one instant is never more than the meter showed.
  case keepsItsLimit = "what is taken in one instant is never more than was there"
  /// The meter shows what decides.
  case meterDecides = "what the meter shows is paid, and not a unit more"
  /// What is taken and given back at once is there again.
  case givesBack = "what is taken and given back at once is there again"
  /// A hold that settles at what it took changes nothing.
  case settlesEvenly = "a hold settled at its share changes nothing"
  /// A hold that settles at less is as if less had been taken.
  case settlesDown = "a hold settled at less is as if less had been taken"
}

/// What came of holding a metric against a bound.
public struct ThresholdResult: Sendable, Equatable {
  /// The three ends of a threshold.
  public enum Outcome: String, Sendable, CaseIterable {
    /// The bound holds.
    case pass
    /// The bound does not hold, or nothing could be measured.
    case fail
    /// The interval straddles the bound.
    case inconclusive
  }

  /// Why it ended so.
  public enum Reason: Sendable, Equatable {
    /// The bound holds.
    case satisfied
    /// The bound does not hold.
    case violated
    /// The bound does not hold in some of the replications.
    case violatedIn(Int, of: Int)
    /// The interval straddles the bound; so many replications would settle it, where that is known.
    case straddles(replicationsNeeded: Int?)
    /// There is no value at all, and the threshold does not allow that.
    case noData
    /// There is no value at all, and the threshold allows that.
    case emptyAllowed
    /// The metric is undefined in some of the replications.
    case undefined(Int, of: Int)
    /// A value is infinite or not a number.
    case notFinite
    /// A relative bound needs values above 0.
    case notPositive
    /// An interval needs two replications.
    case tooFewReplications(Int)
    /// A change needs a baseline.
    case noBaseline
  }

  /// Pass, fail or inconclusive.
  public let outcome: Outcome
  /// Why.
  public let reason: Reason
  /// The number that was held against the bound, in its unit; undefined where there was none.
  public let value: Double?

  init(_ reason: Reason, value: Double? = nil) {
    self.reason = reason
    self.value = value
    switch reason {
    case .satisfied, .emptyAllowed: outcome = .pass
    case .straddles: outcome = .inconclusive
    default: outcome = .fail
    }
  }
}

extension ThresholdResult.Reason: CustomStringConvertible {
  /// The reason in words, for the terminal and `thresholds.csv`.
  public var description: String {
    switch self {
    case .satisfied: "holds"
    case .violated: "does not hold"
    case .violatedIn(let count, let total): "does not hold in \(count) of \(total) replications"
    case .straddles(let needed?):
      "the interval straddles the bound; about \(needed) replications would settle it"
    case .straddles(nil): "the interval straddles the bound"
    case .noData: "no data"
    case .emptyAllowed: "no data, which the threshold allows"
    case .undefined(let count, let total): "undefined in \(count) of \(total) replications"
    case .notFinite: "a value is infinite or not a number"
    case .notPositive: "a relative bound needs values above 0"
    case .tooFewReplications(let count): "an interval needs two replications, not \(count)"
    case .noBaseline: "needs a baseline"
    }
  }
}

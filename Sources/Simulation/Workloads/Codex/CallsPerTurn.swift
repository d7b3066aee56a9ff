import WeirFormats
import WeirKernel

/// How many calls a turn has: one, and often several more that carry the results of tools.
struct CallsPerTurn: Declared, Hashable {
  /// The share of turns that need more than one call.
  let continued: Double
  /// The calls after the first of such a turn.
  let continuations: RoundedLognormal

  /// Reads the law.
  init(_ fields: Fields) {
    continued = fields.value(
      "continued", .number(in: 0...1), default: 0.55,
      "The share of turns in which tools are used, so that more calls follow the first.")
    continuations = fields.value(
      "continuations", .object(RoundedLognormal.self), whenAbsent: ["median": 6.55, "sigma": 1.23],
      "The calls that follow in such a turn.")
  }

  /// The next number of calls.
  func sample(_ samples: inout Samples) -> Int64 {
    samples.bernoulli(continued) ? 1 + continuations.sample(&samples) : 1
  }

  /// The mean of the number, or of `bound` where that is less; `bound` is at least 0.
  func mean(atMost bound: Int64) -> Double {
    bound < 1 ? 0 : 1 + continued * continuations.mean(atMost: bound - 1)
  }
}

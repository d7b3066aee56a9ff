import WeirFormats
import WeirKernel

/// A whole number of at least 1: a lognormal number, rounded; how many turns, calls or jobs.
struct RoundedLognormal: Declared, Hashable {
  private let median: Double
  private let sigma: Double
  private let most: Int64
  private let law: Distribution

  /// Creates the law; traps unless the median is positive and sigma not negative.
  init(median: Double, sigma: Double, atMost most: Int64 = .max) {
    self.median = median
    self.sigma = sigma
    self.most = most
    law = .lognormal(median: median, sigma: sigma)
  }

  /// Reads the law.
  init(_ fields: Fields) {
    let median = fields.required(
      "median", .number(above: 0, upTo: 1_000_000),
      "The median of the number before it is rounded, half up, and raised to 1.")
    let sigma = fields.value(
      "sigma", .number(in: 0...10), default: 0, "The standard deviation of its logarithm.")
    let most = fields.optional(
      "atMost", .quantity(in: 1...1_000_000_000), "Larger numbers become this; no bound.")
    self.init(median: median, sigma: sigma, atMost: most ?? .max)
  }

  /// The next number.
  func sample(_ samples: inout Samples) -> Int64 {
    min(most, law.sampleCount(&samples, minimum: 1))
  }

  /// The probability of at least `count`.
  func tail(from count: Int64) -> Double {
    if count <= 1 { return 1 }
    if count > most { return 0 }
    let bound = Double(count) - 0.5
    if sigma == 0 { return median >= bound ? 1 : 0 }
    return DeterministicMath.normalTail(DeterministicMath.log(bound / median) / sigma)
  }

  /// The mean.
  var mean: Double { mean(atMost: most) }

  /// The mean of the number, or of `bound` where that is less; `bound` is at least 0.
  ///
  /// A sum of tails; beyond 200 an integral of them, which differs by a 24th of the density there.
  func mean(atMost bound: Int64) -> Double {
    let bound = min(bound, most)
    let exact = min(bound, 200)
    guard exact > 0 else { return 0 }
    let sum = (1...exact).reduce(0) { $0 + tail(from: $1) }
    guard bound > exact else { return sum }
    let upper = bound == .max ? law.mean : law.clamped(maximum: Double(bound)).mean
    return sum + upper - law.clamped(maximum: Double(exact)).mean
  }
}

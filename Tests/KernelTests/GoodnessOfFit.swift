import Foundation
import Testing
import WeirKernel

/// The largest distance between the measured and the exact distribution function.
func kolmogorovDistance(
  _ values: [Double], distribution: (Double) -> Double
) -> Double {
  let sorted = values.sorted()
  let count = Double(sorted.count)
  var distance = 0.0
  for (index, value) in sorted.enumerated() {
    let probability = distribution(value)
    distance = max(
      distance, probability - Double(index) / count, Double(index + 1) / count - probability)
  }
  return distance
}

/// Expects 20,000 samples of a continuous law to follow its distribution function.
///
/// The bound √(ln(2/α)/2)/√n at α = 1e-4 is 2.2253/√n (Kolmogorov's limit, Massey 1951).
func expectLaw(
  seed: UInt64, count: Int = 20_000, _ sample: (inout Samples) -> Double,
  distribution: (Double) -> Double, sourceLocation: SourceLocation = #_sourceLocation
) {
  var samples = SampleKey(seed: seed).samples(Purpose(rawValue: 9))
  let values = (0..<count).map { _ in sample(&samples) }
  let distance = kolmogorovDistance(values, distribution: distribution)
  #expect(
    distance < 2.2253 / Double(count).squareRoot(), "seed \(seed)",
    sourceLocation: sourceLocation)
}

/// Expects `observed` of `total` events of `probability` to lie within 4.5 deviations.
///
/// Half a count more is allowed, since counts are whole; two sides beyond have about 1e-5.
func expectCount(
  _ observed: Int, of total: Int, probability: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let expected = Double(total) * probability
  let deviation = (expected * (1 - probability)).squareRoot()
  #expect(
    abs(Double(observed) - expected) <= 4.5 * deviation + 0.5,
    "\(observed) of \(total), expected \(expected) ± \(deviation)", sourceLocation: sourceLocation)
}

/// Expects counts to follow `probabilities` by Pearson's chi-square at about 1e-4.
///
/// Cells that expect fewer than 8 are put together. The bound is that of Wilson and Hilferty:
/// k(1 − 2/(9k) + 3.719·√(2/(9k)))³ for k degrees of freedom.
func expectFrequencies(
  _ counts: [Double], _ probabilities: [Double],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let total = counts.reduce(0, +)
  var statistic = 0.0
  var cells = 0
  var rest = (count: 0.0, expected: 0.0)
  func add(_ count: Double, _ expected: Double) {
    statistic += (count - expected) * (count - expected) / expected
    cells += 1
  }
  for (count, probability) in zip(counts, probabilities) {
    let expected = probability * total
    if expected >= 8 {
      add(count, expected)
    } else {
      rest.count += count
      rest.expected += expected
    }
  }
  if rest.expected >= 8 {
    add(rest.count, rest.expected)
  } else {
    #expect(rest.count <= 30, "values that hardly ever come", sourceLocation: sourceLocation)
  }
  guard cells > 1 else { return }
  let degrees = Double(cells - 1)
  let spread = 2 / (9 * degrees)
  let bound = degrees * pow(1 - spread + 3.719 * spread.squareRoot(), 3)
  #expect(
    statistic < bound, "chi-square of \(cells) cells", sourceLocation: sourceLocation)
}

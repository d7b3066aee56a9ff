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

/// What `kolmogorovDistance` of samples of the right law exceeds with probability 1e-4.
///
/// √(ln(2/α)/2)/√n, the limit of Kolmogorov (Massey, 1951).
func kolmogorovBound(count: Int) -> Double { 2.2253 / Double(count).squareRoot() }

/// Expects samples of a continuous law to follow its distribution function.
func expectLaw(
  seed: UInt64, count: Int = 20_000, _ sample: (inout Samples) -> Double,
  distribution: (Double) -> Double, sourceLocation: SourceLocation = #_sourceLocation
) {
  var samples = SampleKey(seed: seed).samples(Purpose(rawValue: 9))
  let values = (0..<count).map { _ in sample(&samples) }
  let distance = kolmogorovDistance(values, distribution: distribution)
  #expect(distance < kolmogorovBound(count: count), "seed \(seed)", sourceLocation: sourceLocation)
}

/// How many events of `probability` come in `total` trials, but for 1 time in 100,000.
///
/// 4.5 deviations of the binomial law and half a count more, since counts are whole.
func usualCounts(of total: Int, probability: Double) -> ClosedRange<Double> {
  let expected = Double(total) * probability
  let distance = 4.5 * (expected * (1 - probability)).squareRoot() + 0.5
  return (expected - distance)...(expected + distance)
}

/// Expects a count to be a usual one.
func expectCount(
  _ observed: Int, of total: Int, probability: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let usual = usualCounts(of: total, probability: probability)
  #expect(usual.contains(Double(observed)), sourceLocation: sourceLocation)
}

/// Pearson's chi-square of counts, and what it exceeds with probability 1e-4.
///
/// Cells that expect fewer than 8 are put together, and left out if even so they do. The bound is
/// that of Wilson and Hilferty, k(1 − 2/(9k) + 3.719·√(2/(9k)))³ for k degrees of freedom.
func chiSquare(
  _ counts: [Double], _ probabilities: [Double]
) -> (statistic: Double, bound: Double) {
  let total = counts.reduce(0, +)
  var cells: [(count: Double, expected: Double)] = []
  var rest = (count: 0.0, expected: 0.0)
  for (count, probability) in zip(counts, probabilities) {
    if probability * total >= 8 {
      cells.append((count, probability * total))
    } else {
      rest.count += count
      rest.expected += probability * total
    }
  }
  if rest.expected >= 8 { cells.append(rest) }
  let statistic = cells.reduce(0) {
    $0 + ($1.count - $1.expected) * ($1.count - $1.expected) / $1.expected
  }
  let degrees = Double(max(1, cells.count - 1))
  let spread = 2 / (9 * degrees)
  return (statistic, degrees * pow(1 - spread + 3.719 * spread.squareRoot(), 3))
}

/// Expects counts to follow `probabilities`, and none where the probability is 0.
func expectFrequencies(
  _ counts: [Double], _ probabilities: [Double],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let impossible = zip(counts, probabilities).filter { $0 > 0 && $1 == 0 }
  #expect(impossible.isEmpty, sourceLocation: sourceLocation)
  let (statistic, bound) = chiSquare(counts, probabilities)
  #expect(statistic < bound, sourceLocation: sourceLocation)
}

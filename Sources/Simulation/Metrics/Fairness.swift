import WeirKernel

/// Indices of how equally something was shared out among those who asked for it.
///
/// Values are amounts, at least 0, one per account: service, or service over weight, or service
/// over demand. Where nobody got anything there is no share to compare, and an index is undefined
/// (an empty cell), not perfect. Sums run in index order, or ascending where values are sorted.
public enum Fairness {
  /// Jain's index (Σx)² / (n Σx²): from 1/n, one takes all, to 1, all alike.
  ///
  /// Source: Jain, Chiu and Hawe, 1984.
  public static func jain(_ values: [Double]) -> Double? {
    var sum = 0.0
    var squares = 0.0
    for value in values {
      sum += value
      squares += value * value
    }
    return squares > 0 ? sum * sum / (Double(values.count) * squares) : nil
  }

  /// The Gini coefficient: 0 for equal shares, (n − 1) / n where one takes all.
  ///
  /// O(n log n).
  public static func gini(_ values: [Double]) -> Double? {
    let sorted = values.sorted()
    let count = Double(values.count)
    var sum = 0.0
    var weighted = 0.0
    for (index, value) in sorted.enumerated() {
      sum += value
      weighted += (2 * Double(index + 1) - count - 1) * value
    }
    return sum > 0 ? weighted / (count * sum) : nil
  }

  /// The Gini coefficient corrected for the number of accounts: 1 where one takes all.
  ///
  /// Undefined below two accounts.
  public static func correctedGini(_ values: [Double]) -> Double? {
    guard values.count > 1, let gini = gini(values) else { return nil }
    return gini * Double(values.count) / Double(values.count - 1)
  }

  /// The smallest amount over the largest.
  public static func minMax(_ values: [Double]) -> Double? {
    guard let least = values.min(), let greatest = values.max(), greatest > 0 else { return nil }
    return least / greatest
  }

  /// The largest amount over the mean.
  public static func maxOverMean(_ values: [Double]) -> Double? {
    guard let greatest = values.max(), let mean = mean(of: values), mean > 0 else { return nil }
    return greatest / mean
  }

  /// The sum of α-fair utilities, x^(1 − α) / (1 − α), or ln x for α = 1.
  ///
  /// Undefined from α = 1 on where an account got nothing. Source: Mo and Walrand, "Fair end-to-end
  /// window-based congestion control", 2000.
  public static func utility(_ values: [Double], alpha: Double) -> Double? {
    if alpha >= 1, values.contains(where: { $0 <= 0 }) { return nil }
    var sum = 0.0
    for value in values {
      sum +=
        alpha == 1
        ? DeterministicMath.log(value) : DeterministicMath.pow(value, 1 - alpha) / (1 - alpha)
    }
    return sum
  }

  /// The share that would have to change hands for all to have the same (Hoover).
  public static func hoover(_ values: [Double]) -> Double? {
    guard let mean = mean(of: values), mean > 0 else { return nil }
    var distances = 0.0
    for value in values { distances += (value - mean).magnitude }
    return distances / (2 * Double(values.count) * mean)
  }

  /// Theil's T: 0 for equal shares, ln n where one takes all.
  public static func theil(_ values: [Double]) -> Double? {
    guard let mean = mean(of: values), mean > 0 else { return nil }
    var sum = 0.0
    for value in values where value > 0 {
      sum += value / mean * DeterministicMath.log(value / mean)
    }
    return sum / Double(values.count)
  }

  /// Atkinson's index: the share of the total that equal shares could do without.
  ///
  /// - Parameters:
  ///   - values: Amounts, at least 0.
  ///   - aversion: How much those who got little count, above 0; from 1 on, one zero means 1.
  public static func atkinson(_ values: [Double], aversion: Double) -> Double? {
    precondition(aversion > 0)
    guard let mean = mean(of: values), mean > 0 else { return nil }
    if aversion >= 1, values.contains(where: { $0 <= 0 }) { return 1 }
    let power = 1 - aversion
    var sum = 0.0
    for value in values {
      sum += power == 0 ? DeterministicMath.log(value) : DeterministicMath.pow(value, power)
    }
    let average = sum / Double(values.count)
    let equivalent =
      power == 0 ? DeterministicMath.exp(average) : DeterministicMath.pow(average, 1 / power)
    return max(0, 1 - equivalent / mean)
  }

  /// One point of a Lorenz curve: what the poorest `population` share got together.
  public struct LorenzPoint: Sendable, Equatable {
    /// The share of accounts, poorest first, from 0 to 1.
    public let population: Double
    /// Their share of the total; undefined beyond 0 where the total is 0.
    public let amount: Double?
  }

  /// The Lorenz curve, from (0, 0) to (1, 1).
  ///
  /// O(n log n).
  ///
  /// - Parameters:
  ///   - values: Amounts, at least 0.
  ///   - parts: How many steps to show; one for each value if absent or larger than that.
  public static func lorenz(_ values: [Double], parts: Int? = nil) -> [LorenzPoint] {
    let sorted = values.sorted()
    let count = sorted.count
    let steps = min(parts ?? count, count)
    var cumulative = [0.0]
    for value in sorted { cumulative.append(cumulative[cumulative.count - 1] + value) }
    let total = cumulative[count]
    return (0...steps).map { step in
      let index = steps == 0 ? 0 : step * count / steps
      return LorenzPoint(
        population: count == 0 ? 0 : Double(index) / Double(count),
        amount: index == 0 ? 0 : total > 0 ? cumulative[index] / total : nil)
    }
  }

  private static func mean(of values: [Double]) -> Double? {
    var sum = 0.0
    for value in values { sum += value }
    return values.isEmpty ? nil : sum / Double(values.count)
  }
}

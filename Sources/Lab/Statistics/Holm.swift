/// Holm's step-down adjustment of p-values; valid whatever the dependence between the tests.
///
/// It is right under common random numbers, where Dunnett's and Tukey's procedures are not. Source:
/// Holm, "A simple sequentially rejective multiple test procedure", 1979.
public enum Holm {
  /// The adjusted p-values, in the order given; rejected where at most alpha.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var greatest = 0.0
    for (rank, index) in ascendingOrder(of: pValues).enumerated() {
      greatest = max(greatest, Double(pValues.count - rank) * pValues[index])
      adjusted[index] = min(1, greatest)
    }
    return adjusted
  }
}

/// The false discovery rate adjustment of p-values, for metrics that are labelled exploratory.
///
/// Source: Benjamini and Hochberg, "Controlling the false discovery rate", 1995.
public enum BenjaminiHochberg {
  /// The adjusted p-values, in the order given.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var least = 1.0
    for (rank, index) in ascendingOrder(of: pValues).enumerated().reversed() {
      least = min(least, pValues[index] * Double(pValues.count) / Double(rank + 1))
      adjusted[index] = least
    }
    return adjusted
  }
}

/// Indices by ascending value, equal values in index order.
private func ascendingOrder(of values: [Double]) -> [Int] {
  values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
}

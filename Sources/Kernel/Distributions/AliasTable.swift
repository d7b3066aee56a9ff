/// Chooses one of n numbers with given weights in constant time, by an integer comparison.
///
/// Source: Walker, 1977, with the construction of Vose, "A linear algorithm for generating random
/// numbers with a given distribution", 1991. Probabilities are exact to about 2⁻⁵².
struct AliasTable: Hashable, Sendable {
  /// One column: its own number below the threshold, the alias from there on.
  struct Column: Hashable, Sendable {
    var threshold: UInt64
    var alias: Int
  }

  let columns: [Column]

  /// The probability of each number, for the mean.
  let probabilities: [Double]

  init(weights: [Double]) {
    let total = weights.reduce(0, +)
    precondition(weights.allSatisfy { $0 >= 0 }, "a weight is not negative")
    precondition(total > 0 && total.isFinite, "weights need a positive sum")
    probabilities = weights.map { $0 / total }
    let count = weights.count
    var heights = weights.map { $0 / total * Double(count) }
    var columns = (0..<count).map { Column(threshold: .max, alias: $0) }
    var small = heights.indices.filter { heights[$0] < 1 }
    var large = heights.indices.filter { heights[$0] >= 1 }
    while let low = small.popLast(), let high = large.popLast() {
      columns[low] = Column(threshold: UInt64(heights[low] * 0x1p64), alias: high)
      heights[high] = (heights[high] + heights[low]) - 1
      if heights[high] < 1 { small.append(high) } else { large.append(high) }
    }
    self.columns = columns
  }

  /// The next number: the high half of one product chooses the column, the low half the side.
  func sample(_ samples: inout Samples) -> Int {
    let (high, low) = samples.next().multipliedFullWidth(by: UInt64(columns.count))
    let column = columns[Int(high)]
    return low < column.threshold ? Int(high) : column.alias
  }
}

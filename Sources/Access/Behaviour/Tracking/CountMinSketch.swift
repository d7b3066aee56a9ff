import WeirKernel

/// Counts of any number of keys in a table of one size: never too small, seldom much too great.
///
/// Each of four rows has a counter for every key, which it shares with others; the least of the
/// four is the estimate. With a table `width` counters wide and N the sum of all counts, an
/// estimate is above the truth by more than 2.72·N/`width` with a probability below 0.02.
///
/// Complexity: O(1) a call; 32 bytes for each counter of the width.
///
/// Source: Cormode and Muthukrishnan, "An improved data stream summary: the count-min sketch and
/// its applications", Journal of Algorithms 55, 2005. The hash of the rows is one block of Philox.
public struct CountMinSketch: Sendable {
  /// The counters of a row.
  public let width: Int
  /// The sum of all counts.
  public private(set) var total: Int64 = 0
  private var counters: [Int64]

  private static let rows = 4

  /// Creates a table of zeros; traps unless `width` is in 1...2³¹.
  public init(width: Int) {
    precondition(width >= 1 && width <= 1 << 31, "a row has 1 to 2^31 counters")
    self.width = width
    counters = Array(repeating: 0, count: Self.rows * width)
  }

  /// Counts `key` so many times more.
  public mutating func add(_ key: UInt64, _ count: Int64) {
    total += count
    let places = places(of: key)
    for row in 0..<Self.rows { counters[places[row]] += count }
  }

  /// The count of `key`, or more.
  public func estimate(of key: UInt64) -> Int64 {
    let places = places(of: key)
    var least = Int64.max
    for row in 0..<Self.rows { least = min(least, counters[places[row]]) }
    return least
  }

  /// Sets all counts to zero.
  public mutating func removeAll() {
    total = 0
    for place in counters.indices { counters[place] = 0 }
  }

  /// The counter of `key` in each row: 32 bits of hash for each, scaled to the width.
  private func places(of key: UInt64) -> InlineArray<4, Int> {
    let hash = Philox.block(key: 0, counter: key, 0)
    let parts: InlineArray<4, UInt64> = [
      hash.low & 0xFFFF_FFFF, hash.low >> 32, hash.high & 0xFFFF_FFFF, hash.high >> 32,
    ]
    var places = InlineArray<4, Int>(repeating: 0)
    for row in 0..<Self.rows {
      places[row] = row * width + Int((parts[row] * UInt64(width)) >> 32)
    }
    return places
  }
}

/// One of several equal parts of a study: the runs whose number leaves a remainder.
///
/// Runs are numbered policy by policy within a replication, so that heavy policies and points are
/// spread over all parts where the number of parts shares no factor with that of the runs in a
/// replication; otherwise a part has some of them only.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// Which part, from 0.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// The most parts that a study can have.
  public static let limit = 1_000_000

  /// Creates a part; traps unless 0 ≤ `index` < `count` ≤ ``limit``.
  public init(index: Int, count: Int) {
    precondition(count <= Shard.limit && (0..<count).contains(index), "\(index)/\(count)")
    self.index = index
    self.count = count
  }

  /// Reads a part such as `3/20`; `nil` when it is not one.
  public init?(parsing text: String) {
    let words = text.split(separator: "/", omittingEmptySubsequences: false)
    let digits = words.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    guard words.count == 2, digits, let index = Int(words[0]), let count = Int(words[1]),
      count <= Shard.limit, index < count
    else { return nil }
    self.init(index: index, count: count)
  }

  /// The part in one word: `3/20`.
  public var description: String { "\(index)/\(count)" }

  /// The numbers of its runs among `count` of a study, in order.
  public func runs(of count: Int) -> [Int] {
    Array(stride(from: index, to: count, by: self.count))
  }
}

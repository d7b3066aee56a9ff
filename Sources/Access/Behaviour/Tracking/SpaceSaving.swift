/// The greatest counts of a stream of keys, in so many counters, however many keys there are.
///
/// A key that has a counter adds to it. A key without one takes a free counter, or that of the
/// least count, whose count it inherits as its possible error. So a count is never too small and
/// too great by at most its error; every key above the total divided by the number of counters is
/// there.
///
/// Of several least counts, that of the least key goes.
///
/// Complexity: a look-up in a hash table and the logarithm of `capacity` a key; some 60 bytes a
/// counter.
///
/// Source: Metwally, Agrawal and El Abbadi, "Efficient computation of frequent and top-k elements
/// in data streams", ICDT 2005.
public struct SpaceSaving: Sendable {
  /// A counted key.
  public struct Entry: Hashable, Sendable {
    /// The key.
    public var key: UInt64
    /// Its count, never too small.
    public var count: Int64
    /// By how much the count may be too great.
    public var error: Int64

    /// Creates an entry.
    public init(key: UInt64, count: Int64, error: Int64 = 0) {
      self.key = key
      self.count = count
      self.error = error
    }
  }

  /// The number of counters.
  public let capacity: Int
  /// All that was added.
  public private(set) var total: Int64 = 0
  /// The counters in the order in which they were taken.
  private var entries: [Entry] = []
  /// The counter of each key.
  private var counters: [UInt64: Int32] = [:]
  /// The counters as a heap, whose first is the next to go.
  private var heap: [Int32] = []
  /// The place of each counter in the heap.
  private var places: [Int32] = []

  /// Creates a summary without keys; traps unless `capacity` is positive.
  public init(capacity: Int) {
    precondition(capacity > 0, "a summary needs a counter")
    self.capacity = capacity
    counters.reserveCapacity(capacity)
  }

  /// Counts `key` so many times more.
  public mutating func add(_ key: UInt64, _ count: Int64 = 1) {
    total += count
    if let counter = counters[key] {
      entries[Int(counter)].count += count
      sink(from: Int(places[Int(counter)]))
    } else if entries.count < capacity {
      take(Entry(key: key, count: count))
    } else {
      let counter = heap[0]
      let least = entries[Int(counter)]
      counters[least.key] = nil
      counters[key] = counter
      entries[Int(counter)] = Entry(key: key, count: least.count + count, error: least.count)
      sink(from: 0)
    }
  }

  /// What is known of `key`; `nil` when it has no counter.
  public func entry(of key: UInt64) -> Entry? { counters[key].map { entries[Int($0)] } }

  /// The `count` greatest entries, the greatest first; of equal ones, the least key first.
  public func top(_ count: Int) -> [Entry] {
    Array(entries.sorted { $1.goesBefore($0, byKey: >) }.prefix(count))
  }

  /// Adds the counts of `other`, and keeps the greatest.
  public mutating func merge(_ other: SpaceSaving) {
    var both = entries
    for entry in other.entries {
      if let counter = counters[entry.key] {
        both[Int(counter)].count += entry.count
        both[Int(counter)].error += entry.error
      } else {
        both.append(entry)
      }
    }
    let sum = total + other.total
    removeAll()
    total = sum
    for entry in both.sorted(by: { $1.goesBefore($0, byKey: >) }).prefix(capacity) { take(entry) }
  }

  /// Forgets all keys, and keeps the room for them.
  public mutating func removeAll() {
    total = 0
    entries.removeAll(keepingCapacity: true)
    counters.removeAll(keepingCapacity: true)
    heap.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }

  /// Gives `entry` a free counter.
  private mutating func take(_ entry: Entry) {
    counters[entry.key] = Int32(entries.count)
    heap.append(Int32(entries.count))
    places.append(Int32(entries.count))
    entries.append(entry)
    rise(from: heap.count - 1)
  }

  private func goesBefore(_ first: Int, _ second: Int) -> Bool {
    entries[Int(heap[first])].goesBefore(entries[Int(heap[second])], byKey: <)
  }

  private mutating func rise(from start: Int) {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      guard goesBefore(place, parent) else { return }
      exchange(place, parent)
      place = parent
    }
  }

  private mutating func sink(from start: Int) {
    var place = start
    while true {
      var first = place
      let left = 2 * place + 1
      if left < heap.count, goesBefore(left, first) { first = left }
      if left + 1 < heap.count, goesBefore(left + 1, first) { first = left + 1 }
      if first == place { return }
      exchange(place, first)
      place = first
    }
  }

  private mutating func exchange(_ first: Int, _ second: Int) {
    heap.swapAt(first, second)
    places[Int(heap[first])] = Int32(first)
    places[Int(heap[second])] = Int32(second)
  }
}

extension SpaceSaving.Entry {
  /// Whether the count is less than that of `other`, or as great and the key comes first.
  fileprivate func goesBefore(
    _ other: SpaceSaving.Entry, byKey isFirst: (UInt64, UInt64) -> Bool
  ) -> Bool {
    count != other.count ? count < other.count : isFirst(key, other.key)
  }
}

/// The greatest counts of a stream of keys, in so many counters, however many keys there are.
///
/// A key that has a counter adds to it. A key without one takes a free counter, or that of the least
/// count, whose count it inherits as its possible error. So a count is never too small and too great
/// by at most its error; every key above the total divided by the number of counters is there.
///
/// Of several least counts, that of the least key goes.
///
/// Complexity: a look-up in a hash table and the logarithm of `capacity` a key; some 60 bytes a
/// counter.
///
/// Source: Metwally, Agrawal and El Abbadi, "Efficient computation of frequent and top-k elements in
/// data streams", ICDT 2005.
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
  /// A heap whose first entry is the next to go.
  private var heap: [Entry] = []
  /// The place of each key in the heap.
  private var places: [UInt64: Int] = [:]

  /// Creates a summary without keys; traps unless `capacity` is positive.
  public init(capacity: Int) {
    precondition(capacity > 0, "a summary needs a counter")
    self.capacity = capacity
    heap.reserveCapacity(capacity)
    places.reserveCapacity(capacity)
  }

  /// Counts `key` so many times more.
  public mutating func add(_ key: UInt64, _ count: Int64 = 1) {
    total += count
    if let place = places[key] {
      heap[place].count += count
      sink(from: place)
    } else if heap.count < capacity {
      heap.append(Entry(key: key, count: count))
      places[key] = heap.count - 1
      rise(from: heap.count - 1)
    } else {
      let least = heap[0]
      places[least.key] = nil
      heap[0] = Entry(key: key, count: least.count + count, error: least.count)
      places[key] = 0
      sink(from: 0)
    }
  }

  /// What is known of `key`; `nil` when it has no counter.
  public func entry(of key: UInt64) -> Entry? { places[key].map { heap[$0] } }

  /// The `count` greatest entries, the greatest first; of equal ones, the least key first.
  public func top(_ count: Int) -> [Entry] {
    Array(heap.sorted { $1.goesBefore($0, byKey: >) }.prefix(count))
  }

  /// Adds the counts of `other`, and keeps the greatest.
  public mutating func merge(_ other: SpaceSaving) {
    var entries = heap
    for entry in other.heap {
      if let place = places[entry.key] {
        entries[place].count += entry.count
        entries[place].error += entry.error
      } else {
        entries.append(entry)
      }
    }
    let sum = total + other.total
    removeAll()
    total = sum
    for entry in entries.sorted(by: { $1.goesBefore($0, byKey: >) }).prefix(capacity) {
      heap.append(entry)
      places[entry.key] = heap.count - 1
      rise(from: heap.count - 1)
    }
  }

  /// Forgets all keys, and keeps the room for them.
  public mutating func removeAll() {
    total = 0
    heap.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }

  private mutating func rise(from start: Int) {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      guard heap[place].goesBefore(heap[parent], byKey: <) else { return }
      exchange(place, parent)
      place = parent
    }
  }

  private mutating func sink(from start: Int) {
    var place = start
    while true {
      var first = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if heap[child].goesBefore(heap[first], byKey: <) { first = child }
      }
      if first == place { return }
      exchange(place, first)
      place = first
    }
  }

  private mutating func exchange(_ first: Int, _ second: Int) {
    heap.swapAt(first, second)
    places[heap[first].key] = first
    places[heap[second].key] = second
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

import WeirKernel

/// Dated units of many owners, oldest first: a queue for each, all in one pool.
///
/// The pool keeps the number of allocations independent of the number of owners, and an entry
/// that has left makes room for the next one.
struct DatedQueues: Sendable {
  private var entries: [Entry] = []
  private var firstFree: Int32 = -1
  private var queues: [Queue] = []

  private struct Entry {
    var at: SimTime
    var units: Units
    var next: Int32
  }

  private struct Queue {
    var first: Int32 = -1
    var last: Int32 = -1
    var total = Units.zero
  }

  /// Empty queues for so many owners.
  init(owners: Int) { queues = Array(repeating: Queue(), count: owners) }

  /// The units of `owner` that are later than `bound`.
  ///
  /// Complexity: linear in the entries that are not.
  func total(of owner: Int, after bound: SimTime) -> Units {
    var total = queues[owner].total
    var entry = queues[owner].first
    while entry >= 0, entries[Int(entry)].at <= bound {
      total -= entries[Int(entry)].units
      entry = entries[Int(entry)].next
    }
    return total
  }

  /// When the entry of `owner` was made with which, oldest first, at least `units` of those later
  /// than `bound` have been passed; `nil` when there are not as many.
  func time(passing units: Units, of owner: Int, after bound: SimTime) -> SimTime? {
    var rest = units
    var place = queues[owner].first
    while place >= 0 {
      let entry = entries[Int(place)]
      if entry.at > bound {
        rest -= entry.units
        if rest <= .zero { return entry.at }
      }
      place = entry.next
    }
    return nil
  }

  /// The time of the last entry of `owner`; `nil` when there is none.
  func lastTime(of owner: Int) -> SimTime? {
    let last = queues[owner].last
    return last < 0 ? nil : entries[Int(last)].at
  }

  /// Adds `units` at `time`, which is not earlier than any entry of `owner`.
  mutating func append(_ units: Units, at time: SimTime, to owner: Int) {
    queues[owner].total += units
    let last = queues[owner].last
    if last >= 0, entries[Int(last)].at == time {
      entries[Int(last)].units += units
      return
    }
    let place = newEntry(Entry(at: time, units: units, next: -1))
    if last >= 0 { entries[Int(last)].next = place } else { queues[owner].first = place }
    queues[owner].last = place
  }

  /// Drops the entries of `owner` that are not later than `bound`.
  mutating func drop(upTo bound: SimTime, of owner: Int) {
    while queues[owner].first >= 0 {
      let place = queues[owner].first
      let entry = entries[Int(place)]
      guard entry.at <= bound else { return }
      queues[owner].total -= entry.units
      queues[owner].first = entry.next
      if entry.next < 0 { queues[owner].last = -1 }
      entries[Int(place)].next = firstFree
      firstFree = place
    }
  }

  /// Takes `units` out of the entry of `owner` made at `time`, if it is still there.
  ///
  /// Complexity: linear in the entries of the owner.
  mutating func remove(_ units: Units, madeAt time: SimTime, of owner: Int) {
    var place = queues[owner].first
    while place >= 0, entries[Int(place)].at < time { place = entries[Int(place)].next }
    guard place >= 0, entries[Int(place)].at == time else { return }
    let removed = min(units, entries[Int(place)].units)
    entries[Int(place)].units -= removed
    queues[owner].total -= removed
  }

  /// Takes `units` out of the oldest entries of `owner`, as far as there are any.
  mutating func removeOldest(_ units: Units, of owner: Int) {
    var rest = units
    while rest > .zero, queues[owner].first >= 0 {
      let first = entries[Int(queues[owner].first)]
      if first.units > rest {
        entries[Int(queues[owner].first)].units -= rest
        queues[owner].total -= rest
        return
      }
      rest -= first.units
      drop(upTo: first.at, of: owner)
    }
  }

  private mutating func newEntry(_ entry: Entry) -> Int32 {
    guard firstFree >= 0 else {
      entries.append(entry)
      return Int32(entries.count - 1)
    }
    let place = firstFree
    firstFree = entries[Int(place)].next
    entries[Int(place)] = entry
    return place
  }
}

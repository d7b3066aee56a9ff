/// A binary heap of events, least first, for those that share one instant.
struct EventHeap: Sendable {
  /// The events, none before the one at half its index.
  private(set) var events: [Event] = []

  var isEmpty: Bool { events.isEmpty }

  var first: Event? { events.first }

  mutating func removeAll() { events.removeAll(keepingCapacity: true) }

  mutating func push(_ event: Event) {
    var hole = events.count
    events.append(event)
    while hole > 0 {
      let parent = (hole - 1) / 2
      if !(event < events[parent]) { break }
      events[hole] = events[parent]
      hole = parent
    }
    events[hole] = event
  }

  /// Removes the least event; traps when there is none.
  ///
  /// The hole sinks to a leaf along the lesser children, and the last event rises from there.
  mutating func removeFirst() {
    let moved = events.removeLast()
    let count = events.count
    if count == 0 { return }
    var hole = 0
    var child = 1
    while child < count {
      if child + 1 < count { child += events[child + 1] < events[child] ? 1 : 0 }
      events[hole] = events[child]
      hole = child
      child = 2 * hole + 1
    }
    while hole > 0 {
      let parent = (hole - 1) / 2
      if !(moved < events[parent]) { break }
      events[hole] = events[parent]
      hole = parent
    }
    events[hole] = moved
  }
}

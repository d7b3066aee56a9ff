/// The pending events of a run, least first.
///
/// Time never runs backwards: an event is never pushed earlier than the last one popped. At that
/// same instant any kind may still be pushed, and comes out in its place in the order.
@frozen
public struct EventQueue: Sendable {
  @usableFromInline var heap: [Event] = []
  @usableFromInline var lastTime = SimTime(nanoseconds: .min)

  /// Creates an empty queue.
  @inlinable
  public init() {}

  /// The number of pending events.
  @inlinable
  public var count: Int { heap.count }

  /// Whether nothing is pending.
  @inlinable
  public var isEmpty: Bool { heap.isEmpty }

  /// The event that `popFirst()` would remove.
  @inlinable
  public var first: Event? { heap.first }

  /// Makes room for `capacity` pending events.
  @inlinable
  public mutating func reserveCapacity(_ capacity: Int) { heap.reserveCapacity(capacity) }

  /// Adds `event`, which may not be earlier in time than the last event popped.
  @inlinable
  public mutating func push(_ event: Event) {
    assert(event.time >= lastTime, "an event may not be pushed into the past")
    var hole = heap.count
    heap.append(event)
    while hole > 0 {
      let parent = (hole - 1) / 2
      if !(event < heap[parent]) { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = event
  }

  /// Removes the least event and returns it, or nothing when none is pending.
  @inlinable
  public mutating func popFirst() -> Event? {
    guard let least = heap.first else { return nil }
    lastTime = least.time
    let moved = heap.removeLast()
    let count = heap.count
    if count == 0 { return least }
    var hole = 0
    var child = 1
    while child + 1 < count {
      if heap[child + 1] < heap[child] { child += 1 }
      heap[hole] = heap[child]
      hole = child
      child = 2 * hole + 1
    }
    if child < count {
      heap[hole] = heap[child]
      hole = child
    }
    while hole > 0 {
      let parent = (hole - 1) / 2
      if !(moved < heap[parent]) { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = moved
    return least
  }
}

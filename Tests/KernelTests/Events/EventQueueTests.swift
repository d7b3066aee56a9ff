import Testing

@testable import WeirKernel

@Suite struct EventQueueTests {
  @Test("events come out by time, then kind, then entity, then ordinal")
  func order() {
    let sorted = [
      event(-5, kind: 9), event(0, kind: 0, entity: 7), event(0, kind: 1, entity: 2, ordinal: 9),
      event(0, kind: 1, entity: 3, ordinal: 0), event(0, kind: 1, entity: 3, ordinal: 1),
      event(1, kind: 0), event(1 << 40, kind: 0),
    ]
    var queue = EventQueue()
    for event in sorted.reversed() { queue.push(event) }
    let count1 = queue.count
    #expect(count1 == sorted.count)
    #expect(drain(&queue) == sorted)
    let isEmpty2 = queue.isEmpty
    #expect(isEmpty2)
  }

  @Test("an event keeps its four parts")
  func parts() {
    let event = Event(
      time: SimTime(nanoseconds: -3), kind: 15, entity: Event.greatestEntity, ordinal: .max)
    #expect(event.time.nanoseconds == -3)
    #expect(event.kind == 15)
    #expect(event.entity == Event.greatestEntity)
    #expect(event.ordinal == .max)
    #expect(MemoryLayout<Event>.size == 16)
  }

  @Test("a smaller kind pushed at the current instant overtakes the larger ones that wait")
  func overtaking() {
    var queue = EventQueue()
    queue.push(event(10, kind: 4))
    queue.push(event(10, kind: 5))
    #expect(queue.popFirst() == event(10, kind: 4))
    queue.push(event(10, kind: 1))
    let first3 = queue.first
    #expect(first3 == event(10, kind: 1))
    #expect(drain(&queue) == [event(10, kind: 1), event(10, kind: 5)])
  }

  @Test("nothing comes out before its end, and what waits stays")
  func horizon() {
    var queue = EventQueue()
    queue.push(event(10, kind: 0))
    queue.push(event(20, kind: 0))
    #expect(queue.popFirst(before: SimTime(nanoseconds: 10)) == nil)
    #expect(queue.popFirst(before: SimTime(nanoseconds: 20)) == event(10, kind: 0))
    #expect(queue.popFirst(before: SimTime(nanoseconds: 20)) == nil)
    queue.push(event(15, kind: 0))
    let lastTime4 = queue.lastTime
    #expect(lastTime4.nanoseconds == 10)
    #expect(drain(&queue) == [event(15, kind: 0), event(20, kind: 0)])
    #expect(queue.popFirst() == nil)
  }

  /// What a queue is put through: how late pushes lie, how many at one instant, how it grows.
  struct Load: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var delay: UInt64
    var pending: Int
    /// One push in so many goes to the current instant.
    var instant: UInt64
  }

  static let loads = [
    Load(testDescription: "few, far apart", delay: 1 << 42, pending: 5, instant: 7),
    Load(testDescription: "many, near", delay: 1000, pending: 3000, instant: 3),
    Load(testDescription: "many, far", delay: 1 << 50, pending: 3000, instant: 50),
    Load(testDescription: "a crowd at each instant", delay: 4, pending: 2000, instant: 2),
    Load(testDescription: "one instant for all", delay: 1, pending: 500, instant: 1),
  ]

  @Test("the order is that of a sorted list, whatever the load", arguments: loads, 1...3)
  func model(load: Load, seed: UInt64) {
    var samples = SampleKey(seed: seed).samples(Purpose(rawValue: 1))
    var queue = EventQueue()
    var model: [Event] = []
    var now: Int64 = -1 << 30
    func push() {
      let wait = samples.below(load.instant) == 0 ? 0 : samples.below(load.delay)
      let event = event(
        now + Int64(wait), kind: UInt8(samples.below(16)), entity: UInt32(samples.below(40)),
        ordinal: UInt32(samples.below(1 << 32)))
      queue.push(event)
      model.insert(event, at: model.partitioningIndex { $0 < event })
    }
    for step in 0..<(2 * load.pending + 500) {
      // Growing first, then steady, then draining.
      let isGrowing = step < load.pending || step % 2 == 0 && step < 2 * load.pending
      if isGrowing || model.isEmpty {
        push()
        if step % 5 == 0 { push() }
      } else {
        let expected = model.removeLast()
        let first = queue.first
        let popped = queue.popFirst()
        guard first == expected, popped == expected else {
          Issue.record("seed \(seed), step \(step): \(String(describing: popped)) for \(expected)")
          return
        }
        now = expected.time.nanoseconds
      }
      if step % 250 == 0 { queue.checkAllInvariants() }
    }
    #expect(drain(&queue) == model.reversed(), "seed \(seed)")
  }

  @Test("a burst into a front that is full is filed again, not sorted one by one")
  func spilling() {
    var queue = EventQueue()
    queue.push(event(1 << 20, kind: 0))
    queue.push(event(1 << 40, kind: 0))
    #expect(queue.popFirst() == event(1 << 20, kind: 0))
    let burst = (0..<1000).map { index in
      event(1 << 20 + Int64(index) * 999_983, kind: 2, ordinal: UInt32(index))
    }
    queue.push(burst[0])
    #expect(queue.popFirst() == burst[0])
    for later in burst.dropFirst() { queue.push(later) }
    queue.checkAllInvariants()
    #expect(queue.front.count <= EventQueue.longestFront)
    #expect(queue.crowd.isEmpty)
    #expect(drain(&queue) == burst.dropFirst() + [event(1 << 40, kind: 0)])
  }

  @Test("once it has been full, a queue that is filled again takes no more memory")
  func memory() {
    var queue = EventQueue()
    var sizes: [Int] = []
    for round in 0..<4 {
      for index in 0..<2000 {
        queue.push(event(Int64(round) << 40 + Int64(index) * 1_234_567, kind: 0))
      }
      sizes.append(queue.far.chunkCount)
      _ = drain(&queue)
    }
    #expect(sizes[3] <= sizes[0] + queue.far.buckets.count)
    #expect(sizes[3] == sizes[2])
  }

  private func drain(_ queue: inout EventQueue) -> [Event] {
    var events: [Event] = []
    while let event = queue.popFirst() { events.append(event) }
    return events
  }

  private func event(
    _ nanoseconds: Int64, kind: UInt8, entity: UInt32 = 0, ordinal: UInt32 = 0
  ) -> Event {
    Event(
      time: SimTime(nanoseconds: nanoseconds), kind: kind, entity: entity, ordinal: ordinal)
  }
}

extension Array {
  /// The first index whose element satisfies `belongsAfter`, of an array parted by it.
  fileprivate func partitioningIndex(where belongsAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongsAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

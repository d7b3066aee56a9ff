import WeirSimulation

/// Busy and all servers over time, summed over complete replications for each policy and point.
struct LoadSums: Sendable {
  /// One interval, in server-nanoseconds.
  private struct Area: Sendable {
    var busy: Int128
    var capacity: Int128
  }

  private let worlds: Int
  private var sums: [[Area]]
  private var pending: [[Area]] = []

  /// Nothing yet, of so many runs in each replication.
  init(worlds: Int) {
    self.worlds = worlds
    sums = Array(repeating: [], count: worlds)
  }

  /// Adds the timeline of the next run; it counts when its replication is complete.
  mutating func add(_ timeline: [Timeline.Row]) {
    pending.append(timeline.map { Area(busy: $0.busyTime, capacity: $0.capacityTime) })
    guard pending.count == worlds else { return }
    for (world, areas) in pending.enumerated() {
      if sums[world].isEmpty {
        sums[world] = areas
      } else {
        for index in areas.indices {
          sums[world][index].busy += areas[index].busy
          sums[world][index].capacity += areas[index].capacity
        }
      }
    }
    pending = []
  }

  /// The share of servers that were busy in each interval.
  func shares(_ world: Int) -> [Double?] {
    sums[world].map { $0.capacity > 0 ? Double($0.busy) / Double($0.capacity) : nil }
  }
}

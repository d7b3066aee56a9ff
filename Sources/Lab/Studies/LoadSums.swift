/// Busy and all servers over time, summed over complete replications for each policy and point.
struct LoadSums: Sendable {
  private let worlds: Int
  private var sums: [[RunMeasures.ServerTime]]
  private var pending: [[RunMeasures.ServerTime]] = []

  /// Nothing yet, of so many runs in each replication.
  init(worlds: Int) {
    self.worlds = worlds
    sums = Array(repeating: [], count: worlds)
  }

  /// Adds the intervals of the next run; they count when its replication is complete.
  mutating func add(_ load: [RunMeasures.ServerTime]) {
    pending.append(load)
    guard pending.count == worlds else { return }
    for (world, load) in pending.enumerated() {
      if sums[world].isEmpty {
        sums[world] = load
      } else {
        for index in load.indices {
          sums[world][index].busy += load[index].busy
          sums[world][index].capacity += load[index].capacity
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

import WeirKernel

extension World {
  /// Whether the backlog grew through the measured time instead of moving around a level.
  ///
  /// A line is fitted to the backlog of the measured intervals by least squares. The run is
  /// saturated when the growth along the line is both more than the servers can take in at once
  /// and more than a fiftieth of the intents that arrived in that time.
  var isSaturated: Bool {
    let interval = recorder.timeline.interval.nanoseconds
    let first = Int((warmup.nanoseconds + interval - 1) / interval)
    let rows = recorder.timeline.rows
    let end = min(rows.count, Int(horizon.nanoseconds / interval))
    guard end - first >= 4 else { return false }
    var sumOfPlace = 0.0
    var sumOfBacklog = 0.0
    for place in first..<end {
      sumOfPlace += Double(place)
      sumOfBacklog += Double(rows[place].backlogTime) / Double(interval)
    }
    let count = Double(end - first)
    let meanPlace = sumOfPlace / count
    let meanBacklog = sumOfBacklog / count
    var covariance = 0.0
    var spread = 0.0
    var offered: Int64 = 0
    for place in first..<end {
      let backlog = Double(rows[place].backlogTime) / Double(interval)
      covariance += (Double(place) - meanPlace) * (backlog - meanBacklog)
      spread += (Double(place) - meanPlace) * (Double(place) - meanPlace)
      offered += rows[place].all.offered
    }
    let growth = covariance / spread * count
    return growth > Double(levels.capacity) && growth > Double(offered) / 50
  }
}

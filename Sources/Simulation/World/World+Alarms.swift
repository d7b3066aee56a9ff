import WeirAccess
import WeirKernel

extension World {
  /// How soon the layers that watch all traffic found the flash crowds, how often they were wrong,
  /// and what became of requests meanwhile.
  func fillAlarms(_ row: inout MetricRow) {
    let crowds = recorder.crowds
    if crowds.attempts > 0 {
      row[.crowdDeniedShare] = Double(crowds.denied) / Double(crowds.attempts)
    }
    if crowds.length > .zero {
      row[.crowdQueueMean] = Double(crowds.queued) / Double(crowds.length.nanoseconds)
    }
    let sources = stack.layers.compactMap { $0 as? any AlarmSource }
    guard !sources.isEmpty else { return }
    let alarms = sources.flatMap(\.alarms)
    let scores = directory.products.indices.map { product in
      AlarmScore(
        alarms.filter { Int($0.product) == product }, events: crowdsOfProduct(product),
        from: warmup, until: horizon)
    }
    let delays = scores.flatMap(\.delays).sorted()
    let count = delays.count + scores.reduce(0) { $0 + $1.missed }
    if count > 0 {
      row[.crowdsFoundShare] = Double(delays.count) / Double(count)
      // The rank of the median is ceil(count / 2); crowds never found are the last ones.
      let rank = (count + 1) / 2
      if rank <= delays.count { row[.alarmDelayMedian] = delays[rank - 1].seconds }
    }
    let falseAlarms = scores.reduce(0) { $0 + $1.falseAlarms }
    row[.falseAlarmsPerWeek] =
      Double(falseAlarms) * SimDuration.days(7).seconds / (horizon - warmup).seconds
  }

  /// The alarms that were raised before the horizon, in the order of layers and of time.
  var alarmRecords: [AlarmRecord] {
    stack.layers.enumerated().flatMap { index, layer in
      let alarms = (layer as? any AlarmSource)?.alarms ?? []
      return alarms.filter { $0.raisedAt < horizon }.map { alarm in
        let crowd = crowdsOfProduct(Int(alarm.product)).first { alarm.isOn(in: $0) }
        return AlarmRecord(layer: index, alarm: alarm, crowdBeganAt: crowd?.lowerBound)
      }
    }
  }

  /// The flash crowds of a product, those that overlap as one.
  private func crowdsOfProduct(_ product: Int) -> [Range<SimTime>] {
    CrowdWatch.merged(
      zip(populations.elements, setting.populations).filter { Int($0.0.product) == product }
        .flatMap(\.1.workload.crowds))
  }
}

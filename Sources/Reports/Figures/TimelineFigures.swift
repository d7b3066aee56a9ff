import WeirFormats
import WeirLab

/// What happened over time.
extension Figures {
  /// A column of the timeline as a person reads it.
  private struct Track {
    let column: String
    let title: String
    let unit: String
    var scale = 1.0
    /// What its values can be, whatever the ends of their intervals say.
    var bounds = 0...Double.infinity
    /// Whether it counts something, so that it is shown by the minute.
    var isCount = false
  }

  private static let tracks: [Track] = [
    Track(column: "offered", title: "Offered", unit: "intents a minute", isCount: true),
    Track(column: "admitted", title: "Admitted", unit: "attempts a minute", isCount: true),
    Track(column: "denied", title: "Denied", unit: "attempts a minute", isCount: true),
    Track(column: "queue_mean", title: "Queue", unit: "waiting requests"),
    Track(
      column: "utilisation", title: "Utilisation", unit: "% of servers busy", scale: 100,
      bounds: 0...100),
    Track(column: "limit_in_force", title: "Limit in force", unit: "requests under way"),
    Track(column: "price", title: "Price", unit: "times the plain price"),
    Track(column: "balance", title: "All balances", unit: "credits", scale: 1e-6),
  ]

  /// The most places of a line; finer intervals are averaged.
  private static let mostPlaces = 64

  /// A chart for each quantity that has values.
  func timelines() -> [Figure] {
    Self.tracks.compactMap(timeline)
  }

  private func timeline(_ track: Track) -> Figure? {
    let intervals = results.timeline.intervals
    guard let last = intervals.last else { return nil }
    let step = (intervals.count + Self.mostPlaces - 1) / Self.mostPlaces
    let groups = stride(from: 0, to: intervals.count, by: step).map {
      $0..<min($0 + step, intervals.count)
    }
    let lines = ordered.map { policy in (policy, groups.map { mean(track, policy, $0) }) }
    let means = lines.flatMap { $0.1.compactMap { $0 } }
    guard means.contains(where: { $0.mean != 0 }) else { return nil }
    let isSame = lines.dropFirst().allSatisfy { $0.1 == lines[0].1 }
    let series = (isSame ? [lines[0]] : lines).compactMap { policy, values in
      self.series(policy, zip(groups.map(middle), values).map { ($0, $1) })
    }
    let ends = means.flatMap { mean -> [Double] in
      let interval = mean.interval ?? Interval(lower: mean.mean, upper: mean.mean)
      return [interval.lower, interval.upper, mean.mean]
    }
    let title =
      track.title + (isSame && lines.count > 1 ? ", the same under every policy" : "")
    let warmup = min(facts.times.warmup, last.end)
    let chart = LineChart(
      id: "timeline-\(track.column)", title: title,
      description: words(lines),
      x: timeAxis(until: last.end),
      y: .linear(track.unit, ends + [0], within: track.bounds),
      series: series, height: 210, shaded: warmup > 0 ? 0...warmup : nil, markers: 4)
    return Figure(chart: chart.chart(), caption: track.title)
  }

  /// Clock time where demand follows the hours, otherwise the time since the start.
  private func timeAxis(until end: Double) -> Axis {
    guard let clock = WeekClock(of: facts.scenario), end <= 14 * 86_400 else {
      return .time("time since the start", 0...end)
    }
    return .clock(
      clock.hasWeekdays ? "hour of the week, UTC" : "hour of the day", 0...end,
      startHour: clock.startHour, hasWeekdays: clock.hasWeekdays)
  }

  private func middle(of group: Range<Int>) -> Double {
    let intervals = results.timeline.intervals
    return (intervals[group.lowerBound].start + intervals[group.upperBound - 1].end) / 2
  }

  /// The mean over the replications of the average over some intervals.
  private func mean(_ track: Track, _ policy: Int, _ group: Range<Int>) -> MeanInterval? {
    guard let rows = rows(track, policy), group.upperBound <= rows.count else { return nil }
    let intervals = results.timeline.intervals
    let averages = (0..<facts.replications).map { replication -> Double? in
      var (sum, time) = (0.0, 0.0)
      for interval in group {
        guard let value = rows[interval][replication] else { return nil }
        let length = intervals[interval].end - intervals[interval].start
        sum += track.isCount ? value * 60 : value * length
        time += length
      }
      return time > 0 ? sum / time * track.scale : nil
    }
    return MeanInterval(all: averages)
  }

  /// The values of a track, without the requests of labelled accounts where it counts requests.
  private func rows(_ track: Track, _ policy: Int) -> [[Double?]]? {
    guard let all = results.timeline.values(of: track.column, policy: policy) else { return nil }
    guard track.isCount,
      let labelled = results.timeline.values(of: "labelled_" + track.column, policy: policy)
    else { return all }
    return zip(all, labelled).map { all, labelled in
      zip(all, labelled).map { all, labelled in
        all.flatMap { all in labelled.map { all - $0 } }
      }
    }
  }

  private func series(
    _ policy: Int, _ points: [(time: Double, mean: MeanInterval?)]
  ) -> LineChart.Series? {
    var pieces: [[(x: Double, y: Double)]] = []
    var bands: [[(x: Double, lower: Double, upper: Double)]] = []
    var isOpen = false
    for point in points {
      guard let mean = point.mean else {
        isOpen = false
        continue
      }
      if !isOpen {
        pieces.append([])
        bands.append([])
        isOpen = true
      }
      pieces[pieces.count - 1].append((point.time, mean.mean))
      if let interval = mean.interval {
        bands[bands.count - 1].append((point.time, max(0, interval.lower), interval.upper))
      }
    }
    guard !pieces.isEmpty else { return nil }
    return LineChart.Series(
      facts.policies[policy], styles[policy], pieces: pieces,
      bands: bands.map { .vertical($0) })
  }

  private func words(_ lines: [(policy: Int, means: [MeanInterval?])]) -> String {
    lines.compactMap { policy, means in
      let values = means.compactMap { $0?.mean }
      guard let low = values.min(), let high = values.max() else { return nil }
      let range = [low, high].map { EstimateText.text($0, halfWidth: nil) }
      return "\(facts.policies[policy]): from \(range[0]) to \(range[1])."
    }.joined(separator: " ")
  }
}

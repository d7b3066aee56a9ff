import WeirFormats
import WeirLab
import WeirSimulation

/// The primary metric over the swept points.
extension Figures {
  /// A line for each policy over the points; `nil` when nothing is swept.
  func sweep() -> Figure? {
    guard facts.points.count > 1 else { return nil }
    let column = SummaryColumn.of(facts.primaryMetric)
    let places = SweepAxis(facts.points)
    let lines = ordered.map { policy in
      (
        policy: policy,
        points: facts.points.indices.compactMap { point -> (x: Double, mean: MeanInterval)? in
          let values = results.headline.values(
            of: facts.primaryMetric, policy: policy, point: point)
          return MeanInterval(all: values).map { (places.values[point], $0) }
        }.sorted { $0.x < $1.x }
      )
    }.filter { !$0.points.isEmpty }
    guard !lines.isEmpty else { return nil }
    let series = lines.map { policy, points in
      LineChart.Series(
        facts.policies[policy], styles[policy],
        pieces: [points.map { (x: $0.x, y: $0.mean.mean * column.scale) }],
        bands: [
          .vertical(
            points.compactMap { point in
              point.mean.interval.map {
                (x: point.x, lower: $0.lower * column.scale, upper: $0.upper * column.scale)
              }
            })
        ])
    }
    let ends = lines.flatMap(\.points).flatMap { point -> [Double] in
      let interval = point.mean.interval
      return [interval?.lower, interval?.upper, point.mean.mean].compactMap {
        $0.map { $0 * column.scale }
      }
    }
    let title = column.title
    let chart = LineChart(
      id: "sweep", title: "\(column.words.capitalisedFirst) over \(places.title)",
      description: lines.map { policy, points in
        let words = points.map { EstimateText.text($0.mean.mean * column.scale, halfWidth: nil) }
        return "\(facts.policies[policy]): \(words.joined(separator: ", "))."
      }.joined(separator: " "),
      x: places.isNumeric
        ? .linear(places.title, places.values) : .names(places.title, facts.points),
      y: .linear(title, ends, within: column.bounds), series: series, markers: 1000)
    return Figure(
      chart: chart.chart(), caption: "Means over the replications with 95 % intervals.")
  }
}

/// The points of a sweep along an axis: by the number that they differ in, if there is one.
struct SweepAxis: Equatable {
  let title: String
  let values: [Double]
  let isNumeric: Bool

  /// Reads names such as `servers=300` or `/fleet/0/servers=300,rate=2`.
  ///
  /// When exactly one part differs and is a number everywhere, it is the axis. Otherwise points
  /// stand side by side.
  init(_ points: [String]) {
    let parts = points.map { $0.split(separator: ",").map { Self.assignment($0) } }
    let keys = parts.first?.map(\.key) ?? []
    let isRegular = parts.allSatisfy { $0.map(\.key) == keys }
    let differing = keys.indices.filter { place in
      isRegular && Set(parts.map { $0[place].value }).count > 1
    }
    if isRegular, differing.count == 1 {
      let numbers = parts.compactMap { Double($0[differing[0]].value) }
      if numbers.count == points.count, numbers.allSatisfy(\.isFinite) {
        title = keys[differing[0]]
        values = numbers
        isNumeric = true
        return
      }
    }
    title = "point"
    values = points.indices.map { Double($0) }
    isNumeric = false
  }

  private static func assignment(_ part: Substring) -> (key: String, value: String) {
    let trimmed = part.drop { $0 == " " }
    guard let equals = trimmed.lastIndex(of: "=") else { return (String(trimmed), "") }
    return (String(trimmed[..<equals]), String(trimmed[trimmed.index(after: equals)...]))
  }
}

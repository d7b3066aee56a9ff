import WeirFormats
import WeirLab

/// How evenly service is shared out.
extension Figures {
  /// The Lorenz curve of each policy; `nil` when nobody was served.
  func lorenz() -> Figure? {
    var sentences: [String] = []
    let series = ordered.compactMap { policy -> LineChart.Series? in
      let curve = results.lorenz[policy]
      let numbers = zip(curve.accounts.means(), curve.service.means()).enumerated()
      let points = numbers.compactMap { number, means -> (x: Double, mean: MeanInterval)? in
        let (accounts, service) = means
        // Every second point will do, and the last ones, where most of the service goes.
        guard number.isMultiple(of: 2) || number + 10 > curve.accounts.places.count else {
          return nil
        }
        guard let across = accounts.mean, let up = service.mean else { return nil }
        return (across.mean * 100, up)
      }
      guard points.count > 1 else { return nil }
      if let half = points.first(where: { $0.x >= 50 }) {
        sentences.append(
          "\(facts.policies[policy]): the half of the accounts that are served least get"
            + " \(NumberText.fixed(half.mean.mean * 100, digits: 1)) % of the service.")
      }
      let band = points.compactMap { point in
        point.mean.interval.map { (x: point.x, lower: $0.lower * 100, upper: $0.upper * 100) }
      }
      return LineChart.Series(
        facts.policies[policy], styles[policy],
        pieces: [points.map { (x: $0.x, y: $0.mean.mean * 100) }], bands: [.vertical(band)])
    }
    guard !series.isEmpty else { return nil }
    var chart = LineChart(
      id: "lorenz", title: "Lorenz curves of service",
      description: sentences.joined(separator: " "),
      x: .linear("% of accounts, those served least first", [0, 100]),
      y: .linear("% of all service", [0, 100]), series: series)
    chart.height = 330
    chart.reference = [(0, 0), (100, 100)]
    return Figure(
      chart: chart.chart(),
      caption: "Dashed: everyone gets the same. The lower the curve, the more goes to few.")
  }
}

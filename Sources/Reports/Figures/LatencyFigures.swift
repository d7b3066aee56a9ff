import WeirFormats
import WeirLab
import WeirSimulation

/// How long intents take, as the share that takes longer.
extension Figures {
  /// The distribution of the time from end to end: over all populations, then one by one.
  func latencies(_ quantity: String = "end_to_end") -> [Figure] {
    var names: [String] = []
    // Where some accounts are labelled, the others stand for everyone.
    let isLeftOut = results.isAboutSome ? AccountScope.everyoneName : ""
    for curve in results.latency
    where !names.contains(curve.population) && curve.population != isLeftOut {
      names.append(curve.population)
    }
    // A single population is the same as all of them.
    if names.count == 2 { names.removeLast() }
    let own = results.latency.filter { $0.quantity == quantity }
    let finite = own.flatMap { $0.curve.means().compactMap { $0.mean?.mean } }.filter { $0 > 0 }
    guard !finite.isEmpty else { return [] }
    let axis = Axis.durations("time from first attempt to end", finite)
    return names.enumerated().compactMap { place, name in
      latency(of: name, place, own.filter { $0.population == name }, axis)
    }
  }

  private func latency(
    of population: String, _ place: Int, _ curves: [LatencyValues], _ x: Axis
  ) -> Figure? {
    let all = population == headlineName
    var sentences: [String] = []
    let series = ordered.compactMap { policy -> LineChart.Series? in
      guard let curve = curves.first(where: { $0.policy == policy })?.curve else { return nil }
      let points = curve.means().filter { $0.place < 1 }
      let unserved = unservedShare(of: population, policy)
      let finite = points.prefix { $0.mean != nil }.compactMap { point in
        point.mean.map { (share: Self.rest(of: point.place), mean: $0) }
      }
      guard !finite.isEmpty || unserved != nil else { return nil }
      let line = finite.map { (x: max($0.mean.mean, x.domain.lowerBound), y: $0.share) }
      let band = finite.compactMap { point in
        point.mean.interval.map {
          (
            y: point.share, left: max($0.lower, x.domain.lowerBound),
            right: max($0.upper, x.domain.lowerBound)
          )
        }
      }
      sentences.append(Self.words(facts.policies[policy], finite, unserved))
      return LineChart.Series(
        facts.policies[policy], styles[policy], pieces: [line],
        bands: [.horizontal(band)], limit: unserved)
    }
    // Who is hardly ever served has no curve, and the table of populations says how rarely.
    guard series.contains(where: { $0.pieces.contains { !$0.isEmpty } }) else { return nil }
    let shares = series.flatMap(\.pieces).flatMap { $0.map(\.y) } + series.compactMap(\.limit)
    let y = Axis.logarithmic("share of intents that take longer", shares + [0.5, 1]) {
      Self.percent($0)
    }
    let chart = LineChart(
      id: "latency-\(place)",
      title: "From first attempt to end, \(all ? headlineWords : population)",
      description: sentences.joined(separator: " "), x: x, y: y, series: series, markers: 4)
    return Figure(chart: chart.chart(), caption: all ? headlineWords : population)
  }

  /// The share of the intents of a population, or of all, that is never served.
  ///
  /// `nil` where none is, or so few that the axis would be about nothing else.
  private func unservedShare(of population: String, _ policy: Int) -> Double? {
    let metrics =
      population == headlineName
      ? nil : results.populations.first { $0.name == population }?.metrics
    let served =
      metrics?.values(of: .servedShare, policy: policy, point: point)
      ?? values(.servedShare, policy)
    guard let mean = MeanInterval(all: served)?.mean, 1 - mean >= 1e-4 else { return nil }
    return 1 - mean
  }

  /// The accounts that the study is about, as files name them and as a reader does.
  private var headlineName: String { results.headline.scopeName(of: .servedShare) }
  private var headlineWords: String { results.isAboutSome ? "all ordinary accounts" : "everyone" }

  private static func words(
    _ name: String, _ points: [(share: Double, mean: MeanInterval)], _ unserved: Double?
  ) -> String {
    let known: [(Double, String)] = [(0.5, "half"), (0.1, "10 %"), (0.01, "1 %")]
    let told = known.compactMap { share, words -> String? in
      guard let point = points.first(where: { ($0.share - share).magnitude < 1e-9 }) else {
        return nil
      }
      let time = NumberText.duration(nanoseconds: Int64(point.mean.mean * 1e9))
      return "\(words) take longer than \(time)"
    }
    let never = unserved.map { "\(NumberText.fixed($0 * 100, digits: 1)) % are never served" }
    let rest = [never].compactMap { $0 }
    let parts = told + rest
    return parts.isEmpty ? "" : "\(name): \(parts.joined(separator: ", "))."
  }

  /// What is left of 1, without the noise of its last digits.
  private static func rest(of share: Double) -> Double { ((1 - share) * 1e9).rounded() / 1e9 }

  /// A share as per cent, in as many digits as it has.
  static func percent(_ share: Double) -> String {
    NumberText.shortest((share * 1e8).rounded() / 1e6) + " %"
  }
}

import WeirFormats
import WeirLab
import WeirSimulation

/// What a study found, in words: the verdict of the report, the notebook and the gallery.
struct Findings {
  let figures: Figures

  /// The findings that the figures show.
  init(_ figures: Figures) { self.figures = figures }

  private var results: StudyResults { figures.results }
  private var facts: ManifestFacts { figures.facts }

  /// How a person reads the primary metric.
  var primary: SummaryColumn { SummaryColumn.of(facts.primaryMetric) }

  /// The comparison of a policy by the primary metric.
  func row(_ policy: Int) -> ComparisonRow? {
    results.comparison(facts.primaryMetric, policy: policy)
  }

  /// The columns of the tables, apart from the primary metric, that are surely better and worse.
  func differences(_ policy: Int) -> (gains: [String], costs: [String]) {
    let columns = SummaryColumn.sections.flatMap(\.columns).filter {
      $0.metric != facts.primaryMetric
    }
    func labels(_ verdict: Verdict) -> [String] {
      columns.filter { results.comparison($0.metric, policy: policy)?.verdict == verdict }
        .map(\.label)
    }
    return (labels(.better), labels(.worse))
  }

  /// The populations of which a larger or smaller share is surely served.
  func populationsChanged(_ policy: Int) -> (helped: [String], hurt: [String]) {
    let fares = figures.fares()
    func names(_ verdict: Verdict) -> [String] {
      results.populations.indices.filter { fares[$0][policy].judgement?.verdict == verdict }
        .map { place in
          let change = fares[place][policy].paired?.difference.mean ?? 0
          let points = NumberText.fixed(change * 100, digits: change.magnitude < 0.1 ? 1 : 0)
          return "\(results.populations[place].name) (\(change > 0 ? "+" : "")\(points))"
            .withMinusSigns
        }
    }
    return (names(.better), names(.worse))
  }

  // MARK: Sentences

  /// The verdict, the next best and the price, in sentences.
  func sentences() -> [String] {
    let ranked = ranking()
    guard let best = ranked.first else {
      return [
        "The primary metric, \(primary.label), has no value in every replication of any policy, so"
          + " that it cannot decide."
      ]
    }
    let name = facts.policies[best]
    if facts.policies.count == 1 {
      return ["There is one policy, \(name). \(Self.capital(primary.label)): \(words(best))."]
    }
    guard facts.primaryMetric.definition.better != .neither else {
      return [
        "\(Self.capital(primary.label)) says neither good nor bad; the table shows how the policies"
          + " differ in it."
      ]
    }
    return [opening(best), runnerUp(ranked), cost(best)].filter { !$0.isEmpty }
  }

  /// The policies with a mean of the primary metric, the best first.
  private func ranking() -> [Int] {
    let isHigher = facts.primaryMetric.definition.better != .lower
    let means = facts.policies.indices.compactMap { policy in
      row(policy)?.mean.map { (policy: policy, mean: $0) }
    }
    return means.sorted {
      ($0.mean == $1.mean)
        ? $0.policy < $1.policy : (isHigher ? $0.mean > $1.mean : $0.mean < $1.mean)
    }.map(\.policy)
  }

  private func opening(_ best: Int) -> String {
    let baseline = facts.policies[facts.baseline]
    let name = facts.policies[best]
    let label = Self.capital(primary.label)
    let end = facts.points.count > 1 ? " at the point \(facts.points[results.point])" : ""
    if best == facts.baseline {
      return "No policy does better than the baseline \(baseline) on the primary metric\(end)."
        + " \(label): \(words(best))."
    }
    guard let row = row(best), let difference = row.difference else {
      return "\(name) has the best primary metric\(end), and the baseline \(baseline) has no value"
        + " to compare it with. \(label): \(words(best))."
    }
    let change =
      EstimateText.difference(
        difference * primary.scale,
        halfWidth: row.differenceHalfWidth.map { $0 * primary.scale })
      + (primary.differenceUnit.isEmpty ? "" : " \(primary.differenceUnit)")
    let sure = row.adjustedPValue.map { $0 < 0.0001 ? ", p < 0.0001" : ", p = \(Self.p($0))" } ?? ""
    if row.verdict == .better {
      return "\(name) does best on the primary metric\(end), surely better than the baseline"
        + " \(baseline). \(label): \(words(best)) against \(words(facts.baseline)), a difference of"
        + " \(change)\(sure)."
    }
    let needed =
      row.replicationsNeeded.map { " About \($0) replications would decide." } ?? ""
    return "No policy is shown to be better than the baseline \(baseline) on the primary metric"
      + "\(end). \(name) is ahead by \(change)\(sure), which \(facts.replications) replications do"
      + " not prove.\(needed)"
  }

  /// Whether the best is surely better than the next.
  private func runnerUp(_ ranked: [Int]) -> String {
    guard ranked.count > 2, ranked[0] != facts.baseline else { return "" }
    let (best, next) = (ranked[0], ranked[1])
    let pairs = PairedComparison(
      all: figures.values(facts.primaryMetric, next),
      candidate: figures.values(facts.primaryMetric, best))
    guard let pairs, let interval = pairs.meanInterval.interval else { return "" }
    let ahead = EstimateText.text(
      pairs.meanInterval.mean.magnitude * primary.scale,
      halfWidth: pairs.meanInterval.halfWidth.map { $0 * primary.scale })
    let unit = primary.differenceUnit.isEmpty ? "" : " \(primary.differenceUnit)"
    let isSure = !interval.contains(0)
    return "Next is \(facts.policies[next]) with \(words(next)), \(ahead)\(unit) behind"
      + (isSure ? "." : ": too close to tell which of the two is better.")
  }

  /// What the best costs.
  private func cost(_ best: Int) -> String {
    guard best != facts.baseline, row(best)?.verdict == .better else { return "" }
    let costs = differences(best).costs
    let hurt = populationsChanged(best).hurt
    if costs.isEmpty, hurt.isEmpty { return "Nothing in the tables is surely worse." }
    var parts: [String] = []
    if !costs.isEmpty {
      parts.append("it is surely worse on \(Self.list(costs.map { "“\($0)”" }))")
    }
    if !hurt.isEmpty { parts.append("serves less of what \(Self.list(hurt)) ask for") }
    return "The price: " + parts.joined(separator: ", and ") + "."
  }

  private func words(_ policy: Int) -> String {
    let row = row(policy)
    let text = EstimateText.text(
      row?.mean.map { $0 * primary.scale }, halfWidth: row?.halfWidth.map { $0 * primary.scale })
    return primary.unit.isEmpty ? text : "\(text) \(primary.unit)"
  }

  /// How the study ended otherwise: thresholds and saturation, each with its tone.
  func states() -> [(text: String, tone: String)] {
    var states: [(String, String)] = []
    let passed = results.thresholds.filter { $0.outcome == .pass }.count
    if results.thresholds.isEmpty {
      states.append(("no thresholds", "same"))
    } else {
      let all = results.thresholds.count
      states.append(
        ("\(passed) of \(all) thresholds pass", passed == all ? "good" : "bad"))
    }
    var saturated: [String] = []
    var count = 0
    for policy in facts.policies.indices {
      let runs = facts.points.indices.reduce(0) {
        $0 + results.runs.saturatedRuns(policy: policy, point: $1)
      }
      if runs > 0 { saturated.append("\(facts.policies[policy]) \(runs)") }
      count += runs
    }
    states.append(
      count == 0
        ? ("no run was saturated", "good")
        : ("\(count) of \(facts.runs) runs saturated: \(saturated.joined(separator: ", "))", "bad"))
    return states
  }

  private static func p(_ value: Double) -> String { NumberText.fixed(value, digits: 4) }

  private static func capital(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  private static func list(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
  }
}

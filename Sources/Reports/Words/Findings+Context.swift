import WeirFormats
import WeirLab
import WeirSimulation

/// What a reader has to know beside the primary metric so as not to misread it.
extension Findings {
  private var results: StudyResults { figures.results }
  private var facts: ManifestFacts { figures.facts }

  /// How many intents were asked and served, where policies differ in how many are asked.
  ///
  /// Shares alone would hide it: whoever is served goes on and asks for more.
  func volume(_ best: Int) -> String {
    guard best != facts.baseline else { return "" }
    let asked = [facts.baseline, best].map { figures.values(.intents, $0) }
    guard let paired = PairedComparison(all: asked[0], candidate: asked[1]),
      let interval = paired.meanInterval.interval, !interval.contains(0),
      let before = count(.completed, facts.baseline), let after = count(.completed, best),
      let askedBefore = count(.intents, facts.baseline), let askedAfter = count(.intents, best),
      before > 0, (askedAfter / askedBefore - 1).magnitude > 0.02
    else { return "" }
    let change = (after / before - 1) * 100
    let numbers = [before, after, askedBefore, askedAfter].map { NumberText.grouped($0, digits: 0) }
    return "In numbers: \(numbers[1]) intents served in a run, against \(numbers[0])"
      + " (\(change > 0 ? "+" : "")\(NumberText.fixed(change, digits: 0)) %), of \(numbers[3]) that were"
      + " asked, against \(numbers[2]): what is asked depends on what was served before."
      + unreached(best)
  }

  /// The calls that were never made.
  private func unreached(_ best: Int) -> String {
    guard let before = count(.unreached, facts.baseline), let after = count(.unreached, best),
      before > 0 || after > 0
    else { return "" }
    let texts = [before, after].map { NumberText.grouped($0, digits: 0) }
    return " Sessions that broke off would have made \(texts[1]) more calls, against \(texts[0]);"
      + " these are in no share."
  }

  private func count(_ metric: Metric, _ policy: Int) -> Double? {
    results.comparison(metric, policy: policy)?.mean
  }

  /// What speaks for and against the best beside the next, surely: the choice that is left.
  func trade(_ best: Int, against next: Int) -> String {
    let columns = SummaryColumn.sections.flatMap(\.columns).filter { column in
      column.metric != facts.primaryMetric && column.metric.definition.better.direction != nil
    }
    let tested = columns.compactMap { column -> (SummaryColumn, PairedComparison, Double)? in
      guard
        let paired = PairedComparison(
          all: figures.values(column.metric, next), candidate: figures.values(column.metric, best)),
        let pValue = paired.pValue
      else { return nil }
      return (column, paired, pValue)
    }
    let adjusted = Holm.adjusted(tested.map(\.2))
    func texts(_ wanted: Verdict) -> [String] {
      let found = zip(tested, adjusted).compactMap { test, pValue -> (Double, String)? in
        let (column, paired, _) = test
        let direction = column.metric.definition.better.direction ?? .higherIsBetter
        let judgement = Judgement(paired, adjustedPValue: pValue, direction: direction)
        let rows = [next, best].map { results.comparison(column.metric, policy: $0) }
        let means = rows.map { Self.mean($0, column) }
        let values = rows.compactMap { $0?.mean?.magnitude }
        let size = paired.meanInterval.mean.magnitude / max(values.max() ?? 1, 1e-300)
        guard judgement.verdict == wanted, size > 0.01 else { return nil }
        let unit = column.unit.isEmpty ? "" : " \(column.unit)"
        return (size, "\(column.words) (\(means[1]) against \(means[0])\(unit))")
      }
      let largest = found.sorted { $0.0 > $1.0 }.prefix(Self.mostNamed).map(\.1)
      let rest = found.count - largest.count
      return largest + (rest > 0 ? [NumberText.counted(rest, "more", "more")] : [])
    }
    let (gains, costs) = (texts(.better), texts(.worse))
    if gains.isEmpty, costs.isEmpty { return "" }
    let parts =
      (gains.isEmpty ? [] : ["surely better on \(Self.list(gains))"])
      + (costs.isEmpty ? [] : ["surely worse on \(Self.list(costs))"])
    return " Beside it, \(facts.policies[best]) is \(parts.joined(separator: ", and "))."
  }

  /// How many columns a sentence names, those with the largest relative change first.
  private static let mostNamed = 4

  /// The primary metric of each population, where it is another than the share served.
  ///
  /// One population can make most of a figure of all, and hide how much the others gain.
  func primaryByPopulation(_ best: Int) -> String {
    guard best != facts.baseline, facts.primaryMetric != .servedShare else { return "" }
    let parts = results.populations.compactMap { population -> String? in
      let means = [facts.baseline, best].compactMap { policy -> String? in
        MeanInterval(
          all: population.metrics.values(
            of: facts.primaryMetric, policy: policy, point: results.point)
        ).map { Self.mean($0.mean, halfWidth: $0.halfWidth, primary) }
      }
      return means.count == 2 ? "\(population.name) \(means[0]) → \(means[1])" : nil
    }
    guard parts.count > 1 else { return "" }
    let unit = primary.unit.isEmpty ? "" : " \(primary.unit)"
    return "By population, \(primary.words): \(parts.joined(separator: ", "))\(unit)."
  }

  /// That the labelled count in the figures of all; empty where nobody is labelled.
  func labelled() -> String {
    let names = results.populations.filter(\.isAbusive).map(\.name)
    guard results.isLabelled, !names.isEmpty else { return "" }
    return "All figures but those by population are of everyone, and so of the labelled accounts"
      + " too (\(Self.list(names)))."
  }
}

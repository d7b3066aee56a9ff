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
  ///
  /// Differences too small to show in the digits of the tables are left out.
  func differences(_ policy: Int) -> (gains: [SummaryColumn], costs: [SummaryColumn]) {
    let columns = SummaryColumn.sections.flatMap(\.columns).filter {
      $0.metric != facts.primaryMetric && !isBare($0, policy: policy)
    }
    func found(_ verdict: Verdict) -> [SummaryColumn] {
      columns.filter { results.comparison($0.metric, policy: policy)?.verdict == verdict }
    }
    return (found(.better), found(.worse))
  }

  /// Whether a difference is decided, but so small that the means look the same in the tables.
  func isBare(_ column: SummaryColumn, policy: Int, point: Int? = nil) -> Bool {
    let row = results.comparison(column.metric, policy: policy, point: point)
    guard row?.verdict == .better || row?.verdict == .worse else { return false }
    let base = results.comparison(column.metric, policy: facts.baseline, point: point)
    return Self.mean(row, column) == Self.mean(base, column)
  }

  /// The populations of which a larger or smaller share is surely served, with the change.
  func populationsChanged(_ policy: Int) -> (helped: [String], hurt: [String]) {
    let fares = figures.fares()
    func names(_ verdict: Verdict) -> [String] {
      results.populations.indices.filter { fares[$0][policy].judgement?.verdict == verdict }
        .map { place in
          let change = (fares[place][policy].paired?.difference.mean ?? 0) * 100
          let size = change.magnitude
          let text =
            size < 0.1
            ? EstimateText.signed(change)
            : (change > 0 ? "+" : "") + NumberText.fixed(change, digits: 1)
          return "\(results.populations[place].name) (\(text))".withMinusSigns
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
        "The primary metric, \(primary.words), has no value in every replication of any policy, so"
          + " that it cannot decide."
      ]
    }
    let name = facts.policies[best]
    if facts.policies.count == 1 {
      return ["There is one policy, \(name). \(Self.capital(primary.words)): \(words(best))."]
    }
    guard facts.primaryMetric.definition.better != .neither else {
      return [
        "\(Self.capital(primary.words)) says neither good nor bad; the table shows how the policies"
          + " differ in it."
      ]
    }
    return [
      opening(best), primaryByPopulation(best), labelled(best), volume(best), whom(best),
      abusers, price(best), runnerUp(ranked), others(best),
    ].filter { !$0.isEmpty }
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
    let label =
      Self.capital(primary.words)
      + (results.isAboutSome && facts.primaryMetric.definition.isByPopulation
        ? " of the ordinary accounts" : "")
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
    let sure = Self.sure(row.adjustedPValue)
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
    // How far the baseline is behind has been said.
    guard ranked.count > 2, ranked[0] != facts.baseline, ranked[1] != facts.baseline else {
      return ""
    }
    let (best, next) = (ranked[0], ranked[1])
    guard let pair = figures.pairs(facts.primaryMetric)?[best, next] else { return "" }
    let interval = pair.paired.meanInterval
    let ahead = EstimateText.text(
      interval.mean.magnitude * primary.scale,
      halfWidth: interval.halfWidth.map { $0 * primary.scale })
    let unit = primary.differenceUnit.isEmpty ? "" : " \(primary.differenceUnit)"
    if pair.paired.isIdentical {
      return "\(facts.policies[next]) does exactly as well." + trade(best, against: next)
    }
    let end =
      pair.judgement?.verdict == .better
      ? ", surely\(Self.sure(pair.adjustedPValue))."
      : "\(Self.sure(pair.adjustedPValue)): too close to tell which of the two is better."
    return "Next is \(facts.policies[next]) with \(words(next)), \(ahead)\(unit) behind\(end)"
      + trade(best, against: next)
  }

  /// The best policy and the next one, where the choice is between two that are not the baseline.
  func lastChoice() -> (best: Int, next: Int)? {
    let ranked = ranking()
    guard ranked.count > 2, facts.primaryMetric.definition.better != .neither,
      ranked[0] != facts.baseline, ranked[1] != facts.baseline
    else { return nil }
    return (ranked[0], ranked[1])
  }

  /// Whom the best serves more, and whom less.
  private func whom(_ best: Int) -> String {
    guard best != facts.baseline, results.populations.count > 1 else { return "" }
    let fares = figures.fares()
    func list(_ verdict: Verdict) -> String {
      let parts = results.populations.indices.compactMap { place -> String? in
        let (before, after) = (fares[place][facts.baseline], fares[place][best])
        guard after.judgement?.verdict == verdict, let change = after.paired?.difference.mean
        else { return nil }
        let column = SummaryColumn.of(.servedShare)
        let means = [before, after].map {
          Self.mean($0.mean?.mean, halfWidth: $0.mean?.halfWidth, column)
        }
        return "\(results.populations[place].name) \(means[0]) → \(means[1]) %"
          + " (\(Self.points(change)))"
      }
      return Self.list(parts)
    }
    let parts = [("larger", list(.better)), ("smaller", list(.worse))].filter { !$0.1.isEmpty }
    if parts.isEmpty { return "Of no population a surely larger or smaller share is served." }
    let isAll = !parts.contains { $0.0 == "smaller" }
    let end = (isAll ? "; of nobody a surely smaller one." : ".") + reached(best)
    return "Against the baseline, it serves "
      + parts.map { "a \($0.0) share of the intents of \($0.1)" }.joined(separator: ", and ") + end
  }

  /// The accounts that got anything at all, where their share surely differs.
  private func reached(_ best: Int) -> String {
    let verdict = results.comparison(.accountsServedShare, policy: best)?.verdict
    guard verdict == .better || verdict == .worse else { return "" }
    let column = SummaryColumn.of(.accountsServedShare)
    let means = [facts.baseline, best].map {
      Self.mean(results.comparison(.accountsServedShare, policy: $0), column)
    }
    return " Of the accounts that asked, \(means[1]) % got something, against \(means[0]) %."
  }

  /// A change of a share, in points.
  private static func points(_ change: Double) -> String {
    let points = change * 100
    let text =
      points.magnitude < 0.1
      ? EstimateText.signed(points)
      : (points > 0 ? "+" : "") + NumberText.fixed(points, digits: 1)
    return "\(text) points"
  }

  /// What the best costs: the columns on which it is surely worse, from what to what, and credits.
  private func price(_ best: Int) -> String {
    guard best != facts.baseline, row(best)?.verdict == .better else { return "" }
    let costs = differences(best).costs.map { column -> String in
      let means = [facts.baseline, best].map {
        Self.mean(results.comparison(column.metric, policy: $0), column)
      }
      return "\(column.words) (\(means[0]) → \(means[1])"
        + (column.unit.isEmpty ? ")" : " \(column.unit))")
    }
    let lost =
      costs.isEmpty
      ? "The price: nothing in the tables is surely worse."
      : "The price: it is surely worse on \(Self.list(costs))."
    return lost + spending(best)
  }

  /// The credits that accounts spend under a policy and not the baseline, and whose they were.
  private func spending(_ policy: Int) -> String {
    let before = results.comparison(.revenue, policy: facts.baseline)?.mean ?? 0
    guard before == 0, let spent = count(.revenue, policy), spent > 0 else { return "" }
    let start = count(.openingCredits, policy) ?? 0
    let bought = count(.purchasedCredits, policy) ?? 0
    let buyers = NumberText.grouped(count(.buyers, policy) ?? 0, digits: 0)
    let accounts = NumberText.grouped(count(.accounts, policy) ?? 0, digits: 0)
    return " Accounts spend \(Self.credits(spent)) credits for it in a run: they hold"
      + " \(Self.credits(start)) when measuring begins, and \(buyers) of the \(accounts) buy"
      + " \(Self.credits(bought)) more."
  }

  private static func credits(_ micro: Double) -> String {
    NumberText.grouped(micro / 1e6, digits: 0)
  }

  /// How the others compare where nobody beats the baseline.
  private func others(_ best: Int) -> String {
    guard best == facts.baseline else { return "" }
    let words: [(Verdict, String)] = [
      (.worse, "Surely worse"), (.equivalent, "Exactly the same"), (.tie, "Not told apart from it"),
    ]
    return words.compactMap { verdict, word -> String? in
      let names = figures.ordered.filter { row($0)?.verdict == verdict }.map { policy in
        guard verdict != .equivalent, let difference = row(policy)?.difference else {
          return facts.policies[policy]
        }
        let change = EstimateText.difference(
          difference * primary.scale,
          halfWidth: row(policy)?.differenceHalfWidth.map { $0 * primary.scale })
        let unit = primary.differenceUnit.isEmpty ? "" : " \(primary.differenceUnit)"
        return "\(facts.policies[policy]) (\(change)\(unit))"
      }
      return names.isEmpty ? nil : "\(word): \(Self.list(names))."
    }.joined(separator: " ")
  }

  /// A mean as the tables show it.
  static func mean(_ row: ComparisonRow?, _ column: SummaryColumn) -> String {
    mean(row?.mean, halfWidth: row?.halfWidth, column)
  }

  /// A mean in the unit of a column, in as many digits as its interval leaves.
  static func mean(_ mean: Double?, halfWidth: Double?, _ column: SummaryColumn) -> String {
    let text = EstimateText.text(
      mean.map { $0 * column.scale }, halfWidth: halfWidth.map { $0 * column.scale })
    return String(text.prefix { $0 != " " })
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
      states.append(("no thresholds were set", "same"))
    } else {
      let all = results.thresholds.count
      states.append(
        ("\(passed) of \(all) thresholds pass", passed == all ? "good" : "bad"))
    }
    var saturated: [String] = []
    var runs = 0
    for policy in facts.policies.indices {
      let own = facts.points.indices.reduce(0) {
        $0 + results.headline.everyone.saturatedRuns(policy: policy, point: $1)
      }
      if own > 0 { saturated.append("\(facts.policies[policy]) \(own)") }
      runs += own
    }
    states.append(
      runs == 0
        ? ("no run saturated: each backlog came down again", "same")
        : (
          "\(runs) of \(facts.runs) runs saturated: \(saturated.joined(separator: ", "))", "bad"
        ))
    if let overload { states.append((overload, "bad")) }
    return states
  }

  /// Where the fleet was overloaded most; `nil` when it hardly ever was.
  private var overload: String? {
    let shares = facts.policies.indices.map { count(.overloadTimeShare, $0) ?? 0 }
    guard let most = shares.max(), most >= 0.01, let policy = shares.firstIndex(of: most) else {
      return nil
    }
    let longest = count(.recovery, policy).map {
      let length = NumberText.duration(nanoseconds: Int64($0.rounded()) * 1_000_000_000)
      return ", at longest \(length) on end"
    }
    let words = facts.policies.count > 1 ? ", most under \(facts.policies[policy])" : ""
    return "more requests waiting than servers\(servers)\(words):"
      + " \(NumberText.fixed(most * 100, digits: 1)) % of the time\(longest ?? "")"
  }

  /// How many servers there are, where all pools say a number.
  private var servers: String {
    let counts = facts.list("fleet").compactMap { pool -> Int? in
      guard case .number(let text)? = pool["servers"]?.value else { return nil }
      return Int(text)
    }
    return counts.isEmpty || counts.count < facts.list("fleet").count
      ? "" : " (\(counts.reduce(0, +)))"
  }

  /// The p-value of a difference, after a comma.
  private static func sure(_ pValue: Double?) -> String {
    pValue.map { $0 < 0.0001 ? ", p < 0.0001" : ", p = \(Self.p($0))" } ?? ""
  }

  private static func p(_ value: Double) -> String { NumberText.fixed(value, digits: 4) }

  private static func capital(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  static func list(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + (words.last ?? "")
  }
}

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

  /// What was never asked, as the session broke off before, and what is served with that counted.
  private func unreached(_ best: Int) -> String {
    guard let before = count(.unreached, facts.baseline), let after = count(.unreached, best),
      before > 0 || after > 0
    else { return "" }
    let texts = [before, after].map { NumberText.grouped($0, digits: 0) }
    let column = SummaryColumn.of(.wantedServedShare)
    let shares = [facts.baseline, best].map {
      Self.mean(results.comparison(.wantedServedShare, policy: $0), column)
    }
    return " Sessions that broke off, as an intent was given up, would have asked for \(texts[1])"
      + " more, against \(texts[0]), which are in no other share: of all that sessions wanted,"
      + " \(shares[1]) % is served, against \(shares[0]) %."
  }

  /// Whom the policies that look for abusers find, and whom else they hit; empty where nobody is
  /// labelled or nobody looks.
  var abusers: String {
    guard results.isAboutSome, facts.primaryMetric.definition.heading != .abuse else { return "" }
    let parts = figures.ordered.compactMap { policy -> String? in
      guard let found = results.comparison(.abuseRecall, policy: policy), found.mean != nil else {
        return nil
      }
      let time = results.comparison(.abuseDetectMedian, policy: policy)?.mean.map {
        ", half of them within"
          + " \(NumberText.duration(nanoseconds: Int64($0.rounded()) * 1_000_000_000))"
      }
      let harm = Self.mean(
        results.comparison(.innocentHarm, policy: policy), SummaryColumn.of(.innocentHarm))
      return "\(facts.policies[policy]) acts against"
        + " \(Self.mean(found, SummaryColumn.of(.abuseRecall))) % of the labelled accounts\(time ?? "")"
        + ", and refuses \(harm) % of the others' attempts for their behaviour"
    }
    guard !parts.isEmpty else { return "" }
    return "Abuse: \(parts.joined(separator: "; ")). What that changes is under Abuse."
  }

  func count(_ metric: Metric, _ policy: Int) -> Double? {
    results.comparison(metric, policy: policy)?.mean
  }

  /// What speaks surely for and against the best beside the next: the choice that is left.
  func trade(_ best: Int, against next: Int) -> String {
    let decided = headToHead(best, against: next)
    let ends = [(Verdict.better, "better"), (.worse, "worse")].compactMap { verdict, word in
      let names = decided.filter { $0.pair.judgement?.verdict == verdict }.map(\.column.words)
      return names.isEmpty ? nil : "surely \(word) on \(Self.list(names))"
    }
    return ends.isEmpty
      ? "" : " Against it, \(facts.policies[best]) is \(ends.joined(separator: ", and "))."
  }

  /// One column in which two policies surely differ.
  struct HeadToHead {
    let column: SummaryColumn
    let pair: JudgedComparison
  }

  /// The columns of the comparison in which the best and the next surely differ by more than a
  /// hundredth, the primary metric apart.
  func headToHead(_ best: Int, against next: Int) -> [HeadToHead] {
    SummaryColumn.sections.flatMap(\.columns).compactMap { column in
      guard column.metric != facts.primaryMetric,
        let pair = figures.pairs(column.metric)?[best, next],
        let verdict = pair.judgement?.verdict, [.better, .worse].contains(verdict)
      else { return nil }
      let larger = max(pair.paired.baselineMean.magnitude, pair.paired.candidateMean.magnitude)
      guard pair.paired.difference.mean.magnitude > larger / 100 else { return nil }
      return HeadToHead(column: column, pair: pair)
    }
  }

  /// The primary metric of each population that the study is about, where it is another than the
  /// share served.
  func primaryByPopulation(_ best: Int) -> String {
    guard best != facts.baseline, facts.primaryMetric != .servedShare, results.ordinary.count > 1
    else { return "" }
    let fares = figures.fares(facts.primaryMetric)
    let unit = primary.unit.isEmpty ? "" : " \(primary.unit)"
    let parts = results.populations.enumerated().compactMap { place, population -> String? in
      let (before, after) = (fares[place][facts.baseline], fares[place][best])
      guard !population.isAbusive || !results.isAboutSome, let paired = after.paired else {
        return nil
      }
      let means = [before, after].map {
        Self.mean($0.mean?.mean, halfWidth: $0.mean?.halfWidth, primary)
      }
      let change = EstimateText.difference(
        paired.difference.mean * primary.scale,
        halfWidth: paired.meanInterval.halfWidth.map { $0 * primary.scale })
      let isSure = after.judgement.map { [.better, .worse].contains($0.verdict) } ?? false
      let points = primary.differenceUnit.isEmpty ? "" : " \(primary.differenceUnit)"
      return "\(population.name) \(means[0]) → \(means[1])\(unit) (\(change)\(points),"
        + " \(isSure ? "surely" : "not surely"))"
    }
    guard parts.count > 1 else { return "" }
    return "By population, \(primary.words): \(parts.joined(separator: ", "))."
  }

  /// Who is labelled, how much of everything is theirs, and what the primary metric is with them;
  /// empty where nobody is.
  func labelled(_ best: Int) -> String {
    guard results.isAboutSome else { return "" }
    let names = results.populations.filter(\.isAbusive).map(\.name)
    let shares = [
      (Metric.accounts, "accounts"), (.sessions, "sessions"), (.attempts, "attempts"),
      (.denied, "refusals"),
    ].compactMap { metric, words in
      labelledShare(of: metric, facts.baseline).map { "\(Self.percent($0)) of all \(words)" }
    }
    let both = [facts.baseline, best].map { policy in
      Self.mean(results.comparison(facts.primaryMetric, policy: policy, ofEveryone: true), primary)
    }
    let unit = primary.unit.isEmpty ? "" : " \(primary.unit)"
    let withThem =
      best == facts.baseline || !facts.primaryMetric.definition.isByPopulation
      ? "" : " With them, \(primary.words) would read \(both[0]) → \(both[1])\(unit)."
    return "Left out of these figures are the accounts that the scenario labels as abusive,"
      + " \(Self.list(names)): \(Self.list(shares)) under \(facts.policies[facts.baseline]). All"
      + " figures are of the others, the ordinary accounts, except where they are named, and but for"
      + " those of the fleet, which serves everyone." + withThem
  }

  /// The share of a count that is of the labelled accounts, as a mean over the replications.
  func labelledShare(of metric: Metric, _ policy: Int) -> Double? {
    let all = results.headline.everyone.values(of: metric, policy: policy, point: results.point)
    let shares = zip(all, figures.values(metric, policy)).map { all, others -> Double? in
      guard let all, let others, all > 0 else { return nil }
      return (all - others) / all
    }
    return MeanInterval(all: shares)?.mean
  }

  /// A share in per cent, with as many digits as tell it from none and from all.
  static func percent(_ share: Double) -> String {
    let isNearEnd = share > 0.99 || share < 0.1
    return NumberText.fixed(share * 100, digits: isNearEnd ? 1 : 0) + " %"
  }
}

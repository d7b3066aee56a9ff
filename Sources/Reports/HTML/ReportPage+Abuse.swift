import WeirFormats
import WeirLab
import WeirSimulation

/// What measures against misuse did.
extension ReportPage {
  /// The section of abuse; nothing when nobody is labelled.
  func abuse(_ section: inout Markup) {
    guard let figure = figures.abuse() else { return }
    let names = results.populations.filter(\.isAbusive).map(\.name)
    section.element("p") { line in
      line.text("The scenario labels as abusive: ")
      line.isolated(names.joined(separator: ", "))
      line.text(". Policies do not see the label.")
      line.text(lookers + served + refusedShares)
    }
    legend(&section)
    section.figures([figures.abuseTrade(), figure].compactMap { $0 })
  }

  /// The policies with a layer that judges behaviour.
  private var looking: [Int] {
    figures.ordered.filter { results.comparison(.abuseRecall, policy: $0)?.mean != nil }
  }

  /// Which policies look for abusers at all, and whom they find.
  private var lookers: String {
    let found = looking.map { policy in
      let row = results.comparison(.abuseRecall, policy: policy)
      return "\(facts.policies[policy]) finds"
        + " \(Findings.mean(row, SummaryColumn.of(.abuseRecall))) % of them"
    }
    let others = figures.ordered.filter { !looking.contains($0) }.map { facts.policies[$0] }
    let idle =
      others.isEmpty
      ? ""
      : " \(Findings.list(others)) \(others.count == 1 ? "does" : "do") not look for them, and so"
        + " \(others.count == 1 ? "has" : "have") no value here."
    return (found.isEmpty ? "" : " \(Findings.list(found)).".capitalisedFirst) + idle
  }

  /// Whether being found changes what the labelled are served.
  private var served: String {
    guard !looking.contains(facts.baseline) else { return "" }
    let fares = figures.fares()
    return results.populations.indices.filter { results.populations[$0].isAbusive }.flatMap {
      place in
      looking.compactMap { policy -> String? in
        let (before, after) = (fares[place][facts.baseline], fares[place][policy])
        guard let judgement = after.judgement else { return nil }
        let column = SummaryColumn.of(.servedShare)
        let means = [before, after].map {
          Findings.mean($0.mean?.mean, halfWidth: $0.mean?.halfWidth, column)
        }
        let isSure = judgement.verdict == .better || judgement.verdict == .worse
        return " Being found \(isSure ? "changes" : "does not surely change") how much"
          + " \(results.populations[place].name) are served: \(means[1]) % of their intents under"
          + " \(facts.policies[policy]), against \(means[0]) % under"
          + " \(facts.policies[facts.baseline])."
      }
    }.joined()
  }

  /// Whose the refused attempts are: a few who never stop asking can be nearly all of them.
  private var refusedShares: String {
    let shares = figures.ordered.compactMap { policy -> String? in
      Findings(figures).labelledShare(of: .denied, policy).map {
        "\(Findings.percent($0)) under \(facts.policies[policy])"
      }
    }
    return shares.isEmpty
      ? "" : " Of all refused attempts, theirs are \(Findings.list(shares))."
  }
}

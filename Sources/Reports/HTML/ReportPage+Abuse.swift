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

  private func harm(_ policy: Int) -> String {
    Findings.mean(
      results.comparison(.innocentHarm, policy: policy), SummaryColumn.of(.innocentHarm))
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
        + " \(Findings.mean(row, SummaryColumn.of(.abuseRecall))) % of them, and refuses"
        + " \(harm(policy)) % of the attempts of all others for their behaviour"
    }
    let others = figures.ordered.filter { !looking.contains($0) }.map { facts.policies[$0] }
    let idle =
      others.isEmpty
      ? ""
      : " \(Findings.list(others)) \(others.count == 1 ? "does" : "do") not look for them, and so"
        + " \(others.count == 1 ? "has" : "have") no value here."
    return (found.isEmpty ? "" : " \(Findings.list(found)).".capitalisedFirst) + idle
  }

  /// Whether being found changes what the labelled are served, against a policy that does not look.
  private var served: String {
    guard let reference = figures.ordered.first(where: { !looking.contains($0) }) else { return "" }
    return results.populations.filter(\.isAbusive).map { population in
      let values = figures.policies.map {
        population.metrics.values(of: .servedShare, policy: $0, point: results.point)
      }
      let pairs = PairwiseVerdicts(values, baseline: facts.baseline, better: .higherIsBetter)
      func share(_ policy: Int) -> String {
        let mean = MeanInterval(all: values[policy])
        return Findings.mean(
          mean?.mean, halfWidth: mean?.halfWidth, SummaryColumn.of(.servedShare))
      }
      func list(isSure: Bool) -> [String] {
        looking.filter { policy in
          guard let verdict = pairs[policy, reference]?.judgement?.verdict else { return false }
          return (verdict == .better || verdict == .worse) == isSure
        }.map { "\(facts.policies[$0]) (\(share($0)) %)" }
      }
      let (changed, unchanged) = (list(isSure: true), list(isSure: false))
      let parts =
        (changed.isEmpty ? [] : ["surely changes that under \(Findings.list(changed))"])
        + (unchanged.isEmpty
          ? [] : ["does not surely change it under \(Findings.list(unchanged))"])
      return parts.isEmpty
        ? ""
        : " Of their intents, \(population.name) are served \(share(reference)) % under"
          + " \(facts.policies[reference]), which does not look: being found"
          + " \(parts.joined(separator: ", and ")), by the rule of the verdict."
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

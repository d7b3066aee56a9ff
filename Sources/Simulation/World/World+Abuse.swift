import WeirAccess
import WeirKernel

extension World {
  /// How well the layers that judge behaviour find the accounts that are labelled abusive.
  ///
  /// What was learnt in the warm-up counts, what happens after the horizon does not: how long a run
  /// goes on from there depends on the policy.
  func fillAbuse(_ row: inout MetricRow) {
    var acted = 0
    var rightly = 0
    var asked = 0
    var delays: [Int64] = []
    let judges = stack.layers.compactMap { $0 as? any BehaviourJudge }
    for (index, account) in accounts.elements.enumerated() {
      let isAbusive = populations[Int(account.population)].isAbusive
      if isAbusive, account.firstAttemptAt < horizon { asked += 1 }
      let actions = judges.lazy.compactMap { $0.firstActedAgainst(AccountIndex(index)) }
      guard let action = actions.min(), action < horizon else { continue }
      acted += 1
      guard isAbusive else { continue }
      rightly += 1
      delays.append((action - account.firstAttemptAt).nanoseconds)
    }
    row[.abusePrecision] = acted == 0 ? nil : Double(rightly) / Double(acted)
    // A policy that does not look finds nobody, which says nothing of how well it looks.
    row[.abuseRecall] = asked == 0 || judges.isEmpty ? nil : Double(rightly) / Double(asked)
    // The rank of the median is ceil(asked / 2); accounts never acted against are the last ones.
    let rank = (asked + 1) / 2
    if rank > 0, rank <= delays.count {
      delays.sort()
      row[.abuseDetectMedian] = Double(delays[rank - 1]) / 1e9
    }
    row[.innocentHarm] = innocentHarm
  }

  private var innocentHarm: Double? {
    var attempts: Int64 = 0
    var refusals: Int64 = 0
    for (counts, population) in zip(recorder.counts, populations.elements)
    where !population.isAbusive {
      attempts += counts.attempts
      refusals += counts.deniedForBehaviour
    }
    // Where nobody is labelled and nobody was judged there is no harm to speak of, not one of zero.
    let isAnyLabelled = populations.elements.contains(where: \.isAbusive)
    guard attempts > 0, refusals > 0 || isAnyLabelled else { return nil }
    return Double(refusals) / Double(attempts)
  }
}

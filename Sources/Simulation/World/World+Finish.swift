import WeirAccess
import WeirKernel

extension World {
  /// Closes the books: open intents count as in flight, due debits are applied, and all is added
  /// up.
  mutating func finish() -> RunResult {
    let end = SimTime(nanoseconds: Int64(intervals) * recorder.timeline.interval.nanoseconds)
    advance(to: max(now, end))
    recorder.advance(to: now, levels)
    for slot in 0..<sessions.count { leaveOpen(sessions[UInt32(slot)]) }
    leaveUnopened()
    finishSettlement()
    let everyone = Array(populations.indices)
    let rows = everyone.map { row(of: [$0]) }
    var all = row(of: everyone)
    fillUtilisation(&all)
    fillAbuse(&all)
    fillAlarms(&all)
    let layers = recorder.layerTallies(of: everyone)
    return RunResult(
      metrics: all, unlabelled: unlabelled.map { row(of: $0) }, populations: rows, layers: layers,
      layersByPopulation: everyone.map { recorder.layerTallies(of: [$0]) },
      paidShares: LayerTally.paidShares(layers),
      queueRefusals: everyone.map { recorder.queueRefusals(of: [$0]) },
      timeline: timelineToHorizon, usage: recorder.usage.rows.filter { $0.interval < intervals },
      latency: latencyPoints, lorenz: lorenz(of: everyone),
      unlabelledLorenz: unlabelled.map { lorenz(of: $0) } ?? [], accounts: accountResults,
      events: recorder.keepsIntents ? recorder.events : nil,
      settlement: transit?.tally, alarms: alarmRecords,
      expectedUnitsPerDay: accountExpectations, isSaturated: isSaturated,
      broken: brokenInvariants())
  }

  private var unlabelled: [Int]? { setting.unlabelledPopulations }

  private var intervals: Int {
    let interval = recorder.timeline.interval.nanoseconds
    return Int((horizon.nanoseconds + interval - 1) / interval)
  }

  /// The intervals up to the horizon; the last may reach beyond it.
  private var timelineToHorizon: [Timeline.Row] {
    Array(recorder.timeline.rows.prefix(intervals))
  }

  /// Books what a session that is still open has come to.
  private mutating func leaveOpen(_ session: SessionPointer) {
    let state = session.pointee.state
    if state == .queued || state == .inService {
      recorder.conservation.leave(session, at: now)
    }
    if state == .free { return }
    if state == .awaitingRetry || state == .purchasing || state == .held {
      recorder.noteGap(session, at: now)
    }
    recorder.sessionEnded(session)
    cutOff(session)
    if state == .paused { return }
    recorder.conservation.open += 1
    if session.pointee.isMeasured { recorder.conservation.openMeasured += 1 }
    let end = min(now, horizon)
    recorder.tallies[Int(session.pointee.account)].endIntent(isServed: false, at: end)
    guard session.pointee.isMeasured else { return }
    recorder.books[Int(session.pointee.population)].latencies.unserved += 1
  }

  // MARK: Metrics

  /// The metrics over some populations together.
  private func row(of members: [Int]) -> MetricRow {
    var counts = Counts()
    var latencies = Latencies()
    for member in members {
      counts.add(recorder.books[member].counts)
      latencies.merge(recorder.books[member].latencies.latencies)
    }
    var row = MetricRow()
    fillCounts(&row, counts, members)
    row.fill(latencies)
    fillFairness(&row, members)
    fillAccess(&row, counts)
    fillMoney(&row, counts, members)
    row[.goodput] = Double(counts.withinSLO) / measuredSeconds
    return row
  }

  private var measuredSeconds: Double { (horizon - warmup).seconds }

  private func fillCounts(_ row: inout MetricRow, _ counts: Counts, _ members: [Int]) {
    row[.accounts] = Double(members.reduce(0) { $0 + populations[$1].accounts.count })
    row[.sessions] = Double(counts.sessions)
    row[.intents] = Double(counts.intents)
    row[.attempts] = Double(counts.attempts)
    row[.admitted] = Double(counts.admitted)
    row[.held] = Double(counts.held)
    row[.downgraded] = Double(counts.downgraded)
    row[.denied] = Double(counts.denied)
    row[.completed] = Double(counts.completed)
    row[.deniedForGood] = Double(counts.deniedForGood)
    row[.abandoned] = Double(counts.abandoned)
    row[.failed] = Double(counts.failed)
    row[.inFlight] = Double(counts.intents - counts.ended)
    row[.unreached] = Double(counts.unreached)
    row[.cutOff] = Double(counts.cutOff)
    row[.grantedInPart] = Double(counts.grantedInPart)
    row[.grantedPartShare] = Self.ratio(counts.partGranted.count, counts.askedForPart.count)
    row[.servedShare] = Self.ratio(counts.completed, counts.intents)
    row[.wantedServedShare] = Self.ratio(counts.completed, counts.intents + counts.unreached)
    row[.retryAmplification] = Self.ratio(counts.attempts, counts.intents)
    row[.withinSLOShare] = Self.ratio(counts.withinSLO, counts.intents)
  }

  private func fillFairness(_ row: inout MetricRow, _ members: [Int]) {
    let tallies = recorder.tallies.elements
    let asking = members.flatMap { populations[$0].accounts }.map { tallies[Int($0)] }
      .filter { $0.intents > 0 }
    guard !asking.isEmpty else { return }
    let served = asking.map { Double($0.served) }
    let demanded = asking.map { Double($0.demanded) }
    row[.accountsServedShare] = Self.ratio(
      Int64(asking.filter { $0.completed > 0 }.count), Int64(asking.count))
    row[.jainService] = Fairness.jain(served)
    row[.jainSatisfaction] = Fairness.jain(
      asking.filter { $0.demanded > 0 }.map { Double($0.served) / Double($0.demanded) })
    row[.giniService] = Fairness.gini(served)
    row[.minMaxService] = Fairness.minMax(served)
    row[.maxMinDistance] = Fairness.maxMinDistance(
      served, capacity: served.reduce(0, +), demands: demanded)
    row[.starvationMax] = asking.map { Double($0.starvation) / 1e9 }.max()
  }

  private func fillUtilisation(_ row: inout MetricRow) {
    let start = recorder.areasAtStart
    let end = recorder.areasAtEnd
    guard end.capacity > start.capacity else { return }
    let capacity = Double(end.capacity - start.capacity)
    row[.utilisation] = Double(end.busy - start.busy) / capacity
    row[.usefulUtilisation] = usefulWork / capacity
    row[.queueMean] = Double(end.queued - start.queued) / 1e9 / measuredSeconds
    row[.idleWhileDenied] = Double(end.idleWhileDenied - start.idleWhileDenied) / capacity
    row[.overloadTimeShare] = Double(end.overloaded - start.overloaded) / 1e9 / measuredSeconds
    row[.recovery] = Double(end.longestOverload) / 1e9
    let lag = transit?.tally.lag ?? recorder.settlementLag
    row[.settlementLagP95] = MetricRow.quantile(lag, 1).map { $0 / 1e9 }
  }

  /// The work of completed intents, each over the greatest speed of its pool, in nanoseconds.
  private var usefulWork: Double {
    zip(recorder.counts, populations.elements).reduce(0) { sum, entry in
      sum + Double(entry.0.usefulWork) / setting.fleet[Int(entry.1.pool)].sharing.greatestSpeed
    }
  }

  private func fillAccess(_ row: inout MetricRow, _ counts: Counts) {
    row[.hardStopsPerSession] = Self.ratio(counts.hardStops, counts.sessions)
    row[.deniedThoughFunded] = Double(counts.deniedThoughFunded)
    row[.continuousSessions] = Self.ratio(counts.sessions - counts.brokenSessions, counts.sessions)
  }

  private func fillMoney(_ row: inout MetricRow, _ counts: Counts, _ members: [Int]) {
    row[.overrun] = Double(counts.overrun.count)
    guard recorder.conservation.totalBalance != nil else { return }
    row[.revenue] = Double((counts.debited - counts.refunded).micro)
    // What is on a balance belongs to all who share it, and to none of them alone.
    if members.count == populations.count || !members.contains(where: { sharesBalances[$0] }) {
      row[.openingCredits] = Double(counts.opening.micro)
      row[.grantedCredits] = Double(counts.granted.micro)
      row[.closingCredits] = Double(counts.closing.micro)
    }
    row[.buyers] = Double(counts.buyers)
    row[.purchases] = Double(counts.purchases)
    row[.purchasedCredits] = Double(counts.purchased.micro)
    row[.refundedOvershoot] = Double(counts.refunded.micro)
    row[.expired] = Double(counts.expired.micro)
    row[.forgiven] = Double(counts.forgiven.micro)
  }

  /// Whether each population has accounts that share a balance with those of another one.
  private var sharesBalances: [Bool] {
    var shares = Array(repeating: false, count: populations.count)
    for (layer, fund) in stack.layers.enumerated() {
      guard let fund = fund as? any CreditFund else { continue }
      var first = Array(repeating: -1, count: recorder.conservation.balances[layer].count)
      for account in accounts.indices {
        let owner = Int(fund.owner(of: directory.request(of: AccountIndex(account))))
        let population = Int(accounts[account].population)
        if first[owner] < 0 { first[owner] = population }
        if first[owner] != population {
          shares[population] = true
          shares[first[owner]] = true
        }
      }
    }
    return shares
  }

  private static func ratio(_ part: Int64, _ whole: Int64) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }

  // MARK: Distributions

  /// What each account was expected to ask for in a day when its weight is 1.
  private var accountExpectations: [Double] {
    guard recorder.keepsIntents else { return [] }
    return zip(populations.elements, workloads.elements).enumerated().flatMap { index, entry in
      entry.0.accounts.map { account in
        expectedUnitsPerDay[index]
          * entry.1.demandMultiple(ofAccountAt: account - entry.0.accounts.lowerBound)
      }
    }
  }

  private var accountResults: [AccountResult] {
    recorder.tallies.elements.map {
      AccountResult(
        intents: Int64($0.intents), completed: Int64($0.completed), demanded: Units($0.demanded),
        served: Units($0.served), starvation: SimDuration(nanoseconds: $0.starvation))
    }
  }

  private func lorenz(of members: [Int]) -> [Fairness.LorenzPoint] {
    let tallies = recorder.tallies.elements
    let asking = members.flatMap { populations[$0].accounts }.map { tallies[Int($0)] }
      .filter { $0.intents > 0 }
    return Fairness.lorenz(asking.map { Double($0.served) }, parts: 50)
  }

  private static let latencyProbabilities: [Int64] = [
    10_000, 50_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000, 800_000,
    900_000, 950_000, 980_000, 990_000, 995_000, 998_000, 999_000, 999_500, 999_900, 1_000_000,
  ]

  private var latencyPoints: [LatencyPoint] {
    let byPopulation = populations.indices.map { recorder.books[$0].latencies.latencies }
    func merged(_ members: [Int]) -> Latencies {
      members.reduce(into: Latencies()) { $0.merge(byPopulation[$1]) }
    }
    var points: [LatencyPoint] = []
    let groups: [(AccountScope, Latencies)] =
      [(.everyone, merged(Array(populations.indices)))]
      + (unlabelled.map { [(.unlabelled, merged($0))] } ?? [])
      + byPopulation.enumerated().map { (.population($0), $1) }
    for (scope, latencies) in groups {
      let kinds = [
        ("queue_wait", latencies.queueWait), ("time_to_first_token", latencies.timeToFirstToken),
        ("end_to_end", latencies.endToEnd),
      ]
      for (quantity, histogram) in kinds where histogram.count > 0 {
        for millionths in Self.latencyProbabilities {
          let value = histogram.quantile(Ratio(millionths, over: 1_000_000))
          points.append(
            LatencyPoint(
              scope: scope, quantity: quantity, millionths: millionths,
              value: value.map { SimDuration(nanoseconds: $0) }))
        }
      }
    }
    return points
  }
}

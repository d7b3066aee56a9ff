import WeirAccess
import WeirFormats
import WeirKernel

extension World {
  /// The invariants that this run broke; empty unless Weir has a fault.
  func brokenInvariants() -> [BrokenInvariant] {
    var broken: [BrokenInvariant] = []
    func check(_ number: Int, _ rule: String, _ holds: Bool, _ evidence: @autoclosure () -> String)
    {
      if !holds { broken.append(BrokenInvariant(number: number, rule: rule, evidence: evidence())) }
    }
    guard !recorder.conservation.isOverfull else {
      check(
        0, "more units are asked for than a run can add up", false,
        "\(recorder.conservation.asked) by \(DurationText.text(last.nanoseconds)),"
          + " and at most \(Conservation.mostUnits): let a unit stand for more")
      return broken
    }
    guard !recorder.conservation.isOverpaid else {
      check(
        0, "more credits are moved than a run can add up", false,
        "\(recorder.conservation.moved.micro) millionths by"
          + " \(DurationText.text(last.nanoseconds)), and at most"
          + " \(Conservation.mostCredits.micro): lower prices, balances and purchases, or let a"
          + " credit stand for more")
      return broken
    }
    checkCounts(check)
    checkRecordings(check)
    checkBalances(check)
    let books = recorder.conservation
    check(
      3, "no layer gives more than it shows as left", books.commitsAboveLimit == 0,
      "\(books.commitsAboveLimit) of the decisions looked at did")
    checkQueueing(check)
    check(
      6, "a refusal has a reason", books.denialsWithoutReason == 0,
      "\(books.denialsWithoutReason) have none")
    check(
      6, "a refusal names its layer", books.denialsWithoutLayer == 0,
      "\(books.denialsWithoutLayer) name none")
    checkMeters(check)
    return broken
  }

  private typealias Check = (Int, String, Bool, @autoclosure () -> String) -> Void

  private func checkRecordings(_ check: Check) {
    for (index, workload) in workloads.elements.enumerated() {
      guard let recorded = workload.recordedCalls else { continue }
      let reach = recorder.books[index].reach
      let counts = recorder.books[index].counts
      check(
        1, "recorded calls = calls made + calls unreached",
        recorded == reach.made + reach.unreached,
        "\(recorded) recorded, \(reach.made) made, \(reach.unreached) unreached")
      check(
        1, "recorded calls = intents + unreached + cut off, when all that was made is measured",
        counts.intents < reach.made
          || recorded == counts.intents + counts.unreached + counts.cutOff,
        "\(recorded) recorded, \(counts.intents) intents, \(counts.unreached) unreached,"
          + " \(counts.cutOff) cut off")
    }
  }

  private func checkCounts(_ check: Check) {
    let books = recorder.conservation
    var counts = Counts()
    for own in recorder.counts { counts.add(own) }
    check(
      1, "intents = completed + denied for good + abandoned + failed + in flight",
      counts.intents == counts.ended + books.openMeasured && books.openMeasured == openMeasured,
      "\(counts.intents) intents, \(counts.ended) ended, \(books.openMeasured) are open,"
        + " \(openMeasured) were counted as open")
    let begun = recorder.books.indices.reduce(0) { $0 + recorder.books[$1].reach.made }
    let ended = books.completed + books.deniedForGood + books.abandoned + books.failed
    check(
      1, "the same over the whole run", begun == ended + books.open,
      "\(begun) intents, \(ended) ended, \(books.open) are open")
    check(
      1, "attempts = admitted + held + denied",
      counts.attempts == counts.admitted + counts.held + counts.denied,
      "\(counts.attempts) attempts, \(counts.admitted) + \(counts.held) + \(counts.denied)")
    let requests = accounts.elements.reduce(Int64(0)) { $0 + Int64($1.requests) }
    check(
      1, "attempts = admitted + held + denied over the whole run, as the accounts count them",
      books.attempts == books.admitted + books.held + books.denied && books.attempts == requests,
      "\(books.attempts) attempts, \(books.admitted) + \(books.held) + \(books.denied),"
        + " \(requests) requests")
    check(
      1, "what is downgraded is admitted", counts.downgraded <= counts.admitted,
      "\(counts.downgraded) of \(counts.admitted)")
  }

  private func checkBalances(_ check: Check) {
    let books = recorder.conservation
    check(
      2, "actual cost = shares + overrun, for each settled attempt",
      books.unbalancedSettlements == 0, "\(books.unbalancedSettlements) settlements differ")
    for (layer, fund) in stack.layers.enumerated() {
      guard let fund = fund as? any CreditFund else { continue }
      let wrong = owners(ofLayer: layer, fund).filter { owner in
        fund.balance(of: owner) != books.balances[layer][Int(owner)]
      }
      check(
        2, "balance = initial + sum of updates", wrong.isEmpty,
        "\(wrong.count) owners of \(stack.names[layer]) differ, the first is \(wrong.first ?? 0)")
    }
    var counts = Counts()
    for own in recorder.counts { counts.add(own) }
    check(
      2, "opening balances + what came - what went = closing balances = all balances",
      recorder.counts.allSatisfy { $0.expectedClosing == $0.closing }
        && books.totalBalance.map { $0 == counts.closing } ?? true,
      "\(counts.expectedClosing.micro) expected, \(counts.closing.micro) counted,"
        + " \(books.totalBalance?.micro ?? 0) there")
    check(
      2, "monetization is of what was used", books.monetizedWithoutUsage == 0,
      "\(books.monetizedWithoutUsage) monetization events have no usage event")
    check(
      2, "no more is monetized than was used", books.monetizedAboveUsage == 0,
      "\(books.monetizedAboveUsage) monetization events are for more")
    check(
      2, "each charge that is delivered is priced once", books.unpriced == ChargeSum(),
      "charges less priced ones are \(books.unpriced.count), of \(books.unpriced.amount)"
        + " micro-credits")
    let overdrawn = books.balances.reduce(0) { $0 + $1.count { $0 < .zero } }
    check(
      2, "an overshoot is refunded to exactly zero", books.inexactRefunds == 0 && overdrawn == 0,
      "\(books.inexactRefunds) refunds are not exact, \(overdrawn) balances are below zero")
    check(
      2, "each charge is debited once", books.undebited == ChargeSum(),
      "charges less debits are \(books.undebited.count), of \(books.undebited.amount) micro-credits"
    )
  }

  /// The owners of the balances of a fund, each once: accounts, or organisations.
  private func owners(ofLayer layer: Int, _ fund: any CreditFund) -> [OwnerIndex] {
    var isKnown = Array(repeating: false, count: recorder.conservation.balances[layer].count)
    var owners: [OwnerIndex] = []
    for account in accounts.indices {
      let request = directory.request(of: AccountIndex(account))
      let owner = fund.owner(of: request)
      if !isKnown[Int(owner)] { owners.append(owner) }
      isKnown[Int(owner)] = true
    }
    return owners
  }

  private func checkQueueing(_ check: Check) {
    let books = recorder.conservation
    let present = recorder.areas.queued + recorder.areas.inService
    check(
      4, "Little's law: time present = sum of times",
      present == books.timePresent,
      "\(present) against \(books.timePresent) request-nanoseconds")
    check(
      4, "arrival <= decision <= start <= first token <= end", books.disorderedTimes == 0,
      "\(books.disorderedTimes) requests are out of order")
    for index in pools.indices {
      let slots = shared[index]?.slots ?? pools[index].slotsInService
      check(
        5, "each server has a job of its own that is in service",
        Set(slots).count == slots.count
          && slots.allSatisfy { sessions[$0].pointee.state == .inService },
        "\(slots.count) busy servers")
      check(
        5, "no server is idle while a job waits", pools[index].queued == 0 || !hasRoom(index),
        "\(pools[index].queued) wait, \(pools[index].busy) of \(pools[index].servers) servers are busy"
      )
    }
    check(
      5, "no server is idle while a job waits", books.idleServersWithQueue == 0,
      "\(books.idleServersWithQueue) samples of the load found one")
  }

  /// Checks, for up to a thousand accounts, that what a meter shows is what the layer would pay.
  private func checkMeters(_ check: Check) {
    let step = max(1, accounts.count / 1000)
    let layers = stack.layers
    for account in stride(from: 0, to: accounts.count, by: step) {
      let population = populations[Int(accounts[account].population)]
      var request = directory.request(of: AccountIndex(account))
      request.product = population.product
      request.model = population.model
      for (index, layer) in layers.enumerated() where layer.role == .allowance && layer.isStrict {
        guard let remaining = layer.meter(for: request, at: now)?.remaining else { continue }
        // Of more than is left a layer may pay a part, all of what is left, or nothing.
        let whole = layer.quote(remaining, of: request, at: now, signals)
        let more = layer.quote(remaining + 1, of: request, at: now, signals)
        check(
          6, "the meter equals the state that decides",
          whole.refusal == nil && more.refusal != nil,
          "account \(account), \(stack.names[index]): shows \(remaining.count) units, pays"
            + " \(whole.payable.count) of them and \(more.payable.count) of one more")
      }
    }
  }
}

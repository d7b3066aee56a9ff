import Testing
import WeirAccess
import WeirKernel

/// Grants and promotions in the events: what is given in units is recomputed like credits.
@Suite struct UnitBooksTests {
  /// A stack that writes units down, and all that it has written.
  private struct Books {
    var test: TestStack
    var events: [LedgerEvent] = []

    init(_ layers: [any Layer], _ directory: Directory) {
      let named = layers.enumerated().map { NamedLayer(name: "\($0)", layer: $1) }
      test = TestStack(named: named, for: directory, keepsUnits: true)
      take()
    }

    mutating func take() { test.stack.takeJournal { events.append($0) } }

    mutating func use(_ cost: Int64, actual: Int64? = nil, at second: Int64, until: Int64? = nil) {
      let request = test.request(cost)
      let decision = test.stack.decide(request, at: .second(second), .none)
      guard decision.outcome == .admit else { return }
      _ = test.stack.settle(
        decision, of: request, actual: Units(actual ?? cost), decidedAt: .second(second),
        at: .second(until ?? second), .none)
      take()
    }

    mutating func close(at second: Int64) {
      test.stack.closeBooks(at: .second(second))
      take()
    }

    /// Each update in words: `grant 20 @ 86400 = 25`.
    var updates: [String] {
      events.compactMap { event in
        guard case .balanceUpdate(let update) = event, update.owner == 0 else { return nil }
        return "\(update.kind) \(update.amount.micro) @ \(update.at.nanoseconds / 1_000_000_000)"
          + " = \(update.balance?.micro ?? -1)"
      }
    }
  }

  private let alone = Directory.alike(accounts: 1)

  @Test("a lot that recurs is granted again as far as it was used, and expires with what is left")
  func recurring() {
    let day: Int64 = 86_400
    var books = Books(
      [Grants([Grant(id: "daily", units: 10, expires: .second(3 * day), every: .days(1))])], alone)
    books.use(4, at: 100)
    books.use(10, at: day + 1)
    books.close(at: 4 * day)
    #expect(
      books.updates == [
        "initial 10 @ 0 = 10", "debit -4 @ 100 = 6", "grant 4 @ 86400 = 10",
        "debit -10 @ 86401 = 0", "grant 10 @ 172800 = 10", "expiry -10 @ 259200 = 0",
      ])
    #expect(LedgerAudit.firstDiscrepancy(in: books.events) == nil)
  }

  @Test("a use beyond all lots is advanced, repaid by the next lot, or forgiven by a reset")
  func overdraft() {
    var books = Books(
      [
        Grants(
          [Grant(id: "hourly", units: 5, every: .hours(1))],
          resets: Grants.Resets(first: .second(9000), every: .days(1)), overdraft: 8)
      ], alone)
    books.use(11, at: 10)
    books.use(7, at: 3700)
    books.use(5, at: 7300)
    books.close(at: 9001)
    #expect(
      books.updates == [
        "initial 5 @ 0 = 5", "debit -11 @ 10 = -6", "advance 6 @ 10 = 0",
        // The lot is filled with five, which pay five of the six that are owed.
        "grant 5 @ 3600 = 5", "repayment -5 @ 3600 = 0",
        "debit -7 @ 3700 = -7", "advance 7 @ 3700 = 0",
        "grant 5 @ 7200 = 5", "repayment -5 @ 7200 = 0",
        "debit -5 @ 7300 = -5", "advance 5 @ 7300 = 0",
        "forgiveness 8 @ 9000 = 8", "repayment -8 @ 9000 = 0",
      ])
    #expect(LedgerAudit.firstDiscrepancy(in: books.events) == nil)
  }

  @Test("what is given back to a lot that has expired meanwhile is gone when it is settled")
  func expiredMeanwhile() {
    var books = Books([Grants([Grant(id: "trial", units: 10, expires: .second(50))])], alone)
    books.use(8, actual: 3, at: 40, until: 60)
    #expect(
      books.updates == [
        "initial 10 @ 0 = 10", "expiry -2 @ 50 = 8", "debit -3 @ 60 = 5", "expiry -5 @ 60 = 0",
      ])
    #expect(LedgerAudit.firstDiscrepancy(in: books.events) == nil)
  }

  @Test("a promotion grants when it starts and takes back what is left when it ends")
  func promotion() {
    var books = Books([Promotion(units: 60, from: .second(10), until: .second(100))], alone)
    books.use(20, at: 20)
    books.close(at: 200)
    #expect(
      books.updates == [
        "grant 60 @ 10 = 60", "debit -20 @ 20 = 40", "expiry -40 @ 100 = 0",
      ])
    #expect(LedgerAudit.firstDiscrepancy(in: books.events) == nil)
  }

  @Test("an account on another plan loses the lots of the old one and gets those of the new")
  func planChange() {
    let directory = Directory(planOfAccount: [0], plans: [Plan(name: "free"), Plan(name: "pro")])
    var books = Books(
      [
        Grants([
          Grant(id: "f", units: 10, plans: ["free"]), Grant(id: "p", units: 50, plans: ["pro"]),
        ])
      ], directory)
    books.use(4, at: 10)
    books.test.stack.move(0, to: 1, .asIs, at: .second(20))
    books.close(at: 30)
    #expect(books.updates == ["initial 10 @ 0 = 10", "debit -4 @ 10 = 6", "grant 44 @ 20 = 50"])
    #expect(LedgerAudit.firstDiscrepancy(in: books.events) == nil)
  }

  @Test("nothing is written down unless it is asked for")
  func silent() {
    var test = TestStack(Grants([Grant(id: "daily", units: 10, every: .days(1))]))
    _ = test.decide(4, at: 100)
    test.stack.closeBooks(at: .second(100_000))
    var updates = 0
    test.stack.takeJournal { if case .balanceUpdate = $0 { updates += 1 } }
    #expect(updates == 0)
  }

  // MARK: Random sequences

  private func layers(_ samples: inout TestSamples) -> [any Layer] {
    func lot(_ id: String, _ samples: inout TestSamples) -> Grant {
      let units = 1 + samples.next(below: 20)
      let from = samples.next(below: 40)
      let rollover = samples.next(below: units + 1)
      return Grant(
        id: id, units: Units(units), priority: samples.next(below: 3), from: .second(from),
        expires: samples.next(below: 2) == 0 ? nil : .second(from + 1 + samples.next(below: 90)),
        every: samples.next(below: 2) == 0 ? nil : .seconds(1 + samples.next(below: 25)),
        minRollover: Units(samples.next(below: rollover + 1)), maxRollover: Units(rollover),
        plans: [nil, ["a"], ["b"]][Int(samples.next(below: 3))])
    }
    let lots = ["one", "two", "three"].map { lot($0, &samples) }
    let resets = samples.next(below: 2) == 0
    return [
      Promotion(units: 9, from: .second(samples.next(below: 20)), until: .second(60)),
      Grants(
        lots,
        resets: resets
          ? Grants.Resets(first: .second(samples.next(below: 30)), every: .seconds(17)) : nil,
        overdraft: Units(samples.next(below: 2) * 12),
        resetKeepsOverdraft: samples.next(below: 2) == 0),
      PrepaidCredits(price: PriceList(Price(credits: 1)), wholeRemainder: false),
    ]
  }

  @Test(
    "whatever happens, the audit recomputes every balance, and nothing is decided otherwise",
    arguments: UInt64(1)...60)
  func audited(_ seed: UInt64) {
    var samples = TestSamples(seed: seed)
    let directory = Directory(
      planOfAccount: [0, 1], plans: [Plan(name: "a"), Plan(name: "b")])
    let layers = layers(&samples)
    let named = layers.enumerated().map { NamedLayer(name: "\($0)", layer: $1) }
    let balance = Credits(micro: 30_000_000)
    var kept = TestStack(named: named, for: directory, balance: balance, keepsUnits: true)
    var plain = TestStack(named: named, for: directory, balance: balance)
    var events: [LedgerEvent] = []
    var underway: [(request: Request, decision: Decision, at: SimTime)] = []
    var now = SimTime.zero
    for step in 0..<120 {
      now = now + SimDuration(nanoseconds: samples.next(below: 2_000_000_000))
      if step % 40 == 39 {
        let account = AccountIndex(samples.next(below: 2))
        let plan = PlanIndex(samples.next(below: 2))
        let how = Inheritance.allCases[Int(samples.next(below: 4))]
        kept.stack.move(account, to: plan, how, at: now)
        plain.stack.move(account, to: plan, how, at: now)
        // What is under way goes on under the plan that its account is on.
        for place in underway.indices where underway[place].request.account == account {
          underway[place].request.plan = plan
        }
      }
      var request = kept.request(
        1 + samples.next(below: 12), account: AccountIndex(samples.next(below: 2)))
      request.plan = kept.stack.plan(of: request.account)
      let decision = kept.stack.decide(request, at: now, .none)
      let same = plain.stack.decide(request, at: now, .none)
      #expect(decision.outcome == same.outcome && decision.granted == same.granted)
      #expect(decision.shares(3) == same.shares(3), "seed \(seed), step \(step)")
      #expect(decision.refusal == same.refusal, "seed \(seed), step \(step)")
      if decision.outcome == .admit { underway.append((request, decision, now)) }
      while let first = underway.first, underway.count > Int(samples.next(below: 4)) {
        underway.removeFirst()
        let actual = Units(samples.next(below: 2 * first.decision.granted.count + 1))
        let settled = kept.stack.settle(
          first.decision, of: first.request, actual: actual, decidedAt: first.at, at: now, .none)
        let other = plain.stack.settle(
          first.decision, of: first.request, actual: actual, decidedAt: first.at, at: now, .none)
        #expect(settled.overrun == other.overrun && settled.charged == other.charged)
        for payer in 0..<3 {
          #expect(settled.shares[payer] == other.shares[payer], "seed \(seed), step \(step)")
        }
      }
      kept.stack.takeJournal { events.append($0) }
    }
    for last in underway {
      kept.stack.release(last.decision, of: last.request, decidedAt: last.at, at: now)
    }
    now = now + .seconds(50)
    kept.stack.advance(to: now)
    kept.stack.closeBooks(at: now)
    kept.stack.takeJournal { events.append($0) }
    var audit = LedgerAudit()
    for event in events { audit.record(event) }
    audit.finish(at: .distantFuture)
    #expect(audit.discrepancy == nil, "seed \(seed): \(audit.discrepancy?.description ?? "")")
    for owner in UInt32(0)..<2 {
      let request = directory.request(of: owner)
      var asked = request
      asked.plan = kept.stack.plan(of: owner)
      guard let grants = kept.stack.layers[1] as? Grants else { continue }
      let standing = grants.standing(of: asked, at: now)
      let left = standing.left.reduce(Units.zero, +) - standing.overdrawn
      #expect(
        audit.balance(layer: 1, owner: owner).micro == max(0, left.count),
        "seed \(seed), account \(owner)")
    }
  }

  @Test("an audit finds units that are charged at another number, and amounts that are mixed up")
  func broken() {
    var books = Books([Grants([Grant(id: "trial", units: 10)])], alone)
    books.use(4, at: 1)
    for (place, event) in books.events.enumerated() {
      guard case .monetization(var charge) = event else { continue }
      charge.amount = Credits(micro: 5)
      var events = books.events
      events[place] = .monetization(charge)
      #expect(LedgerAudit.firstDiscrepancy(in: events) == .wrongUnits(charge))
      charge.amount = Credits(micro: 4)
      charge.measure = .microCredits
      events[place] = .monetization(charge)
      guard case .mixedMeasures = LedgerAudit.firstDiscrepancy(in: events) else {
        Issue.record("mixed measures are not found")
        continue
      }
    }
  }
}

import Testing
import WeirFormats
import WeirKernel
import WeirVectors

@testable import WeirAccess

/// The grant engine of openmeterio/openmeter, driven through the layer `grants`.
@Suite struct OpenMeterVectors {
  /// One stretch between two changes, and what stood at its ends.
  private struct Segment {
    var from: SimTime
    var to: SimTime
    var isRollover = false
    var endsWithReset = false
    var usage: Int64 = 0
    var atStart: [String: Int64] = [:]
    var paid: [String: Int64] = [:]
    var overageAtStart: Int64 = 0
    var overage: Int64 = 0
  }

  /// An account with grants, moved from change to change.
  private struct Engine {
    var account: OneAccount<Grants>
    let start: SimTime
    var now: SimTime
    let until: SimTime
    let resets: [SimTime]
    let keepsOverage: Bool
    var uses: [(at: SimTime, amount: Int64)]
    var segments: [Segment] = []

    var ids: [String] { account.layer.lots.map(\.id) }

    func standing(at time: SimTime) -> (left: [String: Int64], overdrawn: Int64) {
      let standing = account.layer.standing(of: account.request, at: time)
      let left = Dictionary(uniqueKeysWithValues: zip(ids, standing.left.map(\.count)))
      return (left, standing.overdrawn.count)
    }

    mutating func run() {
      var overageBefore = standing(at: now).overdrawn
      while now < until {
        let change = account.layer.nextChange(after: now, account.request) ?? until
        let end = min(change, until)
        let opening = begin(at: now, overage: overageBefore)
        var segment = opening
        segment.to = end
        segment.endsWithReset = resets.contains(end)
        for use in uses where use.at >= now && use.at < end {
          let time = use.at.nanoseconds
          account.force(use.amount, at: time)
          account.settle(use.amount, takenAt: time, to: use.amount, at: time)
          segment.usage += use.amount
        }
        segment.overage = standing(at: end - SimDuration(nanoseconds: 1)).overdrawn
        segments.append(segment)
        overageBefore = segment.overage
        now = end
        if segment.endsWithReset {
          var rollover = begin(at: end, overage: keepsOverage ? overageBefore : 0)
          rollover.isRollover = true
          rollover.overage = standing(at: end).overdrawn
          segments.append(rollover)
          overageBefore = rollover.overage
          if end == until { segments.append(begin(at: end, overage: overageBefore)) }
        }
      }
    }

    /// A segment as it opens: what was overdrawn before it is paid from what is there, which is put
    /// back here to say what stood before.
    private func begin(at time: SimTime, overage: Int64) -> Segment {
      let (left, overdrawn) = standing(at: time)
      var segment = Segment(from: time, to: time)
      segment.atStart = left
      segment.overageAtStart = overage
      if overage > overdrawn, let first = ids.first, ids.count == 1 {
        segment.atStart[first, default: 0] += overage - overdrawn
        segment.paid[first] = overage - overdrawn
      }
      return segment
    }
  }

  private func engine(
    _ given: VectorFields, uses: [(at: SimTime, amount: Int64)], keepsBooks: Bool = false
  ) -> Engine? {
    let grants = given.objects("grants").map { lot in
      Grant(
        id: lot.text("id"), units: Units(lot.units("units")), priority: lot.units("priority"),
        from: SimTime(nanoseconds: lot.time("fromNs")),
        expires: lot.integer("untilNs").map { SimTime(nanoseconds: $0) },
        every: lot.integer("everyNs").map { SimDuration(nanoseconds: $0) },
        anchor: lot.integer("anchorNs").map { SimTime(nanoseconds: $0) },
        minRollover: Units(lot.units("minRollover")), maxRollover: Units(lot.units("maxRollover")))
    }
    let resets = given.integers("resetsNs").map { SimTime(nanoseconds: $0) }
    let keeps = given.flag("preserveOverage") ?? false
    let start = SimTime(nanoseconds: given.time("startNs"))
    var account = OneAccount(
      Grants(
        grants, resets: resets.first.map { Grants.Resets(first: $0, every: .days(1000)) },
        overdraft: 1_000_000, resetKeepsOverdraft: keeps))
    if keepsBooks { account.layer.keepBooks() }
    let isRestored = account.layer.restore(
      0, left: given.objects("starting").map { ($0.text("id"), Units($0.units("units"))) },
      overdrawn: Units(given.units("startingOverage")), at: start)
    guard isRestored else { return nil }
    return Engine(
      account: account, start: start, now: start,
      until: SimTime(nanoseconds: given.time("untilNs")),
      resets: resets, keepsOverage: keeps, uses: uses)
  }

  @Test("grants burn, recur, roll over and carry what was used beyond them, as OpenMeter says")
  func burnDown() throws {
    let run = VectorRun("credit_grants_openmeter")
    run.each(try VectorFile("openmeter").groups[0]) { vector in
      var uses: [(at: SimTime, amount: Int64)] = []
      return { step in
        if vector.given.has("meter") {
          run.skip("a meter of which only the last value counts", step, "atNs", "use")
          return
        }
        uses.append((SimTime(nanoseconds: step.time("atNs")), step.units("use")))
        guard uses.count == vector.steps.count else { return }
        uses.sort { $0.at < $1.at }
        var engine = engine(vector.given, uses: uses)
        engine?.run()
        compare(engine, vector.totals, run)
      }
    }
    run.finish(cases: 28, steps: 46)
  }

  @Test("the books of a case come to the balances and the overage that OpenMeter says")
  func books() throws {
    var compared = 0
    for vector in try VectorFile("openmeter").groups[0].cases {
      var uses = vector.steps.filter { $0.has("atNs") && $0.has("use") }
        .map { (at: SimTime(nanoseconds: $0.time("atNs")), amount: $0.units("use")) }
      uses.sort { $0.at < $1.at }
      guard !vector.given.has("meter"),
        var engine = engine(vector.given, uses: uses, keepsBooks: true)
      else { continue }
      engine.run()
      let isReset = engine.resets.contains(engine.until)
      let last = max(engine.start, engine.until - SimDuration(nanoseconds: 1))
      engine.account.layer.book(engine.account.request, to: isReset ? engine.until : last)
      let bookings = engine.account.layer.takeBookings()
      func sum(_ kinds: [BalanceUpdate.Kind]) -> Int64 {
        bookings.filter { kinds.contains($0.kind) }.reduce(0) { $0 + $1.units.count }
      }
      let used = engine.segments.filter { !$0.isRollover }.reduce(0) { $0 + $1.usage }
      #expect(-sum([.debit]) == used, "\(vector.name)")
      if let overage = vector.totals.integer("overage") {
        #expect(sum([.advance, .repayment]) == overage, "\(vector.name)")
      }
      guard vector.totals.has("balances") else { continue }
      let left = vector.totals.objects("balances").reduce(0) { $0 + $1.units("units") }
      #expect(sum(BalanceUpdate.Kind.allCases) == left, "\(vector.name)")
      compared += 1
    }
    #expect(compared == 21, "\(compared) cases state balances")
  }

  private func compare(_ engine: Engine?, _ totals: VectorFields, _ run: VectorRun) {
    run.compare("error", engine == nil, totals.flag("error") ?? false)
    guard let engine else { return }
    // What happens at exactly the end is of the next period, which only a reset there begins.
    let isReset = engine.resets.contains(engine.until)
    let last = max(engine.start, engine.until - SimDuration(nanoseconds: 1))
    let end = engine.standing(at: isReset ? engine.until : last)
    for balance in totals.objects("balances") {
      run.compare(
        "left of \(balance.text("id"))", end.left[balance.text("id")], balance.integer("units"))
    }
    run.compare("overage", end.overdrawn, totals.integer("overage"))
    run.compare("segments", engine.segments.count, totals.integer("segmentCount").map { Int($0) })
    if totals.has("boundariesNs") {
      let boundaries = engine.segments.map(\.from.nanoseconds) + [engine.until.nanoseconds]
      run.compare("boundaries", boundaries, totals.integers("boundariesNs"))
    }
    let since = engine.segments.lastIndex(where: \.isRollover).map { $0 + 1 } ?? 0
    run.compare(
      "usage since the reset", engine.segments[since...].reduce(0) { $0 + $1.usage },
      totals.integer("usageSinceReset"))
    for (found, expected) in zip(engine.segments, totals.objects("segments")) {
      compare(found, expected, run)
    }
    #expect(engine.segments.count >= totals.objects("segments").count)
    #expect(totals.unread.isEmpty, "\(totals.unread)")
  }

  private func compare(_ found: Segment, _ expected: VectorFields, _ run: VectorRun) {
    run.compare("from", found.from.nanoseconds, expected.integer("fromNs"))
    run.compare("to", found.to.nanoseconds, expected.integer("toNs"))
    run.compare("usage", found.usage, expected.integer("usage"))
    run.compare("overage", found.overage, expected.integer("overage"))
    run.compare("overage at the start", found.overageAtStart, expected.integer("overageAtStart"))
    run.compare(
      "total at the start", found.atStart.values.reduce(0, +), expected.integer("totalAtStart"))
    run.compare("rollover", found.isRollover, expected.flag("rollover"))
    if expected.has("endsWith") {
      run.compare("end", found.endsWithReset, expected.text("endsWith") == "usage_reset")
    }
    for lot in expected.objects("atStart") {
      run.compare("at the start", found.atStart[lot.text("id")], lot.integer("units"))
    }
    for lot in expected.objects("grantUsage") {
      run.compare("paid", found.paid[lot.text("id")], lot.integer("units"))
    }
    #expect(expected.unread.isEmpty, "\(expected.unread)")
  }

  @Test("lots burn by priority, expiry to the second, creation and id, as OpenMeter says")
  func order() throws {
    let run = VectorRun("credit_grants_openmeter/prioritise")
    run.each(try VectorFile("openmeter").groups[1]) { vector in
      let lots = vector.given.objects("grants").map { lot in
        Grant(
          id: lot.text("id"), units: 1, priority: lot.units("priority"),
          created: SimTime(nanoseconds: lot.units("createdMs") * 1_000_000),
          expires: lot.integer("expiresMs").map { SimTime(nanoseconds: $0 * 1_000_000) })
      }
      let expected = (vector.totals["order"]?.elements ?? []).compactMap(\.text)
      return { _ in run.compare("order", Grants(lots).lots.map(\.id), expected) }
    }
    run.finish(cases: 1, steps: 1)
  }
}

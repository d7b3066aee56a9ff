import Testing
import WeirAccess
import WeirFormats
import WeirKernel
import WeirVectors

/// The locks of useautumn/autumn: authorise, then capture more or less, release, or let expire.
///
/// A bucket is a lot of `grants`; one that is priced, shared, capped or topped up is a balance of
/// `credits`. Amounts have two decimals, so that a unit is a hundredth.
@Suite struct AutumnVectors {
  /// A balance of credits in a bench; a unit costs a hundredth of its price.
  private static func credits(
    _ bucket: VectorFields, owner: PrepaidCredits.Owner = .account, _ given: VectorFields
  ) -> PrepaidCredits {
    let topUp = given["topUp"].map(VectorFields.init)
    return PrepaidCredits(
      price: PriceList(
        Price(microPerUnit: Ratio(bucket.scaled("creditCost", 6) ?? 1_000_000, over: 100))),
      initial: Credits(micro: bucket.scaled("balance", 6) ?? 0), wholeRemainder: false,
      owner: owner,
      spendCap: given.scaled("windowLimit", 6).map {
        SpendCap(Credits(micro: $0), per: .hours(1))
      },
      topUp: topUp.map {
        TopUp(
          below: Credits(micro: $0.scaled("below", 6) ?? 0),
          .amount(Credits(micro: $0.scaled("amount", 6) ?? 0)))
      })
  }

  /// A stack of buckets while it is used, with what was taken; what went back is negative.
  private struct Bench {
    var stack: IdempotentStack
    let directory: Directory
    let grants: Grants?
    /// The bucket of the fund after the grants.
    let credits: String?
    var now = SimTime.zero
    var events: [Int64] = []
    var topUps: Int64 = 0
    private var locks: [String: (amount: Int64, account: AccountIndex)] = [:]
    /// The amounts of the locks that have not been captured.
    private var open: [String: Int64] = [:]
    private var ordinal: UInt32 = 0

    init(_ layers: [any Layer], credits: String?, for directory: Directory) {
      self.directory = directory
      self.credits = credits
      grants = layers.first as? Grants
      var stack = Stack(
        layers, names: layers.indices.map { "\($0)" }, onShortfall: .partial, for: directory)
      for account in directory.planOfAccount.indices {
        stack.open(
          AccountIndex(account), plan: directory.planOfAccount[account],
          with: directory.start(of: AccountIndex(account)))
      }
      stack.takeJournal { _ in }
      self.stack = IdempotentStack(stack, holdsFor: .minutes(1))
    }

    private mutating func request(_ amount: Int64, _ account: AccountIndex) -> Request {
      ordinal += 1
      var request = directory.request(of: account, cost: Units(amount))
      request.plan = stack.stack.plan(of: account)
      request.ordinal = ordinal
      return request
    }

    /// Takes what there is, at once.
    mutating func track(_ amount: Int64, _ account: AccountIndex) {
      let request = request(amount, account)
      let key = "track \(request.ordinal)"
      let granted = stack.decide(request, key: key, at: now).decision.granted
      _ = stack.settle(account: account, key: key, actual: granted, at: now)
      if granted > .zero { events.append(granted.count) }
      catchUp()
    }

    /// Reserves all of an amount: whether it was there, `nil` when the lock exists.
    mutating func lock(_ name: String, _ amount: Int64, _ account: AccountIndex) -> Bool? {
      let request = request(amount, account)
      let answer = stack.decide(request, key: name, at: now)
      if answer.isReplay { return nil }
      let isWhole = answer.decision.granted == request.cost
      if !isWhole { _ = stack.release(account: account, key: name, at: now) }
      locks[name] = (amount, account)
      if isWhole, amount > 0 { events.append(amount) }
      if isWhole { open[name] = amount }
      catchUp()
      return isWhole
    }

    /// Captures a final amount, that of the lock when none is given.
    mutating func confirm(_ name: String, _ final: Int64?) {
      guard let lock = locks[name] else { return }
      open[name] = nil
      _ = stack.settle(
        account: lock.account, key: name, actual: Units(final ?? lock.amount), at: now)
      if let final, final != lock.amount { events.append(final - lock.amount) }
      catchUp()
    }

    /// Lets all locks expire.
    mutating func expire() {
      now = now + .minutes(1)
      stack.expire(at: now)
      catchUp()
    }

    mutating func replacePlan() {
      stack.stack.move(0, to: 1, .additive, at: now)
    }

    private mutating func catchUp() {
      stack.stack.advance(to: now)
      var topUps: Int64 = 0
      stack.stack.takeJournal {
        if case .balanceUpdate(let update) = $0, update.kind == .purchase { topUps += 1 }
      }
      self.topUps += topUps
    }

    /// What is left in a bucket, in millionths.
    func left(_ bucket: String) -> Int64? {
      if bucket == credits {
        // A lock is promised and not debited where there is nothing but the balance.
        let promised = grants == nil ? open.values.reduce(0, +) * 10_000 : 0
        return stack.stack.fund(stack.stack.layers.count - 1).balance(of: 0).micro - promised
      }
      guard let grants = stack.stack.layers.first as? Grants else { return nil }
      let isOwn = bucket.hasPrefix("ent")
      let account: AccountIndex = bucket == "ent2" ? 1 : 0
      let units = grants.left(
        ofLot: isOwn ? "own" : bucket, for: directory.request(of: account))
      return units.map { $0.count * 10_000 }
    }

    /// What is left of the cap, in millionths.
    func room() -> Int64 {
      let remaining = stack.stack.layers.last?.meter(for: directory.request(of: 0), at: now)?
        .remaining
      return (remaining?.count ?? 0) * 10_000
    }
  }

  /// The steps of a case, all of which every bench understands.
  private func perform(_ step: VectorFields, on bench: inout Bench, _ run: VectorRun) {
    let accounts: [String: AccountIndex] = ["ent1": 0, "ent2": 1, "customer": 2]
    let account = accounts[step.text("by")] ?? 0
    let name = step.text("lock")
    switch step.text("op") {
    case "track": bench.track(step.scaled("amount", 2) ?? 0, account)
    case "lock":
      let isWhole = bench.lock(name, step.scaled("amount", 2) ?? 0, account)
      run.compare("allowed", isWhole, step.flag("allowed"))
      if step.text("error") == "conflict" { run.compare("conflict", isWhole == nil, true) }
    case "confirm": bench.confirm(name, step.scaled("final", 2))
    case "release": bench.confirm(name, 0)
    case "expire": bench.expire()
    default: bench.replacePlan()
    }
  }

  private func finish(_ bench: Bench, _ vector: VectorCase, _ run: VectorRun) {
    let totals = vector.totals
    for bucket in totals.objects("balances") {
      run.compare(
        "left in \(bucket.text("id"))", bench.left(bucket.text("id")), bucket.scaled("left", 6))
    }
    let ids = vector.given.objects("buckets").map { $0.text("id") }
    let total = ids.reduce(0) { $0 + (bench.left($1) ?? 0) }
    run.compare("total", total, totals.scaled("total", 6))
    if totals.has("events") {
      let expected = totals.integers("events").map { $0 * 100 }
      run.compare("events", Array(bench.events.reversed()), expected)
    }
    run.compare("usage", bench.events.reduce(0, +) * 10_000, totals.scaled("usage", 6))
    run.compare("top-ups", bench.topUps, totals.integer("topUps"))
    if let limit = vector.given.scaled("windowLimit", 6) {
      run.compare("used of the cap", limit - bench.room(), totals.scaled("windowUsed", 6))
    }
    #expect(totals.unread.isEmpty, "\(totals.unread)")
  }

  /// Runs the cases of a group on the benches that `make` makes; `nil` leaves a case out.
  private func run(
    _ run: VectorRun, group: Int, cases: Int, steps: Int, leavingOut reason: String,
    _ make: (VectorCase) -> Bench?
  ) throws {
    run.each(try VectorFile("autumn").groups[group]) { vector in
      var bench = make(vector)
      var count = 0
      return { step in
        guard bench != nil else {
          run.skip(
            reason, step, "op", "lock", "amount", "final", "allowed", "by", "id", "balance", "old")
          return
        }
        _ = (step.text("id"), step.text("old"), step.scaled("balance", 2))
        if var changed = bench {
          perform(step, on: &changed, run)
          bench = changed
        }
        count += 1
        if count == vector.steps.count, let bench { finish(bench, vector, run) }
      }
    }
    run.finish(cases: cases, steps: steps)
  }

  @Test("reservations are settled once, both ways, last taken first given back, as Autumn says")
  func balances() throws {
    try run(
      VectorRun("credit_locks_autumn/balances"), group: 0, cases: 34, steps: 88,
      leavingOut: "negative amounts: what is given comes as a purchase or a grant"
    ) { vector in
      guard !vector.steps.contains(where: Self.isNegative) else { return nil }
      let buckets = vector.given.objects("buckets")
      let replaced = vector.steps.first { $0.node["op"]?.text == "replace_bucket" }
      let lots = buckets.enumerated().filter { !$0.element.has("creditCost") }.map {
        place, bucket in
        let isOld = bucket.text("id") == replaced?.node["old"]?.text
        return Grant(
          id: bucket.text("id"), units: Units(bucket.scaled("balance", 2) ?? 0),
          priority: Int64(place), plans: isOld ? ["old"] : nil)
      }
      let later = replaced.map { step in
        Grant(
          id: step.node["id"]?.text ?? "",
          units: Units(VectorFields(step.node).scaled("balance", 2) ?? 0), priority: 9,
          plans: ["new"])
      }
      let spill = buckets.first { $0.has("creditCost") }
      let fund = spill.map { Self.credits($0, vector.given) }
      let directory = Directory(
        planOfAccount: [0], plans: [Plan(name: "old"), Plan(name: "new")])
      let layers: [any Layer] =
        [Grants(lots + (later.map { [$0] } ?? []))] + (fund.map { [$0] } ?? [])
      return Bench(layers, credits: spill?.text("id"), for: directory)
    }
  }

  private static func isNegative(_ step: VectorFields) -> Bool {
    [step.node["amount"], step.node["final"]].contains { node in
      if case .number(let text) = node?.value { text.hasPrefix("-") } else { false }
    }
  }

  @Test("a user's own bucket is used before that of the organisation, as Autumn says")
  func entities() throws {
    try run(
      VectorRun("credit_locks_autumn/entities"), group: 1, cases: 5, steps: 11,
      leavingOut: "requests of an organisation that draw from its users"
    ) { vector in
      let buckets = vector.given.objects("buckets")
      guard let own = buckets.first, own.text("id") == "ent1" else { return nil }
      let directory = Directory(
        planOfAccount: [0, 0, 1], organisationOfAccount: [0, 0, 0],
        plans: [Plan(name: "member"), Plan(name: "organisation")])
      let lot = Grant(
        id: "own", units: Units(own.scaled("balance", 2) ?? 0), plans: ["member"])
      return Bench(
        [Grants([lot]), Self.credits(buckets[1], owner: .organisation, vector.given)],
        credits: "customer", for: directory)
    }
  }

  @Test("caps hold locks and free what is not captured; balances are topped up, as Autumn says")
  func terms() throws {
    try run(
      VectorRun("credit_locks_autumn/terms"), group: 2, cases: 7, steps: 14,
      leavingOut: "a use above its lock that a cap cuts: Weir charges what was used"
    ) { vector in
      guard !vector.name.contains("clamped at the window") else { return nil }
      let bucket = vector.given.objects("buckets")[0]
      return Bench(
        [Self.credits(bucket, vector.given)], credits: bucket.text("id"),
        for: .alike(accounts: 1))
    }
  }
}

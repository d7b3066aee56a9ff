import WeirKernel

/// One random sequence of calls, and what it found.
struct ConformanceSequence {
  private var layer: any Layer
  private let directory: Directory
  private let costs: ClosedRange<Int64>
  private let longestPause: SimDuration
  private let seed: UInt64
  /// Whether rules are checked; a twin only repeats the calls.
  private let checks: Bool
  private var samples: Samples
  /// Samples of the checks, so that a twin meets the same calls.
  private var checkSamples: Samples
  private var now = SimTime.zero
  private var step = 0
  private var ordinal: UInt32 = 0
  private var holds: [(hold: Hold, request: Request)] = []
  /// The load as the layer knows it.
  private var signals = Signals.none

  /// What the last step came to, in numbers.
  private(set) var transcript: [Int64] = []
  /// What was found so far.
  private(set) var violations: [LayerViolation] = []

  init(
    layer: any Layer, directory: Directory, costs: ClosedRange<Int64>,
    longestPause: SimDuration, seed: UInt64, checks: Bool
  ) {
    self.layer = layer
    self.directory = directory
    self.costs = costs
    self.longestPause = longestPause
    self.seed = seed
    self.checks = checks
    samples = SampleKey(seed: seed).samples(Purpose(rawValue: 0))
    checkSamples = SampleKey(seed: seed).samples(Purpose(rawValue: 1))
  }

  /// Makes the next call and checks every rule around it.
  mutating func run(_ step: Int) {
    self.step = step
    now = now + SimDuration(nanoseconds: random(below: longestPause.nanoseconds / 8 + 1))
    if random(below: 8) == 0 {
      now = now + SimDuration(nanoseconds: random(below: longestPause.nanoseconds + 1))
    }
    if random(below: 3) == 0 { settleOne() }
    if random(below: 4) == 0 { deliverLoad() }
    let request = nextRequest()
    let copy = layer
    let quote = layer.quote(request.cost, of: request, at: now, signals)
    let share = quote.refusal == nil || layer.role != .gate ? quote.payable : .zero
    let before = checks ? view(copy) : []
    if checks {
      check(view(layer) == before, .quoteIsPure, "the view changed")
      checkQuote(quote, of: request)
      checkWait(quote, of: request)
      checkDelay(quote, of: request)
      checkZero(request, before)
      checkInstant(request)
      if share > .zero { checkSettlement(of: share, request) }
    }
    if share > .zero {
      layer.commit(share, of: request, at: now)
      holds.append((Hold(share: share, committedAt: now), request))
      if layer.observes { layer.observe(.admitted, of: request, at: now) }
    } else if layer.observes {
      layer.observe(.denied(quote.refusal?.reason ?? .limit), of: request, at: now)
    }
    if checks { check(view(copy) == before, .isValue, "the view of the copy changed") }
    transcript = view(layer)
  }

  /// Records that a rule was broken, the first time in this sequence.
  mutating func violate(_ rule: LayerRule, _ evidence: String) {
    guard !violations.contains(where: { $0.rule == rule }) else { return }
    violations.append(
      LayerViolation(rule: rule, seed: seed, step: step, at: now, evidence: evidence))
  }

  private mutating func check(
    _ holds: Bool, _ rule: LayerRule, _ evidence: @autoclosure () -> String
  ) {
    if !holds { violate(rule, evidence()) }
  }

  // MARK: The rules

  private mutating func checkQuote(_ quote: Quote, of request: Request) {
    let cost = request.cost
    let isWhole =
      quote.payable >= .zero && quote.payable <= cost
      && (quote.refusal == nil) == (quote.payable == cost)
    let isRefusedByGate = layer.role == .gate && quote.refusal != nil && cost > .zero
    check(
      isWhole || isRefusedByGate, .quoteIsWhole,
      "\(quote.payable.count) of \(cost.count), refusal \(String(describing: quote.refusal))")
    guard let refusal = quote.refusal else { return }
    let wait = refusal.retryAfter
    check(
      wait.map { $0 > .zero && refusal.reason != .never } ?? true, .waitsMakeSense,
      "\(refusal.reason.rawValue) with a wait of \(wait?.nanoseconds ?? 0) ns")
  }

  /// A request that is kept must be let go: it would not have to wait longer than it is kept.
  private mutating func checkDelay(_ quote: Quote, of request: Request) {
    check(
      quote.delay >= .zero && (quote.delay == .zero || quote.payable > .zero), .holdsForNothing,
      "\(quote.payable.count) units are kept for \(quote.delay.nanoseconds) ns")
    // More than a period holds may be reserved ahead, but it is never there at once.
    let limit = layer.meter(for: request, at: now)?.limit
    guard quote.delay > .zero, limit.map({ request.cost <= $0 }) ?? true else { return }
    let later = layer.quote(request.cost, of: request, at: now + quote.delay, .none)
    check(
      later.delay == .zero && later.payable >= quote.payable, .holdIsEnough,
      "after \(quote.delay.nanoseconds) ns it is kept for \(later.delay.nanoseconds) ns more")
  }

  private mutating func checkWait(_ quote: Quote, of request: Request) {
    guard layer.waitsAreExact, let wait = quote.refusal?.retryAfter, wait > .zero else { return }
    let later = layer.quote(request.cost, of: request, at: now + wait, signals)
    check(
      later.refusal == nil, .waitIsEnough,
      "\(request.cost.count) units refused again after \(wait.nanoseconds) ns")
    let early = now + wait - SimDuration(nanoseconds: 1)
    let sooner = layer.quote(request.cost, of: request, at: early, signals)
    check(
      sooner.refusal != nil, .waitIsNeeded,
      "\(request.cost.count) units pass before \(wait.nanoseconds) ns")
  }

  private mutating func checkZero(_ request: Request, _ before: [Int64]) {
    var free = request
    free.cost = .zero
    let quote = layer.quote(.zero, of: free, at: now, signals)
    check(quote.refusal == nil, .zeroIsFree, "it was refused")
    var copy = layer
    copy.commit(.zero, of: free, at: now)
    check(view(copy) == before, .zeroIsFree, "the view changed")
  }

  /// Takes all that can be had in this instant, in random pieces.
  private mutating func checkInstant(_ request: Request) {
    guard layer.role != .gate, layer.isStrict, let meter = layer.meter(for: request, at: now),
      let remaining = meter.remaining
    else { return }
    let whole = layer.quote(remaining, of: request, at: now, signals)
    let more = layer.quote(remaining + 1, of: request, at: now, signals)
    check(
      whole.refusal == nil && more.refusal != nil, .meterDecides,
      "\(remaining.count) units remain, \(whole.payable.count) of them are paid, and"
        + " \(more.payable.count) of one more")
    var copy = layer
    var taken = Units.zero
    for _ in 0..<6 {
      var piece = request
      piece.cost = Units(1 + Int64(checkSamples.next() % UInt64(max(1, costs.upperBound))))
      let share = copy.quote(piece.cost, of: piece, at: now, signals).payable
      copy.commit(share, of: piece, at: now)
      taken += share
      // Charges wait for their debit: a fund may promise the same credits twice.
      if copy is any CreditFund { break }
    }
    check(
      taken <= remaining, .keepsItsLimit, "\(taken.count) of \(remaining.count) units were taken")
  }

  private mutating func checkSettlement(of share: Units, _ request: Request) {
    let before = headrooms(layer)
    var taken = layer
    taken.commit(share, of: request, at: now)
    let hold = Hold(share: share, committedAt: now)
    var returned = taken
    returned.settle(hold, to: .zero, of: request, at: now)
    check(
      headrooms(returned) == before || !layer.givesBack, .givesBack, "\(share.count) units")
    // A gate counts requests under way, and a settlement ends one; others count only then.
    guard layer.role != .gate, layer.isStrict else { return }
    let after = view(taken)
    var even = taken
    even.settle(hold, to: share, of: request, at: now)
    check(view(even) == after, .settlesEvenly, "\(share.count) units")
    let less = Units(Int64(checkSamples.next() % UInt64(share.count)))
    guard less > .zero else { return }
    var settled = taken
    settled.settle(hold, to: less, of: request, at: now)
    var direct = layer
    direct.commit(less, of: request, at: now)
    check(
      headrooms(settled) == headrooms(direct) || !layer.givesBack, .settlesDown,
      "\(share.count) units settled at \(less.count)")
  }

  // MARK: Making calls

  /// A request under way ends: well, badly, or before it has started.
  private mutating func settleOne() {
    guard !holds.isEmpty else { return }
    let (hold, request) = holds.remove(at: Int(random(below: Int64(holds.count))))
    let time = now - hold.committedAt
    let end = random(below: 6)
    let actual = Units(end < 2 ? 0 : random(below: 2 * hold.share.count + 1))
    if layer.observes, end > 0 {
      layer.observe(.started(waited: time), of: request, at: now)
    }
    layer.settle(hold, to: actual, of: request, at: now)
    guard layer.observes else { return }
    switch end {
    case 0: layer.observe(.abandoned(waited: time), of: request, at: now)
    case 1: layer.observe(.failed(latency: time), of: request, at: now)
    default: layer.observe(.completed(actual: actual, latency: time), of: request, at: now)
    }
  }

  /// A sample of the load arrives, some time after it was taken; now and then an old one again.
  private mutating func deliverLoad() {
    if random(below: 4) > 0 {
      let age = SimDuration(nanoseconds: random(below: longestPause.nanoseconds))
      let sample = LoadSample(
        sampledAt: now - age, utilisationMillionths: random(below: 1_000_001),
        queueDelay: SimDuration(nanoseconds: random(below: longestPause.nanoseconds)),
        queued: random(below: 20), inService: random(below: 20), completions: random(below: 20))
      signals = Signals(pools: [sample], poolOfProduct: [0])
    }
    layer.receive(signals, at: now)
  }

  private mutating func nextRequest() -> Request {
    let account = Int(random(below: Int64(directory.accounts)))
    ordinal += 1
    var request = directory.request(of: AccountIndex(account), cost: randomCost())
    request.ordinal = ordinal
    request.call = ordinal % 3
    request.sampleKey = SampleKey(seed: seed).child(UInt64(ordinal))
    return request
  }

  /// A cost in the range, and now and then one far above it.
  private mutating func randomCost() -> Units {
    let cost = costs.lowerBound + random(below: costs.upperBound - costs.lowerBound + 1)
    return Units(random(below: 12) == 0 ? cost * 100 : cost)
  }

  private mutating func random(below bound: Int64) -> Int64 {
    bound <= 1 ? 0 : Int64(samples.next() % UInt64(bound))
  }

  // MARK: What can be seen of a layer

  /// What every account would be paid of several costs.
  private func headrooms(_ layer: any Layer) -> [Int64] {
    requests.flatMap { request in
      [1, 3, 12, 1000].flatMap { cost in
        let quote = layer.quote(Units(Int64(cost)), of: request, at: now, signals)
        return [quote.payable.count, quote.refusal == nil ? 1 : 0]
      }
    }
  }

  /// All that can be seen of a layer now and later.
  private func view(_ layer: any Layer) -> [Int64] {
    var numbers = headrooms(layer)
    for request in requests {
      for time in [now, now + longestPause] {
        let quote = layer.quote(5, of: request, at: time, signals)
        let meter = layer.meter(for: request, at: time)
        numbers += [
          quote.payable.count, quote.refusal?.retryAfter?.nanoseconds ?? -1,
          quote.delay.nanoseconds,
          meter?.limit?.count ?? -1, meter?.remaining?.count ?? -1,
          meter?.resetAfter?.nanoseconds ?? -1,
        ]
      }
    }
    return numbers
  }

  private var requests: [Request] {
    directory.planOfAccount.indices.map { directory.request(of: AccountIndex($0)) }
  }
}

import Testing
import WeirAccess
import WeirFormats
import WeirKernel

/// What must hold for every stack: random ones of layers of the whole catalogue, with random calls.
@Suite struct StackPropertyTests {
  /// As many as there are settings of layers: each is the first of one stack.
  static let seeds = 1...UInt64(LayerConformanceTests.settings.count)

  @Test("whatever layers a stack is made of, its promises hold", arguments: seeds)
  func promises(_ seed: UInt64) {
    var run = RandomStack(seed: seed)
    for _ in 0..<120 { run.step() }
    run.finish()
    #expect(run.broken.isEmpty, "\(run)")
  }

  @Test(
    "a layer that breaks the protocol breaks a promise",
    arguments: [BrokenLayer.Fault.paysTooMuch, .sharesState])
  func broken(_ fault: BrokenLayer.Fault) {
    var found = false
    for seed in UInt64(1)...5 {
      var run = RandomStack(seed: seed, with: BrokenLayer(fault: fault))
      for _ in 0..<120 { run.step() }
      run.finish()
      found = found || !run.broken.isEmpty
    }
    #expect(found)
  }
}

/// A stack made from a seed, and what it broke while it was called at random.
private struct RandomStack: CustomStringConvertible {
  private let seed: UInt64
  private let settings: [String]
  private let shortfall: Shortfall
  private var samples: TestSamples
  private var test: TestStack
  /// The same stack, called in the same way: what it answers must be the same.
  private var twin: TestStack
  private var now = SimTime.zero
  private var number = 0
  private var underWay: [(decision: Decision, request: Request, at: SimTime)] = []
  private var snapshot: (stack: TestStack, view: [Int64], at: SimTime)
  private var events: [LedgerEvent] = []
  private(set) var broken: [String] = []

  init(seed: UInt64, with first: (any Layer)? = nil) {
    self.seed = seed
    var samples = TestSamples(seed: seed)
    let all = LayerConformanceTests.settings
    let others = (0..<samples.next(below: 6)).map { _ in
      all[Int(samples.next(below: Int64(all.count)))]
    }
    let chosen = [all[Int(seed) % all.count]] + others
    settings = chosen.map(\.json)
    shortfall = Shortfall.allCases[Int(samples.next(below: 3))]
    let directory = LayerConformanceTests.directory
    let layers = (first.map { [$0] } ?? []) + chosen.map { $0.make() }
    let named = layers.enumerated().map { NamedLayer(name: "\($0)", layer: $1) }
    test = TestStack(
      named: named, onShortfall: shortfall, for: directory, balance: Credits(micro: 90_000_000))
    twin = test
    snapshot = (test, [], .zero)
    self.samples = samples
  }

  var description: String {
    "seed \(seed), \(shortfall), \(settings.joined(separator: ", ")): \(broken.first ?? "")"
  }

  private mutating func check(_ holds: Bool, _ promise: @autoclosure () -> String) {
    if !holds { broken.append("step \(number): \(promise())") }
  }

  mutating func step() {
    number += 1
    now = now + SimDuration(nanoseconds: samples.next(below: 400_000_000))
    test.stack.advance(to: now)
    twin.stack.advance(to: now)
    if number % 40 == 1 { snapshot = (test, test.view(at: now), now) }
    decide()
    if samples.next(below: 3) > 0 { settleOne() }
    test.stack.takeJournal { events.append($0) }
    twin.stack.takeJournal { _ in }
  }

  private mutating func decide() {
    let account = AccountIndex(samples.next(below: 4))
    let cost = samples.next(below: 12) == 0 ? samples.next(below: 500) : samples.next(below: 13)
    let request = test.request(cost, account: account)
    _ = twin.request(cost, account: account)
    let before = view
    let left = test.stack.layers.map { $0.meter(for: request, at: now)?.remaining }
    let asked = test.stack.quote(request, at: now, .none)
    let answers = test.stack.answers(to: request, at: now, .none)
    check(view == before, "asking changed something")
    checkAnswers(answers, asked, request)
    let decision = test.stack.decide(request, at: now, .none)
    let same = twin.stack.decide(request, at: now, .none)
    check(decision.isSame(as: asked), "what was granted is not what was quoted")
    check(decision.isSame(as: same), "a copy that was called alike decides otherwise")
    checkOutcome(decision, request, before)
    for (payer, layer) in test.stack.payers.enumerated() where test.stack.layers[layer].isStrict {
      guard let most = left[layer] else { continue }
      check(
        decision.shares[payer] <= most,
        "layer \(layer) paid \(decision.shares[payer].count) of the \(most.count) that were left")
    }
    if decision.outcome != .deny { underWay.append((decision, request, now)) }
  }

  /// What the layers said is what the decision was made of.
  private mutating func checkAnswers(
    _ answers: [LayerAnswer], _ decision: Decision, _ request: Request
  ) {
    let refusing = answers.filter { $0.quote.refusal != nil }
    let gates = Set(test.stack.gates)
    let isPaid = answers.last.map { gates.contains($0.layer) || $0.quote.refusal == nil } ?? true
    let passes = isPaid && !refusing.contains { gates.contains($0.layer) }
    check(passes == (decision.refusal == nil), "the answers refuse what is admitted")
    guard passes else {
      return check(
        refusing.contains { $0.layer == decision.refusedBy }, "who refused did not answer so")
    }
    for (payer, layer) in test.stack.payers.enumerated() {
      let answer = answers.first { $0.layer == layer }
      check(
        decision.shares[payer] == answer?.quote.payable ?? .zero,
        "layer \(layer) pays something else than it said")
    }
  }

  private mutating func checkOutcome(_ decision: Decision, _ request: Request, _ before: [Int64]) {
    check(
      (decision.outcome == .hold) == (decision.delay > .zero)
        && (decision.heldBy != nil) == (decision.delay > .zero), "a hold is not one")
    guard decision.outcome == .deny else {
      check(decision.granted <= request.cost, "more was granted than was asked for")
      check(
        test.stack.payers.isEmpty || decision.shares.total == decision.granted,
        "the shares of \(decision.shares.total.count) are not the \(decision.granted.count) granted"
      )
      check(
        decision.granted == request.cost || shortfall == .partial, "only a part was granted")
      return
    }
    check(
      decision.granted == .zero && decision.refusedBy != nil, "a denial granted, or named nobody")
    // Trackers, load control and those that count refusals learn; nobody else does.
    let counts = shortfall == .countFirst && decision.shares.total > .zero
    check(counts || view == before, "a refusal changed something")
  }

  private mutating func settleOne() {
    guard !underWay.isEmpty else { return }
    let (decision, request, at) = underWay.remove(
      at: Int(samples.next(below: Int64(underWay.count))))
    let actual = Units(samples.next(below: 2 * decision.granted.count + 1))
    let settled = test.stack.settle(
      decision, of: request, actual: actual, decidedAt: at, at: now, .none)
    let same = twin.stack.settle(
      decision, of: request, actual: actual, decidedAt: at, at: now, .none)
    let isMetered = test.stack.payers.contains { test.stack.applies($0, to: request.product) }
    check(
      !isMetered || settled.shares.total + settled.overrun == actual,
      "\(settled.shares.total.count) paid and \(settled.overrun.count) overrun are not \(actual.count)"
    )
    check(
      settled.charged == same.charged && settled.overrun == same.overrun,
      "a copy that was called alike settles otherwise")
  }

  /// Settles what is under way, applies all debits and recomputes the balances.
  mutating func finish() {
    check(snapshot.stack.view(at: snapshot.at) == snapshot.view, "a copy changed with the original")
    check(twin.view(at: now) == test.view(at: now), "a copy that was called alike is not alike")
    while !underWay.isEmpty { settleOne() }
    test.stack.applyDebits(until: .distantFuture)
    test.stack.takeJournal { events.append($0) }
    let discrepancy = LedgerAudit.firstDiscrepancy(in: events)
    check(discrepancy == nil, "the ledger has \(String(describing: discrepancy))")
  }

  /// What can be seen of the layers that do not learn from refusals.
  private var view: [Int64] { test.view(at: now) { !$0.observes } }
}

extension Decision {
  fileprivate func isSame(as other: Decision) -> Bool {
    outcome == other.outcome && granted == other.granted && refusal == other.refusal
      && refusedBy == other.refusedBy && delay == other.delay
      && (0..<Shares.capacity).allSatisfy { shares[$0] == other.shares[$0] }
  }
}

public import WeirAccess
import WeirKernel

/// What a layer costs: time by number of accounts, and memory.
public struct LayerCost: Sendable {
  /// The type of the layer, or what else was measured.
  public let name: String
  /// The time, for each number of accounts.
  public let times: [Time]
  /// The bytes of an account, at the greatest number of accounts; `nil` where it is not known.
  public let bytesPerAccount: Double?

  /// The time of one request at a number of accounts, in nanoseconds of the processor.
  public struct Time: Sendable {
    /// The number of accounts, which ask in random order.
    public let accounts: Int
    /// The decision: quote, commit or refusal, and what is learnt from it.
    public let decision: Double
    /// All that follows for an admitted request: start, settlement and end.
    public let settlement: Double
    /// The share of requests that was admitted.
    public let admitted: Double
  }
}

/// Measures what a layer costs in a stack of its own.
///
/// Accounts ask in random order, each once a second for 1 to 4 units. Requests are decided in
/// batches and settled in batches, each timed as a whole; a figure is the median over the batches.
/// Memory is the growth of what is resident while the stack is made and every account has asked.
public struct LayerBenchmark {
  /// The numbers of accounts.
  public let accounts: [Int]
  /// The least number of requests that are timed for each figure.
  public let requests: Int

  private static let batch = 512

  /// Creates a benchmark.
  public init(accounts: [Int] = [1000, 1_000_000], requests: Int = 200_000) {
    self.accounts = accounts
    self.requests = requests
    ProcessUse.returnFreeMemory()
  }

  /// Measures a stack of `layer` alone, or of nothing.
  public func cost(of layer: NamedLayer?, called name: String) -> LayerCost {
    var bytes: Double?
    let times = accounts.map { accounts in
      let directory = Self.directory(accounts)
      let before = ProcessUse.residentBytes
      var run = LayerRun(layer, for: directory, batch: Self.batch)
      run.askOnce()
      if let before, let after = ProcessUse.residentBytes {
        bytes = max(0, Double(after - before) / Double(accounts))
      }
      return run.time(requests)
    }
    return LayerCost(name: name, times: times, bytesPerAccount: bytes)
  }

  private static func directory(_ accounts: Int) -> Directory {
    let windows = [
      PlanWindow(limit: 20, per: .seconds(10)), PlanWindow(limit: 130, per: .minutes(1)),
    ]
    return Directory(
      planOfAccount: (0..<accounts).map { PlanIndex($0 & 1) },
      plans: [Plan(name: "plus", allowances: windows), Plan(name: "free", allowances: windows)])
  }
}

/// A stack of one layer under load.
private struct LayerRun {
  private var stack: Stack
  private let directory: Directory
  private let step: Int64
  private var now = SimTime.zero
  private var signals: Signals
  private var samples = SampleKey(seed: 1).samples(Purpose(rawValue: 0))
  private var requests: [Request]
  private var decisions: [Decision]
  private var admitted = 0

  init(_ layer: NamedLayer?, for directory: Directory, batch: Int) {
    self.directory = directory
    step = 1_000_000_000 / Int64(directory.accounts)
    stack = Stack(layer.map { [$0] } ?? [], for: directory)
    stack.keepsJournal = stack.layers.contains { $0 is any CreditFund }
    signals = Signals(
      pools: [
        LoadSample(
          sampledAt: .zero, utilisationMillionths: 700_000, queueDelay: .milliseconds(20),
          queued: 3, inService: 200, completions: 500)
      ], poolOfProduct: [0])
    requests = Array(repeating: directory.request(of: 0, cost: 1), count: batch)
    decisions = Array(
      repeating: Decision(outcome: .deny, granted: .zero, shares: Shares()), count: batch)
    for account in directory.planOfAccount.indices {
      let account = AccountIndex(account)
      let balance = Credits(micro: 1_000_000_000_000)
      stack.open(
        account, plan: directory.planOfAccount[Int(account)],
        with: directory.start(of: account, balance: balance))
      if account % 4096 == 0 { stack.takeJournal { _ in } }
    }
    stack.takeJournal { _ in }
  }

  /// Every account asks once, in order.
  mutating func askOnce() {
    var next = 0
    while next < directory.accounts {
      for place in requests.indices {
        requests[place] = request(of: AccountIndex((next + place) % directory.accounts))
      }
      next += requests.count
      decide()
      settle()
    }
  }

  /// Times at least `count` requests of accounts in random order.
  mutating func time(_ count: Int) -> LayerCost.Time {
    var decided: [Double] = []
    var settled: [Double] = []
    admitted = 0
    let batches = max(3, (count + requests.count - 1) / requests.count)
    for _ in 0..<batches {
      for place in requests.indices {
        requests[place] = request(
          of: AccountIndex(samples.next() % UInt64(directory.accounts)))
      }
      signals.pools[0].sampledAt = now
      stack.receive(signals, at: now)
      let begun = ProcessUse.threadTime
      decide()
      let middle = ProcessUse.threadTime
      let before = admitted
      settle()
      let end = ProcessUse.threadTime
      decided.append(Double(middle - begun) / Double(requests.count))
      if admitted > before { settled.append(Double(end - middle) / Double(admitted - before)) }
    }
    return LayerCost.Time(
      accounts: directory.accounts, decision: Self.median(decided),
      settlement: Self.median(settled),
      admitted: Double(admitted) / Double(batches * requests.count))
  }

  private static func median(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }

  private mutating func request(of account: AccountIndex) -> Request {
    var request = directory.request(
      of: account, cost: Units(1 + Int64(samples.next() >> 62)))
    request.sampleKey = SampleKey(seed: samples.next())
    // Half of them go on with a turn.
    request.call = UInt32(request.cost.count & 1)
    return request
  }

  private mutating func decide() {
    for place in requests.indices {
      now = SimTime(nanoseconds: now.nanoseconds + step)
      stack.decide(requests[place], at: now, signals, into: &decisions[place])
    }
  }

  private mutating func settle() {
    for place in requests.indices where decisions[place].outcome != .deny {
      admitted += 1
      let request = requests[place]
      let age = Int64(requests.count - 1 - place) * step
      let decidedAt = SimTime(nanoseconds: now.nanoseconds - age)
      stack.observe(.started(waited: .milliseconds(5)), of: request, at: now)
      _ = stack.settle(
        decisions[place].shares, granted: decisions[place].granted, of: request,
        actual: request.cost, decidedAt: decidedAt, at: now, signals)
      stack.observe(
        .completed(actual: request.cost, latency: .milliseconds(200)), of: request, at: now)
    }
    if stack.nextDue <= now { stack.advance(to: now) }
    stack.takeJournal { _ in }
  }
}

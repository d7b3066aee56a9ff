import WeirAccess
import WeirKernel

/// Requests by number, and stacks with opened accounts, for tests.
struct TestStack {
  var stack: Stack
  private var ordinals: [AccountIndex: UInt32] = [:]
  private let directory: Directory

  init(
    _ layers: any Layer..., onShortfall: Shortfall = .rollback,
    for directory: Directory = .alike(accounts: 2), balance: Credits? = nil
  ) {
    self.directory = directory
    stack = Stack(
      layers, names: layers.indices.map { "\($0)" }, onShortfall: onShortfall, for: directory)
    open(balance)
  }

  init(
    named: [NamedLayer], onShortfall: Shortfall = .rollback, for directory: Directory,
    balance: Credits? = nil, keepsUnits: Bool = false
  ) {
    self.directory = directory
    stack = Stack(named, onShortfall: onShortfall, for: directory)
    if keepsUnits { stack.keepUnits() }
    open(balance)
  }

  private mutating func open(_ balance: Credits?) {
    for account in directory.planOfAccount.indices {
      stack.open(
        AccountIndex(account), plan: directory.planOfAccount[account],
        with: directory.start(of: AccountIndex(account), balance: balance))
    }
  }

  mutating func request(_ cost: Int64, account: AccountIndex = 0, product: UInt16 = 0) -> Request {
    ordinals[account, default: 0] += 1
    var request = directory.request(of: account, cost: Units(cost))
    request.product = product
    request.ordinal = ordinals[account] ?? 0
    return request
  }

  mutating func decide(_ cost: Int64, at second: Int64, account: AccountIndex = 0) -> Decision {
    stack.decide(request(cost, account: account), at: .second(second), .none)
  }

  /// Every answer and meter that can be seen at `now` of the layers that `isSeen`.
  func view(at now: SimTime, where isSeen: (any Layer) -> Bool = { _ in true }) -> [Int64] {
    directory.planOfAccount.indices.flatMap { account -> [Int64] in
      let request = directory.request(of: AccountIndex(account), cost: 1)
      return stack.layers.filter(isSeen).flatMap { layer in
        [1, 4, 30].map { layer.quote($0, of: request, at: now, .none).payable.count }
          + [layer.meter(for: request, at: now)?.remaining?.count ?? -1]
      }
    }
  }
}

extension SimTime {
  static func second(_ seconds: Int64) -> SimTime { SimTime.zero + .seconds(seconds) }
}

extension Decision {
  /// The shares of the first payers.
  func shares(_ count: Int) -> [Int64] { (0..<count).map { shares[$0].count } }
}

/// Random numbers for tests, by seed.
struct TestSamples {
  private var samples: Samples

  init(seed: UInt64) { samples = SampleKey(seed: seed).samples(Purpose(rawValue: 7)) }

  mutating func next(below bound: Int64) -> Int64 { Int64(samples.next() % UInt64(bound)) }
}

extension Stack {
  /// Layer number `layer`, which is a fund of credits.
  func fund(_ layer: Int) -> any CreditFund {
    guard let fund = layers[layer] as? any CreditFund else {
      preconditionFailure("layer \(layer) keeps no credits")
    }
    return fund
  }

  /// The layers that judge behaviour.
  var judges: [any BehaviourJudge] { layers.compactMap { $0 as? any BehaviourJudge } }

  /// The layers that raise alarms.
  var alarmSources: [any AlarmSource] { layers.compactMap { $0 as? any AlarmSource } }
}

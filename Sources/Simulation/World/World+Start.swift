import WeirAccess
public import WeirKernel

extension World {
  /// Creates the world of `setting` under `policy`; all samples are addressed below `replication`.
  ///
  /// What is written down event by event, as `keeping` asks, changes nothing of what is measured.
  public init(
    _ setting: Setting, _ policy: Policy, replication: SampleKey,
    keeping: EventKeeping = EventKeeping()
  ) {
    let directory = setting.directory
    self.init(setting, directory, policy, keeping)
    // Without funds nobody follows the ledger, unless events are written down.
    self.stack.keepsJournal =
      recorder.keepsEvents || self.stack.layers.contains { $0 is any CreditFund }
    if recorder.keepsEvents { self.stack.keepUnits() }
    openAccounts(replication)
    if let faults = setting.settlement {
      self.stack.handsOverCharges = true
      recorder.conservation.deliversCharges = true
      transit = SettlementTransit(faults, self.stack, measuredFrom: warmup, key: replication)
    }
  }

  private init(
    _ setting: Setting, _ directory: Directory, _ policy: Policy, _ keeping: EventKeeping
  ) {
    let stack = policy.stack(for: directory)
    self.setting = setting
    self.directory = directory
    workloads = UnsharedArray(setting.populations.map(\.workload))
    behaviours = setting.populations.map(\.behaviour)
    operations = setting.populations.flatMap(\.workload.operations).map {
      OperationIndex(directory.operations.firstIndex(of: $0) ?? 0)
    }
    meters = setting.populations.flatMap { population in
      let product = setting.products.first { $0.key == population.workload.product }?.value
      return population.workload.operations.map { (product ?? Product()).meter(of: $0) }
    }
    let populations = Self.populations(of: setting, directory, operations, meters)
    self.populations = UnsharedArray(populations)
    downgrades = Self.downgrades(of: policy, in: setting)
    onPlanChange = policy.onPlanChange
    priorities = directory.plans.map(\.priority)
    schedulers = UnsharedArray(setting.fleet.map { _ in policy.scheduler })
    shared = setting.fleet.map { $0.sharing.isShared ? SharedService($0) : nil }
    self.stack = stack
    horizon = .zero + setting.horizon
    warmup = .zero + (setting.warmup ?? .zero)
    last = horizon + setting.drain
    pools = UnsharedArray()
    poolOfServer = []
    accounts = UnsharedArray()
    accounts.reserveCapacity(directory.accounts)
    var populationOfAccount: [UInt16] = []
    for (index, population) in populations.enumerated() {
      populationOfAccount += repeatElement(UInt16(index), count: population.accounts.count)
    }
    for (index, pool) in setting.fleet.enumerated() {
      let first = UInt32(poolOfServer.count)
      pools.append(PoolState(pool, firstServer: first))
      poolOfServer += repeatElement(UInt16(index), count: Int(pool.servers))
    }
    levels.capacity = Int64(poolOfServer.count)
    signals = Signals(
      pools: Array(repeating: .idle, count: pools.count),
      poolOfProduct: directory.products.map { UInt16(setting.pool(of: $0) ?? 0) })
    recorder = Recorder(
      behaviours: behaviours, stack: stack, setting: setting,
      populationOfOwner: populationOfAccount, accounts: directory.accounts,
      keeping: keeping)
    openUsage()
  }

  /// Opens a place in the table of usage for each operation of each population, in their order.
  private mutating func openUsage() {
    for index in populations.indices {
      let population = populations[index]
      for operation in 0..<workloads[index].operations.count {
        _ = recorder.usage.open(
          UsageCell.Use(
            population: UInt16(index), product: population.product, model: population.model,
            operation: operations[population.firstOperation + operation]))
      }
    }
  }

  /// The populations with all names resolved.
  private static func populations(
    of setting: Setting, _ directory: Directory, _ operations: [OperationIndex],
    _ meters: [CostMeter]
  ) -> [PopulationState] {
    var first: UInt32 = 0
    var operation = 0
    let areAllAbusive = setting.populations.allSatisfy(\.isAbusive)
    return setting.populations.map { population in
      let workload = population.workload
      let plan = setting.plans.firstIndex { $0.key == population.plan } ?? 0
      let product = setting.products.firstIndex { $0.key == workload.product } ?? 0
      let end = first + UInt32(population.accounts)
      let firstOperation = operation
      operation += workload.operations.count
      defer { first = end }
      return PopulationState(
        accounts: first..<end, plan: PlanIndex(plan),
        product: ProductIndex(product),
        model: ModelIndex(directory.models.firstIndex(of: workload.model) ?? 0),
        pool: UInt16(setting.pool(of: workload.product) ?? 0),
        firstOperation: firstOperation, isPatient: population.behaviour.patience == nil,
        givesUpAtOnce: population.behaviour.givesUpAtOnce,
        hasOneCall: workload.hasOneCall, samplesWorkLate: workload.samplesWorkLate,
        uniform: UniformIntent(
          workload, operation: operations[firstOperation], meters[firstOperation]),
        isAbusive: population.isAbusive,
        countsAsBlocked: !population.isAbusive || areAllAbusive)
    }
  }

  /// Gives every account its sample key, its weight and the state that it starts with.
  private mutating func openAccounts(_ replication: SampleKey) {
    recorder.conservation.open(
      stack, owners: max(directory.accounts, directory.organisations))
    for (index, population) in populations.elements.enumerated() {
      let described = setting.populations[index]
      let node = replication.child(named: described.name)
      workloads[index].prepare(accounts: population.accounts.count, at: node)
      let operations = workloads[index].operations.count
      let unitsPerDay = workloads[index].expectedUnitsPerDay(
        Array(meters[population.firstOperation..<population.firstOperation + operations]))
      expectedUnitsPerDay.append(unitsPerDay)
      for account in population.accounts {
        let place = account - population.accounts.lowerBound
        let key = node.child(UInt64(place))
        var samples = key.samples(.weight)
        let weight = described.weight.sample(&samples)
        var start = directory.start(of: account, balance: described.balance)
        accounts.append(
          AccountState(
            key: key, weight: weight, population: UInt16(index), plan: population.plan,
            organisation: start.organisation, team: start.team))
        if setting.initial == .stationary {
          var phase = key.samples(.phase)
          let expected = unitsPerDay * workloads[index].demandMultiple(ofAccountAt: place)
          let demand = min(max(0, expected * weight), 1e15)
          start.stationary = AccountStart.Stationary(
            phase: UInt32(truncatingIfNeeded: phase.next() >> 32),
            demandPerDay: Units(Int64(demand + 0.5)))
        }
        stack.open(account, plan: population.plan, with: start)
        takeJournal()
      }
    }
  }

  /// Puts the first sessions and the first load sample on the calendar.
  mutating func begin() {
    queue.reserveCapacity(accounts.count + poolOfServer.count)
    for account in accounts.indices {
      accounts[account].nextStart = start(
        ofSession: 0, of: AccountIndex(account), after: .zero)
      scheduleSession(of: AccountIndex(account))
    }
    queue.push(Event(time: .zero + setting.signals.every, kind: EventKind.signal, entity: 0))
    schedulePlanChanges()
    scheduleSettlement()
  }
}

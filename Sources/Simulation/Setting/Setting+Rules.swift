public import WeirAccess
import WeirFormats
import WeirKernel

extension Setting {
  /// The rules over several fields: names that must be known, and times that must fit.
  func check(_ fields: Fields) {
    fields.check(
      (warmup ?? .zero) < horizon, at: "warmup", expected: "a time before the horizon")
    fields.check(
      interval.nanoseconds >= horizon.nanoseconds / 100_000, at: "interval",
      expected: "an interval of at least a 100,000th of the horizon")
    checkProducts(fields)
    checkPopulations(fields)
    checkFleet(fields)
  }

  private func checkProducts(_ fields: Fields) {
    for (name, product) in products {
      let operations = populations.map(\.workload).filter { $0.product == name }
        .flatMap(\.operations)
      for operation in product.pricedOperations {
        Self.known(
          operation, among: operations, at: "products/\(name)/meter/operations/\(operation)",
          "operation of the workloads that ask for it", fields)
      }
    }
  }

  private func checkPopulations(_ fields: Fields) {
    for (index, population) in populations.enumerated() {
      let path = "populations/\(index)"
      fields.check(
        !populations[..<index].contains { $0.name == population.name }, at: path + "/name",
        expected: "a name that no other population has, not \"\(population.name)\" again")
      if let plan = population.plan {
        Self.known(plan, among: plans.map(\.key), at: path + "/plan", "plan", fields)
      }
      let least = population.workload.leastAccounts
      fields.check(
        population.accounts >= least, at: path + "/accounts",
        expected: "at least \(least) accounts, as the workload names them by place")
      for (place, change) in population.planChanges.enumerated() {
        Self.known(
          change.plan, among: plans.map(\.key), at: path + "/planChanges/\(place)/plan", "plan",
          fields)
      }
      fields.check(
        population.team == nil || population.organisation != nil, at: path + "/team",
        expected: "an organisation that the team is in")
      let product = population.workload.product
      Self.known(
        product, among: products.map(\.key), at: path + "/workload/product", "product", fields)
      fields.check(
        pool(of: product) != nil, at: path + "/workload/product",
        expected: "a product that some pool of the fleet serves")
    }
    let total = populations.reduce(0) { $0 + $1.accounts }
    fields.check(
      total < Int64(Event.greatestEntity), at: "populations",
      expected: "fewer than \(Event.greatestEntity) accounts in all")
  }

  private func checkFleet(_ fields: Fields) {
    for (index, pool) in fleet.enumerated() {
      fields.check(
        !fleet[..<index].contains { $0.name == pool.name }, at: "fleet/\(index)/name",
        expected: "a name that no other pool has, not \"\(pool.name)\" again")
      for (place, product) in pool.serves.enumerated() {
        Self.known(
          product, among: products.map(\.key), at: "fleet/\(index)/serves/\(place)", "product",
          fields)
      }
    }
    let servers = fleet.reduce(0) { $0 + $1.servers }
    fields.check(
      servers < Int64(Event.greatestEntity), at: "fleet",
      expected: "fewer than \(Event.greatestEntity) servers in all")
  }

  private static func known(
    _ name: String, among names: [String], at path: String, _ what: String, _ fields: Fields
  ) {
    let listed = names.map { "\"\($0)\"" }.joined(separator: ", ")
    fields.check(
      names.contains(name), at: path, expected: "the name of a \(what): \(listed)",
      suggestion: nearestName(name, in: names))
  }

  /// Whether some pool serves `product`.
  public func serves(_ product: String) -> Bool { pool(of: product) != nil }

  /// The first pool that serves `product`; `nil` when none does.
  func pool(of product: String) -> Int? {
    fleet.firstIndex { $0.serves.isEmpty || $0.serves.contains(product) }
  }

  /// Who and what the access stack deals with.
  public var directory: Directory {
    var planOfAccount: [PlanIndex] = []
    var organisations = AccountGroups()
    var teams = AccountGroups()
    for population in populations {
      let count = Int(population.accounts)
      let plan = plans.firstIndex { $0.key == population.plan } ?? 0
      planOfAccount.append(contentsOf: repeatElement(PlanIndex(plan), count: count))
      let organisation = population.organisation.map { [$0] } ?? []
      organisations.append(count, to: organisation)
      // The accounts of an organisation that name no team are one together.
      teams.append(count, to: organisation.isEmpty ? [] : organisation + [population.team ?? ""])
    }
    return Directory(
      planOfAccount: planOfAccount, organisationOfAccount: organisations.indices,
      teamOfAccount: teams.indices,
      plans: plans.map { entry in
        var plan = entry.value
        plan.name = entry.key
        return plan
      }, products: products.map(\.key), models: models, operations: operationNames)
  }

  /// The models of all workloads and those that are given in the place of others, each once.
  public var models: [String] {
    var models: [String] = []
    for name in populations.map(\.workload.model) + replacementModels
    where !models.contains(name) {
      models.append(name)
    }
    return models
  }

  /// The operations of all workloads, each once.
  public var operationNames: [String] {
    var operations: [String] = []
    for name in populations.flatMap(\.workload.operations) where !operations.contains(name) {
      operations.append(name)
    }
    return operations
  }
}

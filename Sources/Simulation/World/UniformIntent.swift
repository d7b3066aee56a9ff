import WeirAccess

/// What every intent of a population asks for: metered once for them all.
struct UniformIntent: Sendable {
  let demand: Demand
  let estimate: Units
  let actual: Units

  init?(_ workload: any Workload, operation: OperationIndex, _ meter: CostMeter) {
    guard workload.hasOneCall, var demand = workload.uniformDemand else { return nil }
    estimate = meter.estimate(demand)
    actual = meter.actual(demand)
    demand.operation = operation
    self.demand = demand
  }
}

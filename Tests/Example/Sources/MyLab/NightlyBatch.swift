import Weir

/// A batch that every account starts at the same hour of each day.
struct NightlyBatch: Workload {
  static let typeName = "nightlyBatch"
  static let summary = "A batch at the same hour of each day, one request after another."

  let product: String
  let model = "default"
  private let hour: SimDuration
  private let size: Distribution
  private let service: Distribution

  init(_ fields: Fields) {
    product = fields.value("product", .productName, default: "requests", "The product asked for.")
    hour = fields.value("hour", .span, default: .hours(2), "The time from midnight to the batch.")
    size = fields.required("size", .countDistribution, "The requests of a batch.")
    service = fields.required("service", .spanDistribution, "The time that a server needs for one.")
  }

  func start(
    ofSession number: UInt32, of account: AccountView, after previous: SimTime
  ) -> SimTime? {
    .zero + hour + .days(Int64(number))
  }

  func open(_ script: inout Script) {
    var samples = script.key.samples(.structure)
    script.callsLeft = UInt32(max(1, size.sampleCount(&samples))) - 1
  }

  func demand(of script: inout Script, at address: CallAddress) -> Demand {
    var samples = address.samples(.service)
    var demand = Demand()
    demand.units = 1
    demand.work = SimDuration(rounding: service.sample(&samples))
    demand.workToFirstToken = demand.work
    return demand
  }

  func advance(_ script: inout Script, at address: CallAddress) -> SimDuration? {
    guard script.callsLeft > 0 else { return nil }
    script.callsLeft -= 1
    script.call += 1
    return .zero
  }

  func expectedUnitsPerDay(_ meters: [CostMeter]) -> Double {
    var batch = MeanDemand()
    batch.requests = size.mean
    batch.units = size.mean
    return meters[0].mean(of: batch)
  }
}

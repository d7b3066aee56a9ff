import WeirAccess
public import WeirFormats
public import WeirKernel

/// Requests that arrive by themselves, whatever becomes of earlier ones.
///
/// Each account's requests form a renewal process of its own: Poisson when the gaps are
/// exponential, burstier or smoother with gamma or Weibull gaps. It begins with the run, so that
/// gaps of any other than the exponential law take a few requests to become stationary. With a
/// weekly profile or a flash crowd it runs in the time of the demand (see `OperationalTime`).
public struct OpenLoop: Workload {
  public static let typeName = "openLoop"
  public static let summary =
    "Requests that arrive by themselves, with random gaps, whatever becomes of earlier ones."

  public var hasOneCall: Bool { true }
  public var uniformDemand: Demand? { laws.uniform }
  public var samplesWorkLate: Bool { true }
  public var crowds: [Range<SimTime>] { laws.starts.crowds }
  public var product: String { laws.product }
  public var model: String { laws.model }
  private let laws: OpenLoopLaws

  public init(_ fields: Fields) { laws = OpenLoopLaws(fields) }

  @inline(__always)
  public func start(
    ofSession number: UInt32, of account: AccountView, after previous: SimTime
  ) -> SimTime? {
    laws.starts.start(ofSession: number, of: account, after: previous)
  }

  @inline(__always)
  public func demand(of script: inout Script, at address: CallAddress) -> Demand {
    var demand = Demand()
    demand.units = count(laws.units, at: address, .size) ?? 1
    demand.input = count(laws.input, at: address, .input) ?? 0
    demand.output = count(laws.output, at: address, .output) ?? 0
    return demand
  }

  @inline(__always)
  public func sampleWork(of demand: inout Demand, at address: CallAddress) {
    var samples = address.samples(.service)
    demand.work = SimDuration(rounding: laws.service.sample(&samples))
    demand.workToFirstToken = demand.work
  }

  private func count(
    _ distribution: Distribution?, at address: CallAddress, _ purpose: Purpose
  ) -> Int64? {
    guard let distribution else { return nil }
    var samples = address.samples(purpose)
    return distribution.sampleCount(&samples)
  }

  public func expectedUnitsPerDay(_ meters: [CostMeter]) -> Double {
    var request = MeanDemand()
    request.requests = 1
    request.units = laws.units?.mean ?? 1
    request.input = laws.input?.mean ?? 0
    request.output = laws.output?.mean ?? 0
    return meters[0].mean(of: request) * 86400 / laws.interarrival.mean
  }
}

/// What never changes of an ``OpenLoop``, behind one reference.
///
/// An `any Workload` of one word needs no box, and so is called without asking who shares it.
private final class OpenLoopLaws: Sendable {
  let product: String
  let model: String
  let interarrival: Distribution
  let starts: SessionStarts
  let service: Distribution
  let units: Distribution?
  let input: Distribution?
  let output: Distribution?
  /// The demand of every request, where they are all alike; its work comes later.
  let uniform: Demand?

  init(_ fields: Fields) {
    product = fields.value("product", .productName, default: "requests", "The product asked for.")
    model = fields.value("model", .name, default: "default", "The model asked for.")
    interarrival = fields.required(
      "interarrival", .spanDistribution,
      "The gap between two requests of an account; an account of weight 2 has gaps half as long.")
    let profile = fields.optional(
      "profile", .weeklyProfile, "How the rate of requests moves through the week; it does not.")
    let crowd = fields.optional(
      "flashCrowd", .object(FlashCrowd.self), "A sudden crowd of requests; there is none.")
    starts = SessionStarts(gap: interarrival, OperationalTime(profile, crowd))
    service = fields.required(
      "service", .spanDistribution, "The time that one server needs for a request.")
    units = fields.optional(
      "units", .countDistribution, "What a request costs where the product meters units; 1.")
    input = fields.optional("input", .countDistribution, "New input tokens of a request; none.")
    output = fields.optional("output", .countDistribution, "Output tokens of a request; none.")
    var demand = Demand()
    demand.units = 1
    uniform = units == nil && input == nil && output == nil ? demand : nil
  }
}

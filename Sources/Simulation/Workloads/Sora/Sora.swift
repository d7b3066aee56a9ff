import WeirAccess
public import WeirFormats
public import WeirKernel

/// Visits to a video service: one long job after another, with the account looking on.
///
/// A visit has some jobs; each is asked for a gap after the one before has ended. Some are ready
/// before that, and follow at once: an account has one job at a time in a visit, so that what
/// overlapped in the source stands in line here. Each size of video is an operation; the meter
/// counts a job as one unit and the length of its clip in seconds.
///
/// Visits start by the weekly profile, in a stationary renewal process of each account, none being
/// open at the start of a run. Few accounts come on a day: with weights of sigma 1.7 the default
/// rate lets 88 % of the accounts seen in 24 days come on one day only, and each on 1.2 days.
///
/// ## Source
/// Jobs of a visit, gaps, failures and days from the GenTD26 trace (4,247 users, 5,094 user-days);
/// lengths and sizes from the price lists of Sora 2, their shares are an assumption.
public struct Sora: Workload {
  public static let typeName = "sora"
  public static let summary =
    "Visits to a video service: a few long jobs, one after another, with costs by size and length."

  public let product: String
  public let model: String
  private let sessions: SessionRate
  private let jobs: RoundedLognormal
  private let gap: Distribution
  private let eager: Double
  private let clip: Distribution
  private let sizes: [VideoSize]
  private let size: Distribution
  private let service: VideoService
  private let failures: Double

  public init(_ fields: Fields) {
    product = fields.value("product", .productName, default: "sora", "The product asked for.")
    model = fields.value("model", .name, default: "default", "The model asked for.")
    sessions = SessionRate(fields, perDay: 0.0016, profile: "azureConversation")
    jobs = fields.value(
      "jobs", .object(RoundedLognormal.self), whenAbsent: ["median": 1.62, "sigma": 1.42],
      "The jobs of a visit.")
    gap = fields.value(
      "gap", .spanDistribution,
      whenAbsent: ["type": "lognormal", "median": "67s", "sigma": 1.09],
      "The time from the end of a job to the next one of the visit.")
    eager = fields.value(
      "eager", .number(in: 0...1), default: 0.056,
      "The share of jobs that are ready before the one before has ended, and follow at once.")
    clip = fields.value(
      "clip", .spanDistribution,
      whenAbsent: [
        "type": "discrete", "values": ["4s", "8s", "12s"], "weights": [0.5, 0.35, 0.15],
      ], "The length of a video.")
    let sizes = fields.value(
      "sizes", .list(of: .object(VideoSize.self), count: 1...64),
      whenAbsent: [
        ["name": "720p", "pixels": 921_600, "weight": 0.85],
        ["name": "1024p", "pixels": 1_835_008, "weight": 0.15],
      ], "The sizes in which videos are made.")
    service = fields.group("service", VideoService.self, "How long a server makes a video.")
    failures = fields.value(
      "failures", .number(in: 0...1), default: 0.015,
      "The share of jobs that come to nothing at their end.")
    let hasWeight = sizes.contains { $0.weight > 0 }
    fields.check(hasWeight, at: "sizes", expected: "a size with a weight above 0")
    for (index, size) in sizes.enumerated() {
      fields.check(
        !sizes[..<index].contains { $0.name == size.name }, at: "sizes/\(index)/name",
        expected: "a name that no other size has, not \"\(size.name)\" again")
    }
    self.sizes = sizes
    size = .discrete(
      values: sizes.indices.map { Double($0) }, weights: sizes.map { hasWeight ? $0.weight : 1 })
  }

  public var operations: [String] { sizes.map(\.name) }

  public var crowds: [Range<SimTime>] { sessions.starts.crowds }

  public func start(
    ofSession number: UInt32, of account: AccountView, after previous: SimTime
  ) -> SimTime? {
    sessions.starts.start(ofSession: number, of: account, after: previous)
  }

  public func open(_ script: inout Script) {
    var structure = script.key.samples(.structure)
    script.turnsLeft = UInt32(clamping: jobs.sample(&structure) - 1)
  }

  public func demand(of script: inout Script, at address: CallAddress) -> Demand {
    var samples = address.samples(.size)
    let chosen = Int(size.sampleCount(&samples))
    let length = SimDuration(rounding: clip.sample(&samples))
    var demand = Demand()
    demand.operation = OperationIndex(chosen)
    demand.units = 1
    demand.milliseconds = length.nanoseconds / 1_000_000
    demand.work = service.work(
      pixels: sizes[chosen].pixels, seconds: length.seconds, at: address)
    demand.workToFirstToken = demand.work
    var chance = address.samples(.chance)
    demand.fails = chance.bernoulli(failures)
    return demand
  }

  public func advance(_ script: inout Script, at address: CallAddress) -> SimDuration? {
    guard script.turnsLeft > 0 else { return nil }
    script.turnsLeft -= 1
    script.turn += 1
    var samples = address.samples(.think)
    if samples.bernoulli(eager) { return .zero }
    return SimDuration(rounding: gap.sample(&samples))
  }

  public func expectedUnitsPerDay(_ meters: [CostMeter]) -> Double {
    let total = sizes.reduce(0) { $0 + $1.weight }
    var job = MeanDemand()
    job.requests = 1
    job.units = 1
    job.milliseconds = clip.mean * 1000
    let units = zip(meters, sizes).reduce(0) { $0 + $1.1.weight / total * $1.0.mean(of: job) }
    return units * jobs.mean * sessions.perDay
  }
}

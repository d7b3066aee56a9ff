import WeirAccess
public import WeirFormats
public import WeirKernel

/// Sessions with a coding agent: turns of a person, each a chain of calls with tools in between.
///
/// Closed loop: a call comes when the one before has ended and its tool has run, a turn when the
/// person has thought. Sessions start by the weekly profile, in a stationary renewal process of
/// each account; none is open at the start of a run, so that a warmup of about a day fills in
/// those that last long. The first call of a turn is the operation `turn`, any other
/// `continuation`. How many turns and calls a session has depends on nothing but its samples.
///
/// ## Source
/// Medians, spreads and shares are fitted to TraceLab (arXiv 2606.30560: 4,265 Claude Code and
/// Codex sessions) and to the kv-cache-tester trace; two sessions a day are an assumption, as is
/// the quarter of a context that a compaction keeps. Subagents are not modelled.
public struct Codex: Workload {
  public static let typeName = "codex"
  public static let summary =
    "Sessions with a coding agent: turns of a person, each a chain of calls with tools in between."

  public let product: String
  public let model: String
  private let sessions: SessionRate
  private let turns: RoundedLognormal
  private let calls: CallsPerTurn
  private let context: ContextGrowth
  private let output: Distribution
  private let service: TokenService
  private let tool: Distribution
  private let think: Distribution

  public init(_ fields: Fields) {
    product = fields.value("product", .productName, default: "codex", "The product asked for.")
    model = fields.value("model", .name, default: "default", "The model asked for.")
    sessions = SessionRate(fields, perDay: 2, profile: "azureCoding")
    turns = fields.value(
      "turns", .object(RoundedLognormal.self),
      whenAbsent: ["median": 1.49, "sigma": 1.94, "atMost": 1000], "The turns of a session.")
    calls = fields.group("calls", CallsPerTurn.self, "The calls of a turn.")
    context = fields.group(
      "context", ContextGrowth.self, "How the input grows from call to call.")
    output = fields.value(
      "output", .countDistribution,
      whenAbsent: ["type": "lognormal", "median": 214, "sigma": 1.25, "atMost": 20_000],
      "The output tokens of a call.")
    service = fields.group(
      "service", TokenService.self, "How long a call takes that has a server for itself.")
    tool = fields.value(
      "tool", .spanDistribution,
      whenAbsent: ["type": "lognormal", "median": "285ms", "sigma": 2.95, "atMost": "1h"],
      "The time that a tool runs between two calls of a turn.")
    think = fields.value(
      "think", .spanDistribution,
      whenAbsent: [
        "type": "mixture", "weights": [0.945, 0.055],
        "of": [
          ["type": "lognormal", "median": "76s", "sigma": 1.65],
          ["type": "lognormal", "median": "14000s", "sigma": 1.6],
        ],
      ], "The time that a person thinks, or is away, between two turns.")
  }

  public var operations: [String] { ["turn", "continuation"] }

  public var crowds: [Range<SimTime>] { sessions.starts.crowds }

  public func start(
    ofSession number: UInt32, of account: AccountView, after previous: SimTime
  ) -> SimTime? {
    sessions.starts.start(ofSession: number, of: account, after: previous)
  }

  public func open(_ script: inout Script) {
    var structure = script.key.samples(.structure)
    script.turnsLeft = UInt32(clamping: turns.sample(&structure) - 1)
    script.callsLeft = callsAfterFirst(at: script.callAddress)
    var size = script.key.samples(.size)
    script.context = context.begin(&size)
  }

  public func demand(of script: inout Script, at address: CallAddress) -> Demand {
    let input = context.next(&script.context, at: address)
    var samples = address.samples(.output)
    let output = output.sampleCount(&samples)
    let work = service.work(of: input, output: output, at: address)
    var demand = Demand()
    demand.operation = script.call == 0 ? 0 : 1
    demand.units = 1
    demand.input = input.new
    demand.cachedInput = input.cached
    demand.output = output
    demand.work = work.total
    demand.workToFirstToken = work.toFirstToken
    return demand
  }

  public func advance(_ script: inout Script, at address: CallAddress) -> SimDuration? {
    if script.callsLeft > 0 {
      script.callsLeft -= 1
      script.call += 1
      var samples = address.samples(.tool)
      return SimDuration(rounding: tool.sample(&samples))
    }
    guard script.turnsLeft > 0 else { return nil }
    script.turnsLeft -= 1
    script.turn += 1
    script.call = 0
    script.callsLeft = callsAfterFirst(at: script.callAddress)
    var samples = address.samples(.think)
    return SimDuration(rounding: think.sample(&samples))
  }

  /// The calls that follow the first of the turn whose first call has its samples at `address`.
  private func callsAfterFirst(at address: CallAddress) -> UInt32 {
    var samples = address.samples(.structure)
    return UInt32(clamping: calls.sample(&samples) - 1)
  }

  public func expectedUnitsPerDay(_ meters: [CostMeter]) -> Double {
    let forecast = ContextForecast(turns: turns, calls: calls, context: context)
    // A call of one kind carries on average what one of the other does, within a few percent.
    let shares = [turns.mean / forecast.calls, 1 - turns.mean / forecast.calls]
    var session = MeanDemand()
    session.requests = forecast.calls
    session.units = forecast.calls
    session.input = forecast.appended + context.missed * forecast.carried
    session.cachedInput = (1 - context.missed) * forecast.carried
    session.output = forecast.calls * output.mean
    return zip(meters, shares).reduce(0) { $0 + $1.1 * $1.0.mean(of: session) } * sessions.perDay
  }
}

import WeirAccess
public import WeirFormats
public import WeirKernel

/// Recorded requests and sessions: what was once asked for, asked for again.
///
/// Sessions start when they were recorded, or are generated; within a session each call follows a
/// recorded pause after the end of the one before, so that a slower fleet delays what comes next
/// as it would have (recorded clock times replayed against another fleet would not). Whose a
/// session is, the trace says, or a sample does: the same under every policy.
///
/// ## Edges
/// - An unknown pause is the median of the recorded ones of its kind (before a person's message, or
///   after a tool), unless `pause` gives a law.
/// - The time of a call that was not recorded follows from its tokens by `service`. A recorded one
///   was measured on servers that others used as well.
/// - The `weight` of the population's accounts changes nothing: the trace says who asks how often.
///
/// Complexity: 80 bytes a recorded call and 32 a session, shared by all worlds; 16 bytes a session
/// and 4 an account in each world.
public struct Trace: Workload {
  public static let typeName = "trace"
  public static let summary =
    "Recorded requests or sessions from a file, which keep their pauses, not their clock."

  public let product: String
  public let model: String
  private let starts: SessionStarts?
  private let accountExponent: Double
  private let service: TokenService
  private let pause: Distribution?
  private let recorded: RecordedDemand
  /// Whose each session is and when it starts, in one world.
  private var cast = Cast()

  public init(_ fields: Fields) {
    product = fields.value("product", .productName, default: "requests", "The product asked for.")
    model = fields.value("model", .name, default: "default", "The model asked for.")
    let file = fields.required(
      "file", .inputFile,
      "The recorded demand, perhaps packed with gzip: beside the scenario or in the folder of"
        + " traces, which the environment variable WEIR_TRACES names.")
    let format = fields.required(
      "format", .variant(fields.registry(TraceFormats.registry), nameAlone: true),
      "How the file is written.")
    let interarrival = fields.optional(
      "interarrival", .spanDistribution,
      "The gap between the starts of two sessions of all accounts together, for a trace without"
        + " times; not allowed for others.")
    let profile = fields.optional(
      "profile", .weeklyProfile,
      "How the rate of generated session starts moves through the week; it does not.")
    let crowd = fields.optional(
      "flashCrowd", .object(FlashCrowd.self), "A sudden crowd of generated sessions; there is none."
    )
    starts = interarrival.map { SessionStarts(gap: $0, OperationalTime(profile, crowd)) }
    accountExponent = fields.value(
      "accountExponent", .number(in: 0...100), default: 1.1,
      "The exponent of the Zipf law by which the accounts of a trace without accounts are sampled,"
        + " the first the most likely; 0 gives all the same chance.")
    service = fields.group(
      "service", TokenService.self,
      "How long a call takes whose time was not recorded, when it has a server for itself.")
    pause = fields.optional(
      "pause", .spanDistribution,
      "The pause before a call where it is unknown; the median of the recorded ones of its kind.")
    recorded = Self.read(file, format.format, fields)
    fields.check(
      recorded.hasStarts || interarrival != nil,
      expected: "\"interarrival\", as the trace does not say when sessions start")
    fields.check(
      !recorded.hasStarts || interarrival == nil, at: "interarrival",
      expected: "no such field, as the trace says when sessions start")
    fields.check(
      interarrival != nil || (profile == nil && crowd == nil),
      at: profile == nil ? "flashCrowd" : "profile",
      expected: "no such field, as session starts are not generated")
    fields.check(
      pause != nil || !recorded.needsPauses,
      expected: "\"pause\", as the trace has unknown pauses and no known ones of their kind")
  }

  /// The demand in `file`; its issues are those of the field that names it.
  private static func read(
    _ file: InputFile, _ format: any TraceFormat, _ fields: Fields
  ) -> RecordedDemand {
    guard !file.isPlaceholder else { return .nothing }
    let reading = file.content(format.identity) { format.read($0) }
    for issue in reading.issues {
      var issue = issue
      issue.pointer = fields.pointer.appending("file")
      fields.record(issue)
    }
    return reading.demand
  }

  public var operations: [String] { recorded.operations }

  public var leastAccounts: Int64 { recorded.accounts }

  // MARK: The cast of one world

  /// Whose each session is and when it starts: plain numbers, in the order of the sessions.
  private struct Cast: Sendable {
    var key = SampleKey(seed: 0)
    /// The start of each session, in nanoseconds.
    var starts: [Int64] = []
    /// The sessions of the first account, then those of the second, and so on.
    var order: [UInt32] = []
    /// Where the sessions of each account begin in `order`, and the end of the last.
    var firstOfAccount: [UInt32] = [0]
    /// What each account is expected to ask for, as a multiple of the others.
    var multiples: [Double] = []

    /// The session that is number `number` of the account at `place`.
    func session(_ number: UInt32, of place: UInt32) -> Int? {
      let index = Int(firstOfAccount[Int(place)]) + Int(number)
      return index < Int(firstOfAccount[Int(place) + 1]) ? Int(order[index]) : nil
    }
  }

  public mutating func prepare(accounts: Int, at key: SampleKey) {
    let sessions = recorded.sessions
    let owners = owners(among: accounts, at: key)
    cast.key = key
    cast.starts = recorded.hasStarts ? sessions.map(\.start) : generatedStarts(at: key)
    cast.firstOfAccount = Array(repeating: 0, count: accounts + 1)
    for owner in owners { cast.firstOfAccount[Int(owner) + 1] += 1 }
    for place in 0..<accounts { cast.firstOfAccount[place + 1] += cast.firstOfAccount[place] }
    var next = cast.firstOfAccount
    cast.order = Array(repeating: 0, count: sessions.count)
    for (index, owner) in owners.enumerated() {
      cast.order[Int(next[Int(owner)])] = UInt32(index)
      next[Int(owner)] += 1
    }
    cast.multiples = multiples(owners, accounts)
  }

  /// The place of each session's account.
  private func owners(among accounts: Int, at key: SampleKey) -> [UInt32] {
    if recorded.hasAccounts { return recorded.sessions.map(\.account) }
    let law = Distribution.zipf(exponent: accountExponent, count: Int64(accounts))
    return recorded.sessions.indices.map { index in
      var samples = key.samples(.owner, index: UInt32(index))
      return UInt32(law.sample(&samples)) - 1
    }
  }

  /// The start of each session when nothing recorded it: one process for all accounts together.
  private func generatedStarts(at key: SampleKey) -> [Int64] {
    let everybody = AccountView(key: key, weight: 1, place: 0)
    var now: SimTime? = .zero
    return recorded.sessions.indices.map { index in
      now = now.flatMap { starts?.start(ofSession: UInt32(index), of: everybody, after: $0) }
      return (now ?? .distantFuture).nanoseconds
    }
  }

  /// The expected demand of each account: as recorded, or its part of all sessions.
  private func multiples(_ owners: [UInt32], _ accounts: Int) -> [Double] {
    var multiples = Array(repeating: 0.0, count: accounts)
    if hasExpectations {
      for session in recorded.sessions {
        multiples[Int(session.account)] = max(0, session.unitsPerDay)
      }
      return multiples
    }
    for owner in owners { multiples[Int(owner)] += 1 }
    return multiples.map { $0 * Double(accounts) / Double(max(1, owners.count)) }
  }

  /// Whether the trace says what accounts are expected to ask for.
  private var hasExpectations: Bool {
    recorded.hasAccounts && recorded.sessions.contains { $0.unitsPerDay >= 0 }
  }

  public var crowds: [Range<SimTime>] { starts?.crowds ?? [] }

  public func expectedUnitsPerDay(_ meters: [CostMeter]) -> Double {
    if hasExpectations { return 1 }
    let accounts = cast.firstOfAccount.count - 1
    let span = Double((cast.starts.last ?? 0) - (cast.starts.first ?? 0)) / 86_400e9
    guard accounts > 0, span > 0 else { return 0 }
    let units = recorded.calls.reduce(0.0) {
      $0 + Double(meters[Int($1.operation)].actual(counted(of: $1)).count)
    }
    return units / span / Double(accounts)
  }

  public func demandMultiple(ofAccountAt place: UInt32) -> Double { cast.multiples[Int(place)] }

  // MARK: Sessions

  public var recordedCalls: Int64? { Int64(recorded.calls.count) }

  public func unopenedCalls(ofSessionsFrom number: UInt32, ofAccountAt place: UInt32) -> Int64 {
    let first = Int(cast.firstOfAccount[Int(place)]) + Int(number)
    let end = Int(cast.firstOfAccount[Int(place) + 1])
    return (min(first, end)..<end).reduce(0) {
      $0 + recorded.sessions[Int(cast.order[$1])].count
    }
  }

  public func start(
    ofSession number: UInt32, of account: AccountView, after previous: SimTime
  ) -> SimTime? {
    cast.session(number, of: account.place).map { SimTime(nanoseconds: cast.starts[$0]) }
  }

  public func open(_ script: inout Script) {
    guard let index = cast.session(script.session, of: script.place) else { return }
    let session = recorded.sessions[index]
    if session.number != RecordedSession.unnumbered {
      // The samples have the addresses that they had in the run that was recorded.
      script.session = session.number
      script.key = cast.key.child(UInt64(script.place)).child(UInt64(session.number))
    }
    script.callsLeft = session.endOfCalls - session.firstCall - 1
    stand(&script, at: Int64(session.firstCall))
  }

  public func advance(_ script: inout Script, at address: CallAddress) -> SimDuration? {
    guard script.callsLeft > 0 else { return nil }
    script.callsLeft -= 1
    stand(&script, at: script.context + 1)
    let call = recorded.calls[Int(script.context)]
    if call.pause >= 0 { return SimDuration(nanoseconds: call.pause) }
    guard let pause else {
      let medians = recorded.medianPauses
      return (call.followsPerson ? medians.person : medians.tool) ?? .zero
    }
    var samples = address.samples(call.followsPerson ? .think : .tool)
    return SimDuration(rounding: max(0, pause.sample(&samples)))
  }

  private func stand(_ script: inout Script, at call: Int64) {
    script.context = call
    script.turn = recorded.calls[Int(call)].turn
    script.call = recorded.calls[Int(call)].call
  }

  public func demand(of script: inout Script, at address: CallAddress) -> Demand {
    let call = recorded.calls[Int(script.context)]
    var demand = counted(of: call)
    if call.work >= 0, call.workToFirstToken >= 0 {
      demand.work = SimDuration(nanoseconds: call.work)
      demand.workToFirstToken = SimDuration(nanoseconds: min(call.workToFirstToken, call.work))
      return demand
    }
    let input = ContextGrowth.Input(cached: call.cachedInput, new: call.input)
    let expected = service.work(of: input, output: call.output, at: address)
    guard call.work >= 0 else {
      demand.work = expected.total
      demand.workToFirstToken = expected.toFirstToken
      return demand
    }
    demand.work = SimDuration(nanoseconds: call.work)
    // Of a recorded time, the first token takes the part that it would by its tokens.
    let part = Int128(call.work) * Int128(expected.toFirstToken.nanoseconds)
    let whole = max(1, Int128(expected.total.nanoseconds))
    demand.workToFirstToken = SimDuration(nanoseconds: Int64(part / whole))
    return demand
  }

  /// What a meter counts of a call.
  private func counted(of call: RecordedCall) -> Demand {
    var demand = Demand()
    demand.operation = OperationIndex(call.operation)
    demand.input = call.input
    demand.cachedInput = call.cachedInput
    demand.output = call.output
    demand.milliseconds = call.milliseconds
    demand.units = call.units
    demand.fails = call.fails
    return demand
  }
}

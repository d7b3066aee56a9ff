public import WeirFormats

/// Sessions of coding agents, one row for each call of a model, in their order.
///
/// Columns: `session` (whose rows stand together), `agent` (`m`, or `m/K` for a sub-agent that was
/// spawned at step K), `user_turn` (1 when a person's message led to the call), `input_tokens`,
/// `cached_tokens` (of the input), `output_tokens`, `api_ms` (the measured time of the call) and
/// `think_ms` (the time since the end of the call before). An empty `api_ms` or `think_ms` means
/// that it is not known, not that it is 0. Other columns are not read: there are no start times
/// and no accounts, and `offset_ms` is the clock of a run that is over.
///
/// ## Edges
/// - The main agent waits for its sub-agents. A session makes their calls one after another, in
///   the order of the file, and the pause of the main agent's next call is what its recorded one
///   exceeds their recorded time. Sub-agents that ran beside each other therefore take longer here
///   than they did (1.4 % of the calls of the trace named below are of sub-agents).
/// - Turns are counted by the messages of a person to the main agent.
///
/// Source: kv_cache_tester's sessions of Claude Code, github.com/callanjfox/kv-cache-tester,
/// Apache-2.0, one row a call with the lists of block hashes left out.
public struct AgentSessions: TraceFormat {
  public static let typeName = "agentSessions"
  public static let summary =
    "Sessions of coding agents, a row for each call: session, agent, user_turn, tokens, api_ms,"
    + " think_ms."

  static let columns = [
    "session", "agent", "user_turn", "input_tokens", "cached_tokens", "output_tokens", "api_ms",
    "think_ms",
  ]

  /// Creates the format, which has no fields.
  public init(_ fields: Fields) {}

  public func read(_ source: SourceFile) -> TraceReading {
    var builder = TraceBuilder()
    var progress = Progress(
      main: builder.operation(named: "main") ?? 0,
      subAgent: builder.operation(named: "subAgent") ?? 0)
    builder.eachRow(of: source, Self.columns) { (builder, row, columns) throws(ScenarioIssue) in
      let cells = try Cells(row, columns)
      if try progress.begins(row, session: columns[0]) { builder.beginSession() }
      let call = progress.call(of: cells)
      builder.add(call, recordedPause: progress.isFirst ? nil : cells.think)
    }
    return builder.finished(source)
  }

  /// What a row says, in nanoseconds and tokens.
  private struct Cells {
    let isMain: Bool
    let followsPerson: Bool
    let input: Int64
    let cachedInput: Int64
    let output: Int64
    let time: Int64?
    let think: Int64?

    init(_ row: CSVReader, _ columns: [CSVColumn]) throws(ScenarioIssue) {
      isMain = try Self.isMain(row, columns[1])
      // What begins a sub-agent is the word of the main agent, not of a person.
      followsPerson = try row.integer(columns[2], in: 0...1) == 1 && isMain
      let all = try row.integer(columns[3], in: TraceLimits.tokens)
      cachedInput = try row.integer(columns[4], in: TraceLimits.tokens)
      guard cachedInput <= all else {
        throw row.issue(at: columns[4], expected: "at most the \(all) input tokens")
      }
      input = all - cachedInput
      output = try row.integer(columns[5], in: TraceLimits.tokens)
      let milliseconds = try row.optionalInteger(columns[6], in: TraceLimits.milliseconds)
      time = milliseconds.map { $0 * 1_000_000 }
      think = try row.optionalInteger(columns[7], in: TraceLimits.milliseconds).map {
        $0 * 1_000_000
      }
    }

    private static func isMain(_ row: CSVReader, _ agent: CSVColumn) throws(ScenarioIssue) -> Bool {
      let bytes = row.rawBytes(agent)
      if bytes.elementsEqual("m".utf8) { return true }
      let zero = UInt8(ascii: "0")
      guard bytes.starts(with: "m/".utf8), bytes.count > 2,
        bytes.dropFirst(2).allSatisfy({ (zero...zero + 9).contains($0) })
      else {
        throw row.issue(at: agent, expected: "\"m\", or \"m/\" and a step for a sub-agent")
      }
      return false
    }
  }

  /// Where in the sessions the reading is.
  private struct Progress {
    let main: UInt16
    let subAgent: UInt16
    /// Whether the row is the first of its session.
    private(set) var isFirst = false
    private var session: [UInt8] = []
    private var seen: Set<[UInt8]> = []
    private var turn: UInt32 = 0
    private var call: UInt32 = 0
    /// The recorded time of the sub-agents since the main agent's last call.
    private var subAgentTime: Int64 = 0

    init(main: UInt16, subAgent: UInt16) {
      self.main = main
      self.subAgent = subAgent
    }

    /// Whether the row begins a session; none comes twice.
    mutating func begins(_ row: CSVReader, session column: CSVColumn) throws(ScenarioIssue) -> Bool
    {
      let name = row.rawBytes(column)
      isFirst = seen.isEmpty || !name.elementsEqual(session)
      guard isFirst else { return false }
      session = Array(name)
      guard seen.insert(session).inserted else {
        throw row.issue(at: column, expected: "the rows of a session together")
      }
      (turn, call, subAgentTime) = (0, 0, 0)
      return true
    }

    /// The call that a row records.
    mutating func call(of cells: Cells) -> RecordedCall {
      if !isFirst {
        (turn, call) = cells.followsPerson ? (turn + 1, 0) : (turn, call + 1)
      }
      var recorded = RecordedCall()
      recorded.input = cells.input
      recorded.cachedInput = cells.cachedInput
      recorded.output = cells.output
      recorded.work = cells.time ?? -1
      recorded.operation = cells.isMain ? main : subAgent
      recorded.followsPerson = cells.followsPerson
      (recorded.turn, recorded.call) = (turn, call)
      if cells.isMain {
        recorded.pause = cells.think.map { max(0, $0 - subAgentTime) } ?? -1
        subAgentTime = 0
      } else {
        recorded.pause = cells.think ?? -1
        subAgentTime += (cells.think ?? 0) + (cells.time ?? 0)
      }
      return recorded
    }
  }
}

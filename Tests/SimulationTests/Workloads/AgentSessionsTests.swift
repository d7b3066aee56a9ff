import Testing
import WeirFormats
import WeirKernel

@testable import WeirSimulation

@Suite struct AgentSessionsTests {
  static let header =
    "session,agent,step,offset_ms,user_turn,input_tokens,cached_tokens,output_tokens,api_ms,think_ms,"
    + "stop,model\n"

  /// Two sessions by hand: unknown cells, a second turn, two sub-agents side by side.
  static let hand =
    header + """
      a,m,0,0,1,1000,0,100,7000,0,tool_use,x
      a,m,1,12000,0,1500,960,20,,5000,tool_use,x
      a,m,2,40000,1,1600,1472,30,3000,,end_turn,x
      b,m,0,0,1,50,0,1,1000,0,tool_use,x
      b,m/1,0,0,1,60,0,2,2000,0,tool_use,y
      b,m/1,1,3000,0,70,64,3,4000,1000,end_turn,y
      b,m/2,0,0,1,80,0,4,5000,0,end_turn,y
      b,m,3,20000,0,90,64,5,6000,15000,end_turn,x
      b,m,4,60000,1,95,90,6,1000,30000,end_turn,x
      """

  static func read(_ text: String) throws -> TraceReading {
    let format = AgentSessions.read(from: .object([])).value
    return format.read(SourceFile(name: "sessions.csv", text: text))
  }

  @Test("a session is the run of its rows; cached input is apart from new input")
  func sessions() throws {
    let reading = try Self.read(Self.hand)
    #expect(reading.issues.isEmpty)
    let demand = reading.demand
    #expect(!demand.hasStarts && !demand.hasAccounts)
    #expect(demand.sessions.map(\.count) == [3, 6])
    #expect(demand.calls.map(\.input) == [1000, 540, 128, 50, 60, 6, 80, 26, 5])
    #expect(demand.calls.map(\.cachedInput) == [0, 960, 1472, 0, 0, 64, 0, 64, 90])
    #expect(demand.calls.map(\.output) == [100, 20, 30, 1, 2, 3, 4, 5, 6])
    #expect(demand.operations == ["main", "subAgent"])
    #expect(demand.calls.map(\.operation) == [0, 0, 0, 0, 1, 1, 1, 0, 0])
  }

  @Test("a person's message begins a turn; each call of a session has a place of its own")
  func turns() throws {
    let calls = try Self.read(Self.hand).demand.calls
    #expect(calls.map(\.turn) == [0, 0, 1, 0, 0, 0, 0, 0, 1])
    #expect(calls.map(\.call) == [0, 1, 0, 0, 1, 2, 3, 4, 0])
    #expect(
      calls.map(\.followsPerson) == [true, false, true, true] + Array(repeating: false, count: 4)
        + [true])
  }

  @Test("an empty time or pause is unknown, not nothing")
  func unknown() throws {
    let demand = try Self.read(Self.hand).demand
    let second: Int64 = 1_000_000_000
    #expect(demand.calls[1].work == -1)
    #expect(demand.calls[2].pause == -1)
    #expect(demand.calls[0].work == 7 * second)
    #expect(demand.calls[1].pause == 5 * second)
    // The pauses before a person's message: 30 s. After a tool: 0, 0, 1, 5 and 15 s.
    #expect(demand.medianPauses.person == .seconds(30))
    #expect(demand.medianPauses.tool == .seconds(1))
    #expect(!demand.needsPauses)
  }

  @Test("the main agent waits for its sub-agents; only what its pause is longer remains")
  func subAgents() throws {
    let calls = try Self.read(Self.hand).demand.calls
    // The sub-agents took 2 + 1 + 4 and 5 seconds of the 15 that the main agent paused.
    #expect(calls[7].pause == 3_000_000_000)
    let shorter = Self.hand.split(separator: "15000").joined(separator: "9000")
    #expect(try Self.read(shorter).demand.calls[7].pause == 0)
  }

  @Test("unknown pauses without a known one of their kind need a law")
  func needsPauses() throws {
    let demand = try Self.read(
      Self.header + "a,m,0,0,1,1,0,1,,,x,x\na,m,1,0,1,1,0,1,,,x,x\na,m,2,0,0,1,0,1,,4,x,x\n"
    ).demand
    #expect(demand.needsPauses)
    #expect(demand.medianPauses.person == nil)
  }

  @Test(
    "a malformed row is named by line and column",
    arguments: [
      ("a,x,1,0,0,1,0,1,1,1,,", "sessions.csv:3:3", "agent", "\"m\", or \"m/\" and a step"),
      ("a,m/,1,0,0,1,0,1,1,1,,", "sessions.csv:3:3", "agent", "found \"m/\""),
      ("a,m,1,0,2,1,0,1,1,1,,", "sessions.csv:3:9", "user_turn", "from 0 to 1"),
      ("a,m,1,0,0,,0,1,1,1,,", "sessions.csv:3:11", "input_tokens", "found an empty cell"),
      ("a,m,1,0,0,5,6,1,1,1,,", "sessions.csv:3:13", "cached_tokens", "at most the 5 input"),
      ("a,m,1,0,0,5,1,1,1.5,1,,", "sessions.csv:3:17", "api_ms", "found \"1.5\""),
      ("a,m,1,0,0,5,1,1,1,-1,,", "sessions.csv:3:19", "think_ms", "from 0"),
      ("a,m,1,0,0,5,1,1,1,1,", "sessions.csv:3:1", nil, "expected 12 cells, found 11"),
    ])
  func malformed_Fails(row: String, place: String, column: String?, words: String) throws {
    let issues = try Self.read(Self.header + "a,m,0,0,1,1,0,1,1,0,,\n\(row)\n").issues
    let issue = try #require(issues.first)
    #expect(issues.count == 1)
    #expect(issue.position?.description == place)
    #expect(issue.column == column)
    #expect(IssueRenderer.message(issue).contains(words))
  }

  @Test("the rows of a session stand together")
  func together_Fails() throws {
    let row = { (session: String) in "\(session),m,0,0,1,1,0,1,1,0,,\n" }
    let issues = try Self.read(Self.header + ["a", "b", "a", "a"].map(row).joined()).issues
    #expect(issues.map(\.position?.description) == ["sessions.csv:4:1"])
    #expect(issues.first?.column == "session")
  }
}

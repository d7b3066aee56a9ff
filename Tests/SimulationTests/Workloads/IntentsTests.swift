import Testing
import WeirFormats

@testable import WeirSimulation

@Suite struct IntentsTests {
  static func read(_ text: String, _ fields: JSONNode = .object([])) throws -> TraceReading {
    let reading = Intents.read(from: fields)
    #expect(reading.issues.isEmpty)
    return reading.value.read(SourceFile(name: "intents.csv", text: text))
  }

  @Test("the least that a trace has is a time in each row")
  func least() throws {
    let reading = try Self.read("time_ns\n5000\n3000\n9000")
    #expect(reading.issues.isEmpty)
    let demand = reading.demand
    #expect(demand.hasStarts && !demand.hasAccounts)
    #expect(demand.sessions.map(\.start) == [3000, 5000, 9000])
    #expect(demand.calls.allSatisfy { $0.units == 1 && $0.work < 0 })
    #expect(demand.operations == ["request"])
  }

  static let interleaved = """
    account,session,turn,call,time_ns,pause_ns,operation,input_tokens,units,work_ns,fails
    1,0,0,0,100,,edit,5,,7,
    0,0,0,0,110,,chat,6,2,8,false
    1,0,0,1,130,20,edit,7,,9,true
    0,1,0,0,140,,chat,8,,,
    1,0,1,0,190,30,chat,9,,11,
    """

  @Test("rows of one account and session are its calls, however they are interleaved")
  func sessions() throws {
    let reading = try Self.read(Self.interleaved)
    #expect(reading.issues.isEmpty)
    let demand = reading.demand
    #expect(demand.hasAccounts)
    #expect(demand.accounts == 2)
    #expect(demand.sessions.map(\.start) == [100, 110, 140])
    #expect(demand.sessions.map(\.account) == [1, 0, 0])
    #expect(demand.sessions.map(\.number) == [0, 0, 1])
    let calls = demand.sessions.map { demand.calls[Int($0.firstCall)..<Int($0.endOfCalls)] }
    #expect(calls.map { $0.map(\.input) } == [[5, 7, 9], [6], [8]])
    #expect(calls[0].map(\.pause) == [-1, 20, 30])
    #expect(calls[0].map(\.call) == [0, 1, 0])
    #expect(calls[0].map(\.turn) == [0, 0, 1])
    #expect(calls[0].map(\.fails) == [false, true, false])
    #expect(calls[1].map(\.units) == [2])
    #expect(calls[2].map(\.work) == [-1])
    #expect(demand.operations == ["edit", "chat"])
    #expect(calls[0].map(\.operation) == [0, 0, 1])
  }

  @Test("calls without numbers are numbered")
  func numbered() throws {
    let demand = try Self.read(
      "account,session,time_ns,pause_ns\n0,0,0,\n0,0,5,1\n0,0,9,1\n0,1,20,\n"
    ).demand
    #expect(demand.calls.map(\.call) == [0, 1, 2, 0])
  }

  static let runs = """
    policy,replication,population,time_ns
    open,0,a,1
    open,0,b,2
    open,1,a,3
    shut,0,a,4
    """

  @Test("a file of several runs is read for the chosen one")
  func chosen() throws {
    let starts = { (fields: JSONNode) in
      let reading = try Self.read(Self.runs, fields)
      #expect(reading.issues.isEmpty)
      return reading.demand.sessions.count
    }
    #expect(try starts(["policy": "open", "replication": 0, "population": "a"]) == 1)
    #expect(try starts(["policy": "shut"]) == 1)
    #expect(try starts(["replication": 1]) == 1)
  }

  @Test("where rows differ in what is not chosen, the first that does is named")
  func chosen_Fails() throws {
    let issue = try #require(try Self.read(Self.runs).issues.first)
    #expect(issue.position?.description == "intents.csv:3:8")
    #expect(issue.column == "population")
    let other = try #require(
      try Self.read(Self.runs, ["policy": "open", "population": "a"]).issues.first)
    #expect(other.position?.description == "intents.csv:4:6")
    #expect(IssueRenderer.message(other).contains("rows of one replication"))
    let none = try #require(try Self.read(Self.runs, ["policy": "gone"]).issues.first)
    #expect(IssueRenderer.message(none).contains("at least one row of the chosen run"))
    let absent = try #require(try Self.read("time_ns\n1\n", ["policy": "open"]).issues.first)
    #expect(absent.problem.name == "missingField")
  }

  @Test("a column that the format does not have is refused, with the nearest that it has")
  func columns_Fails() throws {
    let issues = try Self.read("time_ns,output_token,x\n1,2,3\n4,5,6\n").issues
    #expect(issues.map(\.problem.name) == ["unknownField", "unknownField"])
    #expect(issues.map(\.position?.description) == ["intents.csv:1:9", "intents.csv:1:22"])
    #expect(issues.first?.suggestion == "output_tokens")
    let missing = try Self.read("account\n1\n").issues
    #expect(missing.map(\.problem.name) == ["missingField"])
  }

  @Test(
    "a malformed row is named by line and column",
    arguments: [
      ("0,0,0,0,-1,,chat,6,2,8,false", "intents.csv:3:9", "time_ns"),
      ("x,0,0,0,1,,chat,6,2,8,false", "intents.csv:3:1", "account"),
      ("0,4294967296,0,0,1,,chat,6,2,8,false", "intents.csv:3:3", "session"),
      ("0,0,0,0,1,,chat,6,2.5,8,false", "intents.csv:3:19", "units"),
      ("0,0,0,0,1,,chat,6,2,8,no", "intents.csv:3:23", "fails"),
      ("0,0,0,0,1,1e30,chat,6,2,8,", "intents.csv:3:11", "pause_ns"),
    ])
  func malformed_Fails(row: String, place: String, column: String) throws {
    let lines = Self.interleaved.split(separator: "\n")
    let issues = try Self.read("\(lines[0])\n\(lines[1])\n\(row)\n\(lines[3])").issues
    #expect(issues.map(\.position?.description) == [place])
    #expect(issues.map(\.column) == [column])
  }
}

import Testing
import WeirFormats
import WeirKernel

@testable import WeirSimulation

@Suite struct TraceTests {
  /// A scenario whose only population replays a file, with more fields and policies where wanted.
  static func scenario(
    format: String, accounts: Int = 5, servers: Int = 10, _ fields: String = "",
    service: String = #"{"noise": 0}"#, horizon: String = "1h", more: String = ""
  ) -> String {
    """
    {
      "horizon": "\(horizon)", "initial": "fresh",
      "populations": [ {
        "name": "people", "accounts": \(accounts),
        "workload": {
          "type": "trace", "file": "t.csv", "service": \(service), "format": \(format)\(fields)
        }
      } ],
      "fleet": [ {"name": "servers", "servers": \(servers)} ]\(more)
    }
    """
  }

  static func intents(
    _ text: String, _ file: String, policy: Int = 0, seed: UInt64 = 1
  ) throws -> [IntentRecord] {
    let result = try TestScenario.read(text, files: ["t.csv": file]).run(
      policy: policy, seed: seed, keepsIntents: true)
    #expect(result.broken == [])
    return result.events?.intents ?? []
  }

  static let azure = AzureRequestsTests.published
  static let agents = AgentSessionsTests.hand
  static let generated = #", "interarrival": "1m""#

  // MARK: Requests with times

  @Test("recorded requests come at their times, whatever becomes of them")
  func requests() throws {
    let intents = try Self.intents(Self.scenario(format: "\"azure\"", servers: 1), Self.azure)
    #expect(intents.map(\.firstAttemptAt.nanoseconds) == [0, 4_314_579_000, 64_319_410_100])
    #expect(intents.map(\.demand.input) == [374, 396, 91])
    // 1.31 s + 374 x 33.8 us + 44 x 14.8 ms.
    #expect(intents[0].demand.work == SimDuration(nanoseconds: 1_973_841_200))
    #expect(intents[0].demand.workToFirstToken == SimDuration(nanoseconds: 1_322_641_200))
  }

  @Test("every account is as likely as the Zipf law says, and the same under every policy")
  func owners() throws {
    let rows = (0..<4000).map { "\($0 * 1_000_000)" }.joined(separator: "\n")
    let policies = #", "policies": [{"name": "a"}, {"name": "b", "scheduler": "priority"}]"#
    let text = Self.scenario(
      format: "\"weir\"", accounts: 4, #", "accountExponent": 1"#, service: #"{"base": "1ms"}"#,
      more: policies)
    let first = try Self.intents(text, "time_ns\n" + rows)
    // Weights 1, 1/2, 1/3, 1/4 over 25/12: 1920, 960, 640, 480 expected; chi-square of 3 degrees
    // below its 99.9 % point.
    let counts = (0..<4).map { account in first.count { $0.account == account } }
    let expected = [1920.0, 960, 640, 480]
    let distance = zip(counts, expected).reduce(0.0) {
      $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) / $1.1
    }
    #expect(distance < 16.27, "\(counts)")
    let other = try Self.intents(text, "time_ns\n" + rows, policy: 1)
    #expect(other.map(\.account) == first.map(\.account))
    let replication = try Self.intents(text, "time_ns\n" + rows, seed: 2)
    #expect(replication.map(\.account) != first.map(\.account))
  }

  // MARK: Sessions

  @Test("a session keeps its pauses, not its clock: each call follows the end of the one before")
  func closedLoop() throws {
    let intents = try Self.intents(
      Self.scenario(format: "\"agentSessions\"", accounts: 1, servers: 2, Self.generated),
      Self.agents)
    let session = intents.filter { $0.session == 0 }
    let second: Int64 = 1_000_000_000
    // The call of unknown time has 1.31 s + 540 x 33.8 us + 960 x 14.4 us + 20 x 14.8 ms.
    let unknown: Int64 = 1_310_000_000 + 18_252_000 + 13_824_000 + 296_000_000
    #expect(session.map(\.demand.work.nanoseconds) == [7 * second, unknown, 3 * second])
    // Pauses: 5 s, and the median before a person's message, 30 s, for the unknown one.
    let start = 60 * second
    #expect(
      session.map(\.firstAttemptAt.nanoseconds) == [
        start, start + 12 * second, start + 12 * second + unknown + 30 * second,
      ])
    #expect(session.map(\.pause) == [nil, .seconds(5), .seconds(30)])
  }

  @Test("a slower fleet delays what comes next")
  func slower() throws {
    let last = { (servers: Int) in
      try Self.intents(
        Self.scenario(
          format: "\"agentSessions\"", servers: servers, #", "interarrival": "1s""#), Self.agents
      ).filter { $0.demand.input == 5 }.map(\.firstAttemptAt)
    }
    #expect(try last(1)[0] > last(2)[0])
  }

  @Test("a law of pauses stands for unknown ones")
  func pauseLaw() throws {
    let intents = try Self.intents(
      Self.scenario(
        format: "\"agentSessions\"", accounts: 1, Self.generated + #", "pause": "77s""#),
      Self.agents)
    #expect(intents.filter { $0.session == 0 }.map(\.pause) == [nil, .seconds(5), .seconds(77)])
  }

  @Test("session starts are generated, the same under every policy and new in each replication")
  func starts() throws {
    let policies = #", "policies": [{"name": "a"}, {"name": "b", "scheduler": "priority"}]"#
    let text = Self.scenario(
      format: "\"agentSessions\"",
      #", "interarrival": {"type": "exponential", "mean": "1m"}"#, more: policies)
    let starts = { (policy: Int, seed: UInt64) in
      try Self.intents(text, Self.agents, policy: policy, seed: seed).filter { $0.pause == nil }
        .map { [Int64($0.account), $0.firstAttemptAt.nanoseconds] }
    }
    #expect(try starts(0, 1) == starts(1, 1))
    #expect(try starts(0, 1) != starts(0, 2))
    #expect(try starts(0, 1).count == 2)
  }

  @Test("what was measured of a call's time is its work; the first token takes its part by tokens")
  func firstToken() throws {
    let intents = try Self.intents(
      Self.scenario(format: "\"agentSessions\"", Self.generated), Self.agents)
    let first = try #require(intents.first { $0.demand.input == 1000 }).demand
    // 1.3438 s of the 2.8238 s that the tokens come to.
    #expect(first.work == .seconds(7))
    #expect(first.workToFirstToken.nanoseconds == 7_000_000_000 * 1_343_800 / 2_823_800)
  }

  // MARK: Rules

  @Test("what a trace does not say must be given, and only that")
  func rules_Fails() throws {
    let issues = { (format: String, fields: String, file: String) in
      try TestScenario.issues(Self.scenario(format: format, fields), files: ["t.csv": file])
    }
    let place = "/populations/0/workload"
    #expect(
      try issues("\"agentSessions\"", "", Self.agents).map { $0.hasSuffix("found an object") }
        == [true])
    let twice = try issues("\"azure\"", Self.generated, Self.azure)
    #expect(twice.count == 1)
    #expect(twice[0].contains("\(place)/interarrival: expected no such field"))
    let pauses = try issues("\"weir\"", "", "session,time_ns\n0,1\n0,2\n")
    #expect(pauses.count == 1)
    #expect(pauses[0].contains("expected \"pause\""))
    #expect(try issues("\"weir\"", #", "pause": "1s""#, "session,time_ns\n0,1\n0,2\n").isEmpty)
  }

  @Test("a trace that names accounts needs as many")
  func accounts_Fails() throws {
    let file = "account,time_ns\n0,1\n5,2\n"
    let few = try TestScenario.issues(Self.scenario(format: "\"weir\""), files: ["t.csv": file])
    #expect(few.count == 1)
    #expect(few[0].contains("/populations/0/accounts: expected at least 6 accounts"))
    let enough = try Self.intents(Self.scenario(format: "\"weir\"", accounts: 6), file)
    #expect(enough.map(\.account) == [0, 5])
  }

  @Test("malformed rows come with all other issues, at their own file and line")
  func malformed_Fails() throws {
    let text = Self.scenario(format: "\"weir\"", servers: 0)
    let issues = try TestScenario.issues(text, files: ["t.csv": "time_ns\n1\nx\n"])
    #expect(issues.count == 2)
    #expect(issues[0].hasPrefix("t.csv:3:1: /populations/0/workload/file: expected a whole number"))
    #expect(issues[1].contains("/fleet/0/servers"))
    let missing = try TestScenario.issues(text, files: [:])
    #expect(missing[0].contains("there is no file \"t.csv\""))
  }

  @Test("windows in the middle of a long life start from each account's own recorded demand")
  func stationary() throws {
    let rows = (0..<3600).map { "\($0 % 10 == 0 ? 1 : 0),\($0 * 1_000_000_000)" }
    let text = """
      {
        "horizon": "1h",
        "populations": [ {
          "name": "people", "accounts": 3,
          "workload": {"type": "trace", "file": "t.csv", "format": "weir", "service": {"base": "1s"}}
        } ],
        "fleet": [ {"name": "servers", "servers": 3} ]
      }
      """
    let scenario = try TestScenario.read(
      text, files: ["t.csv": "account,time_ns\n" + rows.joined(separator: "\n")])
    var workload = scenario.setting.populations[0].workload
    workload.prepare(accounts: 3, at: SampleKey(seed: 1))
    let expected = workload.expectedUnitsPerDay([CostMeter(unit: 1)])
    let days = 3599.0 / 86400
    for (place, requests) in [3240.0, 360, 0].enumerated() {
      let own = expected * workload.demandMultiple(ofAccountAt: UInt32(place))
      #expect((own - requests / days).magnitude < 1e-6 * 86400)
    }
  }
}

import Foundation
import Testing
import WeirFormats
import WeirSimulation

@testable import WeirLab

/// The committed scenarios on the real traces, which are not committed.
///
/// They are looked for in the folder that `WEIR_TRACES` names, otherwise in `../shared/traces`
/// beside the checkout; without them, or without gunzip, a line says what is skipped.
@Suite struct RecordedTracesTests {
  static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardized

  static let folder: String = {
    let named = ProcessInfo.processInfo.environment[InputSearch.variable]
    return named ?? checkout.appendingPathComponent("../shared/traces").standardized.path
  }()

  /// The bytes of a file of the folder, unpacked; `nil` when it is not here.
  static func source(_ path: String) throws -> SourceFile? {
    let place = folder + "/" + path
    guard FileManager.default.fileExists(atPath: place) else {
      print("SKIP: \(path) is not in WEIR_TRACES or ../shared/traces")
      return nil
    }
    guard GunzipTests.isHere() else { return nil }
    return SourceFile(name: path, bytes: try Gunzip.system.unpacked(fileAt: place))
  }

  /// Runs one replication of a committed scenario under each of its policies.
  static func results(_ scenario: String) throws -> [(policy: String, result: RunResult)] {
    let path = checkout.appendingPathComponent("Scenarios/\(scenario).json").path
    let file = try ScenarioFile(
      path, overrides: ScenarioOverrides([.replications("1")]),
      search: InputSearch(traces: folder))
    let study = Study(file)
    return study.runs.map { ($0.policyName, StudyRunner.result(of: $0.index, in: study)) }
  }

  static func check(_ scenario: String, rows: Double, policies: Int) throws {
    let results = try results(scenario)
    #expect(results.count >= policies)
    for (policy, result) in results {
      #expect(result.broken == [], "\(policy)")
      let intents = try #require(result.metrics[.intents])
      let unreached = try #require(result.metrics[.unreached])
      let cutOff = try #require(result.metrics[.cutOff])
      #expect(intents + unreached + cutOff == rows, "\(policy)")
      print(
        "traces: \(scenario), \(policy): \(Int(intents)) intents + \(Int(unreached)) unreached"
          + " + \(Int(cutOff)) cut off = \(Int(intents + unreached + cutOff)) rows")
    }
  }

  @Test("azure-conversation: 19,366 rows = intents + unreached + cut off under each policy")
  func azure() throws {
    guard try Self.source("azure_llm_2023/AzureLLMInferenceTrace_conv.csv.gz") != nil else {
      return
    }
    try Self.check("azure-conversation", rows: 19_366, policies: 3)
  }

  @Test("agent-sessions: 34,438 calls = intents + unreached + cut off under each policy")
  func agents() throws {
    guard try Self.source("kv_cache_tester/requests.csv.gz") != nil else { return }
    try Self.check("agent-sessions", rows: 34_438, policies: 3)
  }

  @Test("every published Azure row is read as another program normalised it")
  func azureRows() throws {
    guard let published = try Self.source("azure_llm_2023/AzureLLMInferenceTrace_conv.csv.gz"),
      let normalised = try Self.source("azure_llm_2023/normalised_conv.csv.gz")
    else { return }
    let reading = AzureRequests.read(from: .object([])).value.read(published)
    #expect(reading.issues.isEmpty)
    let demand = reading.demand
    var rows = try CSVReader(normalised)
    let columns = try ["arrival_us", "input_tokens", "output_tokens"].map {
      (name) throws(ScenarioIssue) in try rows.column(name)
    }
    var place = 0
    var differing = 0
    while try rows.next() {
      let session = demand.sessions[place]
      let call = demand.calls[Int(session.firstCall)]
      // The other program cut each instant to microseconds before it subtracted the first.
      let difference = session.start / 1000 - (try rows.integer(columns[0]))
      let input = try rows.integer(columns[1])
      let output = try rows.integer(columns[2])
      let isSame =
        (0...1).contains(difference) && call.input == input && call.output == output
      if !isSame { differing += 1 }
      place += 1
    }
    #expect(place == 19_366)
    #expect(demand.calls.count == place)
    #expect(differing == 0)
  }

  @Test("the agent sessions are read as their table says, counted by another program")
  func agentRows() throws {
    guard let source = try Self.source("kv_cache_tester/requests.csv.gz") else { return }
    let reading = AgentSessions.read(from: .object([])).value.read(source)
    #expect(reading.issues.isEmpty)
    let demand = reading.demand
    // Counted with Python's csv module.
    #expect(demand.sessions.count == 508)
    #expect(demand.calls.count == 34_438)
    #expect(demand.calls.count { $0.operation == 1 } == 467)
    #expect(demand.calls.count { $0.work < 0 } == 3187)
    #expect(demand.calls.count { $0.pause < 0 } == 65)
    #expect(demand.sessions.map(\.count).max() == 561)
    #expect(demand.sessions.map(\.count).min() == 3)
  }
}

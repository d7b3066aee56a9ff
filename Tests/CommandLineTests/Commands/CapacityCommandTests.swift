import Foundation
import Testing

@testable import WeirCommandLine

@Suite struct CapacityCommandTests {
  /// The small scenario, which holds that most are done in time.
  static func run(_ words: String..., threshold: String = "<= 20") throws -> (
    code: ExitCode, captured: CapturedConsole
  ) {
    let scratch = try ScratchFolder()
    let path = try scratch.file(
      "small.json",
      smallScenario.replacingOccurrences(of: ">= 0.1", with: threshold)
        .replacingOccurrences(
          of: "\"metric\": \"served_share\"", with: "\"metric\": \"end_to_end_p95_s\""
        )
        .replacingOccurrences(of: "\"service\": \"1s\"", with: "\"service\": \"4s\""))
    let captured = CapturedConsole()
    return (captured.run(["capacity", path] + words), captured)
  }

  @Test("each policy gets its table and its answer")
  func tables() throws {
    let (code, captured) = try Self.run(
      "--smallest", "/fleet/0/servers", "--from", "1", "--to", "12")
    #expect(captured.output.contains("\nopen "))
    #expect(captured.output.contains("is the smallest /fleet/0/servers that meets"))
    #expect(captured.output.contains("served"))
    // A limit of five in twenty seconds refuses whatever the fleet.
    #expect(captured.output.hasPrefix("tight "))
    #expect(captured.output.contains("no /fleet/0/servers of these meets the thresholds"))
    #expect(code == .thresholdFailed)
    let (_, quiet) = try Self.run(
      "--smallest", "/fleet/0/servers", "--from", "1", "--to", "12", "-q")
    #expect(quiet.output.hasPrefix("tight: none\nopen: "))
  }

  @Test("the numbers do not depend on the jobs")
  func jobs() throws {
    let outputs = try ["1", "2", "7"].map { jobs in
      try Self.run(
        "--largest", "/populations/0/accounts", "--from", "1", "--to", "12", "-j", jobs
      ).captured.output
    }
    #expect(Set(outputs).count == 1)
  }

  @Test("what is not asked for in full is a mistake of usage")
  func usage() throws {
    #expect(try Self.run("--smallest", "/fleet/0/servers", "--from", "1").code == .usage)
    #expect(try Self.run("--from", "1", "--to", "2").code == .usage)
    #expect(
      try Self.run("--smallest", "fleet", "--from", "1", "--to", "2").code == .usage)
    #expect(
      try Self.run("--smallest", "/fleet/0/servers", "--from", "2", "--to", "1").code == .usage)
    #expect(
      try Self.run(
        "--smallest", "/fleet/0/servers", "--largest", "/fleet/0/servers", "--from", "1", "--to",
        "2"
      ).code == .usage)
  }

  @Test("a scenario without thresholds has no capacity")
  func nothing() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("s.json", TestCommandTests.scenario(""))
    let captured = CapturedConsole()
    let code = captured.run(
      "capacity", path, "--smallest", "/fleet/0/servers", "--from", "1", "--to", "2")
    #expect(code == .invalidInput)
    #expect(captured.error.contains("has no thresholds"))
  }
}

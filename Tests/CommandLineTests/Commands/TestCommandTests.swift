import Foundation
import Testing
import WeirFormats

@testable import WeirCommandLine

@Suite struct TestCommandTests {
  /// The small scenario with this list of thresholds.
  static func scenario(_ thresholds: String) -> String {
    smallScenario.replacingOccurrences(
      of: #"{"id": "served", "metric": "served_share", "assert": ">= 0.1"}"#, with: thresholds)
  }

  static let pass = #"{"id": "low", "metric": "served_share", "assert": ">= 0.1"}"#
  static let fail = #"{"id": "high", "metric": "served_share", "assert": ">= 2"}"#
  static let inconclusive = """
    {"id": "open", "metric": "served_share", "assert": "<= 0.5", "on": "ci_upper",
    "where": {"policy": "tight"}}
    """
  static let noData = #"{"id": "none", "metric": "end_to_end_p999_s", "assert": ">= 0"}"#
  static let unknown = #"{"id": "typo", "metric": "servd_share", "assert": ">= 0"}"#

  @Test(
    "pass, fail, inconclusive, no data and an unknown metric each have their exit code",
    arguments: [
      (pass, false, ExitCode.success), (pass, true, .success), (fail, false, .thresholdFailed),
      (fail, true, .thresholdFailed), (inconclusive, false, .success),
      (inconclusive, true, .inconclusive), (noData, false, .thresholdFailed),
      (unknown, false, .invalidInput),
      (pass + "," + inconclusive + "," + fail, true, .thresholdFailed),
    ])
  func codes(_ thresholds: String, _ isStrict: Bool, _ code: ExitCode) throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("s.json", Self.scenario(thresholds))
    let captured = CapturedConsole()
    let words = ["test", path] + (isStrict ? ["--strict"] : [])
    #expect(WeirProgram.run(words, captured.context) == code, "\(captured.output)")
    if thresholds == Self.unknown {
      #expect(captured.error.contains("did you mean \"served_share\"?"))
      #expect(captured.error.contains("/thresholds/0/metric"))
    }
  }

  @Test("a folder is tested file by file, and ends with the worst of them")
  func folder() throws {
    let scratch = try ScratchFolder()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/deep/.hidden", withIntermediateDirectories: true)
    _ = try scratch.file("a.json", Self.scenario(Self.pass))
    _ = try scratch.file("deep/b.json", Self.scenario(Self.inconclusive))
    _ = try scratch.file("deep/.hidden/c.json", "not JSON")
    _ = try scratch.file("d.json", Self.scenario(""))
    _ = try scratch.file("notes.txt", "not JSON")
    let fine = CapturedConsole()
    #expect(fine.run("test", scratch.path + "/") == .success)
    #expect(
      fine.output.contains(
        "\(scratch.path)/a.json: 2 of 2 pass (6 runs)\n  PASS          low  tight"))
    #expect(fine.output.contains("\(scratch.path)/d.json: no thresholds\n"))
    #expect(fine.output.contains("deep/b.json: 0 of 1 pass, 1 inconclusive (6 runs)\n"))
    #expect(fine.output.contains("replications would settle it"))
    #expect(fine.output.hasSuffix("2 files: 2 pass, 0 fail, 1 inconclusive\n"))
    #expect(CapturedConsole().run("test", scratch.path, "--strict") == .inconclusive)
    _ = try scratch.file("e.json", Self.scenario(Self.fail))
    #expect(CapturedConsole().run("test", scratch.path, "--strict") == .thresholdFailed)
    _ = try scratch.file("0.json", "{}")
    let invalid = CapturedConsole()
    #expect(invalid.run("test", scratch.path) == .invalidInput)
    #expect(invalid.output.contains("e.json: 0 of 2 pass"))
  }

  @Test("a folder without scenarios, or without thresholds, is not a pass")
  func nothing() throws {
    let scratch = try ScratchFolder()
    #expect(CapturedConsole().run("test", scratch.path) == .missingInput)
    _ = try scratch.file("d.json", Self.scenario(""))
    let captured = CapturedConsole()
    #expect(captured.run("test", scratch.path) == .missingInput)
    #expect(captured.error.contains("no scenario with thresholds"))
    #expect(CapturedConsole().run("test", scratch.path + "/nowhere.json") == .missingInput)
  }

  @Test("JUnit, annotations and the summary tell the same of every threshold")
  func reports() throws {
    let scratch = try ScratchFolder()
    let all = [Self.pass, Self.fail, Self.inconclusive, Self.noData].joined(separator: ", ")
    let path = try scratch.file("s.json", Self.scenario(all))
    let captured = CapturedConsole()
    let code = captured.run(
      "test", path, "--junit", scratch.path + "/j.xml", "--summary", scratch.path + "/s.md",
      "--github")
    #expect(code == .thresholdFailed)
    let xml = try scratch.text("j.xml")
    #expect(xml.contains("<testsuite name=\"small\""))
    #expect(xml.contains("tests=\"7\" failures=\"4\" errors=\"0\" skipped=\"1\""))
    #expect(xml.contains("<testcase classname=\"small\" name=\"low (tight)\"/>"))
    #expect(xml.contains("served_share &gt;= 2: found"))
    let errors = captured.output.split(separator: "\n").filter { $0.hasPrefix("::error file=") }
    #expect(errors.count == 4)
    #expect(errors.allSatisfy { $0.contains("s.json,line=") })
    #expect(captured.output.contains("::warning file="))
    let summary = try scratch.text("s.md")
    #expect(summary.hasPrefix("### Weir: 2 of 7 thresholds pass\n"))
    #expect(summary.contains("| FAIL | high (tight) | served\\_share &gt;= 2: found"))
    #expect(summary.contains("| INCONCLUSIVE | open (tight) |"))
  }

  @Test("under GitHub Actions annotations and a summary come by themselves")
  func actions() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("s.json", Self.scenario(Self.fail))
    _ = try scratch.file("s.md", "before\n")
    let captured = CapturedConsole()
    var context = captured.context
    context.environment = [
      "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": scratch.path + "/s.md",
    ]
    #expect(WeirProgram.run(["test", path], context) == .thresholdFailed)
    #expect(captured.output.contains("::error file="))
    #expect(try scratch.text("s.md").hasPrefix("before\n### Weir: 0 of 2 thresholds pass\n"))
    let plain = CapturedConsole()
    _ = plain.run("test", path)
    #expect(!plain.output.contains("::error"))
  }

  @Test("a report that cannot be written ends with 74")
  func unwritable() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("s.json", Self.scenario(Self.pass))
    #expect(CapturedConsole().run("test", path, "--junit", "/proc/none/j.xml") == .cannotWrite)
    #expect(CapturedConsole().run("test", path, "--summary", "/proc/none/s.md") == .cannotWrite)
  }
}

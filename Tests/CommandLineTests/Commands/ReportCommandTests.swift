import Foundation
import Testing

@testable import WeirCommandLine

@Suite struct ReportCommandTests {
  /// Runs the small scenario into `out`.
  static func results() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    #expect(captured.run("run", path, "-o", scratch.path + "/out", "-q") == .success)
    return scratch
  }

  @Test("a folder of results gets its page")
  func page() throws {
    let scratch = try Self.results()
    let captured = CapturedConsole()
    #expect(captured.run("report", scratch.path + "/out/") == .success)
    let page = try scratch.text("out/report.html")
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("<bdi>small</bdi>"))
    #expect(captured.output.isEmpty)
    #expect(captured.error.contains("/out/report.html: "))
  }

  @Test("the page goes where it is asked for, or to the output")
  func elsewhere() throws {
    let scratch = try Self.results()
    let path = scratch.path + "/page.html"
    #expect(CapturedConsole().run("report", scratch.path + "/out", "-o", path) == .success)
    let captured = CapturedConsole()
    #expect(captured.run("report", scratch.path + "/out", "-o", "-") == .success)
    #expect(captured.output == (try scratch.text("page.html")))
    #expect(!scratch.has("out/report.html"))
  }

  @Test("a run with --report has its page at once, the same as later")
  func atOnce() throws {
    let scratch = try Self.results()
    #expect(CapturedConsole().run("report", scratch.path + "/out") == .success)
    let later = try scratch.text("out/report.html")
    let captured = CapturedConsole()
    let code = captured.run(
      "run", scratch.path + "/small.json", "-o", scratch.path + "/out", "--report")
    #expect(code == .success)
    #expect(try scratch.text("out/report.html") == later)
    #expect(captured.error.contains("report.html"))
  }

  @Test("a folder without results ends with 66, and says what writes them")
  func missing() throws {
    let scratch = try ScratchFolder()
    let captured = CapturedConsole()
    #expect(captured.run("report", scratch.path) == .missingInput)
    #expect(captured.error.contains("cannot read \(scratch.path)/manifest.json"))
    #expect(captured.error.contains("weir run SCENARIO"))
  }

  @Test("results that were changed end with 65")
  func altered() throws {
    let scratch = try Self.results()
    let text = try scratch.text("out/runs.csv")
    _ = try scratch.file("out/runs.csv", text + "\n")
    let captured = CapturedConsole()
    #expect(captured.run("report", scratch.path + "/out") == .invalidInput)
    #expect(captured.error.contains("runs.csv is not what its manifest says"))
    #expect(!scratch.has("out/report.html"))
  }

  @Test("a manifest that cannot be read ends with 65 and its place")
  func invalid() throws {
    let scratch = try Self.results()
    _ = try scratch.file("out/manifest.json", "{\n  \"weir\": \n}")
    let captured = CapturedConsole()
    #expect(captured.run("report", scratch.path + "/out") == .invalidInput)
    #expect(captured.error.contains("manifest.json:3:1"))
  }

  @Test("a point that is not there is a mistake of usage")
  func point() throws {
    let scratch = try Self.results()
    let captured = CapturedConsole()
    #expect(captured.run("report", scratch.path + "/out", "--point", "bas") == .usage)
    #expect(captured.error.contains("there is no point \"bas\"; did you mean base?"))
  }

  @Test("a place that cannot be written ends with 74")
  func unwritable() throws {
    let scratch = try Self.results()
    let captured = CapturedConsole()
    let code = captured.run("report", scratch.path + "/out", "-o", scratch.path + "/no/page.html")
    #expect(code == .cannotWrite)
    #expect(captured.error.contains("cannot write"))
  }
}

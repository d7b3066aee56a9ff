import Foundation
import Testing
import WeirLab

@testable import WeirCommandLine

@Suite struct InitCommandTests {
  @Test("a first scenario is written with its schema, and it is valid and runs")
  func first() throws {
    let scratch = try ScratchFolder()
    let folder = scratch.path + "/new/study"
    let captured = CapturedConsole()
    #expect(captured.run("init", folder) == .success)
    #expect(try scratch.text("new/study/weir.schema.json") == ScenarioSchema.text())
    #expect(captured.output.contains("weir run \(folder)/first.json"))
    for line in captured.output.split(separator: "\n") where !line.contains(folder) {
      #expect(line.count <= 80, "\(line)")
    }
    let path = folder + "/first.json"
    #expect(CapturedConsole().run("validate", path) == .success)
    let words = ["run", path, "-q", "-o", scratch.path + "/out", "--replications", "1"]
    #expect(WeirProgram.run(words, CapturedConsole().context) == .success)
  }

  @Test("what is there is left alone, unless forced")
  func occupied() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("first.json", "mine")
    let captured = CapturedConsole()
    #expect(captured.run("init", scratch.path) == .cannotWrite)
    #expect(captured.error.contains("\(path) is left as it is"))
    #expect(captured.error.contains("--force"))
    #expect(try scratch.text("first.json") == "mine")
    #expect(!scratch.has("weir.schema.json"))
    #expect(CapturedConsole().run("init", scratch.path, "--force") == .success)
    #expect(try scratch.text("first.json") == FirstScenario.text)
  }

  @Test("doing it twice is no mistake, since nothing is lost")
  func twice() throws {
    let scratch = try ScratchFolder()
    #expect(CapturedConsole().run("init", scratch.path + "/") == .success)
    #expect(CapturedConsole().run("init", scratch.path + "/") == .success)
  }

  @Test("a place that cannot be written ends with 74")
  func unwritable() {
    let captured = CapturedConsole()
    #expect(captured.run("init", "/proc/weir") == .cannotWrite)
    #expect(captured.error.contains("cannot write"))
  }
}

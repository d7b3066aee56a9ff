import Testing

@testable import WeirCommandLine

@Suite struct AdviseCommandTests {
  @Test("each policy is told about its warm-up, its replications and its saturation")
  func advice() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let out = scratch.path + "/out"
    #expect(
      CapturedConsole().run("run", path, "-q", "-o", out, "--set", "/interval=1s") == .success)
    let captured = CapturedConsole()
    #expect(captured.run("advise", out + "/") == .success)
    #expect(captured.output.hasPrefix("small: 3 replications of 1m, warm-up none\n"))
    for word in ["\ntight\n  warm-up: ", "\nopen\n  warm-up: ", "replications: served_share "] {
      #expect(captured.output.contains(word), "\(captured.output)")
    }
    #expect(captured.output.contains("saturated: in 2 of 3 replications"))
    #expect(captured.output.contains("planning: one server"))
    #expect(captured.output.contains("\nthe best policy\n  screening: "))
  }

  @Test("intervals that are too long get no warm-up, a folder without results ends with 66")
  func nothing() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let out = scratch.path + "/out"
    #expect(
      CapturedConsole().run("run", path, "-q", "-o", out, "--set", "/interval=5s") == .success)
    let captured = CapturedConsole()
    #expect(captured.run("advise", out) == .success)
    #expect(captured.output.contains("warm-up: 12 intervals are too few for MSER-5"))
    #expect(CapturedConsole().run("advise", scratch.path) == .missingInput)
    #expect(CapturedConsole().run("advise", out, "--point", "bass") == .usage)
  }
}

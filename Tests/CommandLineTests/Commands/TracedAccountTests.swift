import Testing

@testable import WeirCommandLine

@Suite struct TracedAccountTests {
  @Test("the story of an account goes to the output, and changes no byte of the results")
  func story() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let options = ["--accounts", "--intents", "--events"]
    for account in ["2", "users/2"] {
      let captured = CapturedConsole()
      let words = ["run", path, "-q", "-o", scratch.path + "/traced", "--trace-account", account]
      #expect(WeirProgram.run(words + options, captured.context) == .success)
      #expect(captured.output.hasPrefix("Account 2 (users/2, plan default) under tight"))
      #expect(captured.output.contains("\nAccount 2 (users/2, plan default) under open"))
      #expect(captured.error.isEmpty)
    }
    let plain = ["run", path, "-q", "-o", scratch.path + "/plain"]
    #expect(WeirProgram.run(plain + options, CapturedConsole().context) == .success)
    for file in [
      "runs", "populations", "timeline", "usage", "layers", "latency", "lorenz", "comparison",
      "thresholds", "accounts", "intents", "decisions", "usage_events", "monetization_events",
      "balance_updates",
    ] {
      let traced = try scratch.text("traced/\(file).csv")
      #expect(try traced == scratch.text("plain/\(file).csv"), "\(file)")
    }
    #expect(try scratch.text("traced/manifest.json") == scratch.text("plain/manifest.json"))
  }

  @Test("only the chosen policy is told of")
  func policy() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    let words = ["--policy", "open", "--trace-account", "0", "-q", "-o", scratch.path + "/out"]
    #expect(WeirProgram.run(["run", path] + words, captured.context) == .success)
    #expect(captured.output.contains("under open"))
    #expect(!captured.output.contains("under tight"))
  }

  @Test(
    "an account that is not there is a mistake of usage, and those that are there are named",
    arguments: ["3", "-1", "user/0", "users/3", "users", ""])
  func unknown(_ account: String) throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    let words = ["run", path, "-o", scratch.path + "/out", "--trace-account=" + account]
    #expect(WeirProgram.run(words, captured.context) == .usage)
    #expect(captured.error.contains("0 to 2 (users/0 to users/2)"), "\(captured.error)")
    #expect(captured.error.contains("did you mean users/0?") == (account == "user/0"))
    #expect(!scratch.has("out"))
  }

  @Test("a story is no part of a JSON document")
  func document() throws {
    let captured = CapturedConsole()
    #expect(captured.run("run", "x.json", "--json", "--trace-account", "0") == .usage)
    #expect(captured.error.contains("--json and --trace-account exclude each other"))
  }
}

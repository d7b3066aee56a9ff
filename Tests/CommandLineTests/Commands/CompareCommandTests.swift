import Testing

@testable import WeirCommandLine

@Suite struct CompareCommandTests {
  /// Runs the small scenario twice, the second time with one server that is ten times as slow.
  static func folders() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    for (name, words) in [
      ("a", []),
      ("b", ["--set", "/fleet/0/servers=1", "--set", "/populations/0/workload/service=9s"]),
    ] {
      let all =
        [
          "run", path, "-q", "-o", scratch.path + "/" + name, "--set",
          "/primaryMetric=starvation_max_s",
        ] + words
      #expect(CapturedConsole().run(all) == .success)
    }
    return scratch
  }

  @Test("two folders are compared for the terminal, in Markdown and as a table")
  func forms() throws {
    let scratch = try Self.folders()
    let (a, b) = (scratch.path + "/a/", scratch.path + "/b")
    let plain = CapturedConsole()
    #expect(plain.run("compare", a, b) == .success)
    #expect(plain.output.contains("A  \(scratch.path)/a: small, 3 replications"))
    #expect(plain.output.contains("* starvation_max_s"))
    for line in plain.output.split(separator: "\n") where !line.contains(scratch.path) {
      #expect(line.count <= 80, "\(line)")
    }
    let markdown = CapturedConsole()
    #expect(markdown.run("compare", a, b, "--markdown") == .success)
    #expect(markdown.output.contains("| tight | A | B | B - A | p | verdict |"))
    let table = CapturedConsole()
    #expect(table.run("compare", a, b, "--csv") == .success)
    #expect(table.output.hasPrefix("policy,point,population,metric,"))
    #expect(CapturedConsole().run("compare", a, b, "--csv", "--markdown") == .usage)
  }

  @Test("a policy that is worse in the deciding metric ends with 99, if that is to count")
  func strict() throws {
    let scratch = try Self.folders()
    let (a, b) = (scratch.path + "/a", scratch.path + "/b")
    #expect(CapturedConsole().run("compare", a, b) == .success)
    let worse = CapturedConsole()
    #expect(worse.run("compare", a, b, "--strict") == .thresholdFailed, "\(worse.output)")
    #expect(CapturedConsole().run("compare", a, a, "--strict") == .success)
  }

  @Test("one folder alone has its policies compared, with any of them")
  func policies() throws {
    let scratch = try Self.folders()
    let a = scratch.path + "/a"
    let plain = CapturedConsole()
    #expect(plain.run("compare", a) == .success)
    #expect(plain.output.hasPrefix("small: policies against tight, replication by replication\n"))
    let other = CapturedConsole()
    #expect(other.run("compare", a, "--baseline", "open", "--markdown") == .success)
    #expect(other.output.contains("| tight | baseline | policy | difference | p | verdict |"))
    let wrong = CapturedConsole()
    #expect(wrong.run("compare", a, "--baseline", "opne") == .usage)
    #expect(wrong.error.contains("did you mean open?"))
    #expect(CapturedConsole().run("compare", a, a, "--baseline", "open") == .usage)
  }

  @Test("a folder that is not there ends with 66, none with 64")
  func missing() throws {
    let scratch = try ScratchFolder()
    let captured = CapturedConsole()
    #expect(captured.run("compare", scratch.path, scratch.path) == .missingInput)
    #expect(captured.error.contains("weir run SCENARIO"))
    #expect(CapturedConsole().run("compare") == .usage)
  }
}

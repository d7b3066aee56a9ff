import Foundation
import Testing
import WeirFormats

@testable import WeirCommandLine

@Suite struct RunCommandTests {
  @Test("a scenario becomes a folder of results and a table")
  func results() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    let code = captured.run("run", path, "-o", scratch.path + "/out", "-j", "2", "--accounts")
    #expect(code == .success)
    for file in ["runs.csv", "comparison.csv", "accounts.csv", "manifest.json"] {
      #expect(scratch.has("out/\(file)"), "\(file)")
    }
    #expect(captured.output.contains("small: 2 policies, 3 replications, 1m measured"))
    for title in ["Fairness", "Latency", "Utilisation", "Access"] {
      #expect(captured.output.contains("\n\(title) "), "\(title)")
    }
    #expect(captured.output.contains("\n* tight"))
    #expect(captured.output.contains("Thresholds: 2 of 2 pass"))
    for line in captured.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    #expect(captured.error.contains("6 runs in "))
  }

  @Test("the summary as JSON is one document, and quiet is quiet")
  func forms() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    #expect(captured.run("run", path, "-o", scratch.path + "/out", "--json") == .success)
    let source = SourceFile(name: "summary", text: captured.output)
    let summary = try #require(JSONNode.parse(source).node)
    #expect(summary["name"]?.text == "small")
    #expect(summary["thresholds"]?.elements?.count == 2)
    let quiet = CapturedConsole()
    #expect(quiet.run("run", path, "-o", scratch.path + "/out", "-q") == .success)
    #expect(quiet.output.isEmpty && quiet.error.isEmpty)
  }

  @Test("options change the scenario, and the manifest says how to repeat it")
  func overrides() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    let code = captured.run(
      "run", path, "-o", scratch.path + "/out", "--seed", "7", "--replications=2",
      "--policy", "open", "--set", "/fleet/0/servers=3", "-q")
    #expect(code == .success)
    let runs = try scratch.text("out/runs.csv").split(separator: "\n")
    #expect(runs.count == 3)
    #expect(runs.dropFirst().allSatisfy { $0.hasPrefix("open,base,") })
    let manifest = try scratch.text("out/manifest.json")
    #expect(
      manifest.contains(
        "weir run small.json --set /fleet/0/servers=3 --seed 7 --replications 2 --policy open"))
  }

  @Test("a failed threshold ends with 99, and its results are there")
  func threshold() throws {
    let scratch = try ScratchFolder()
    let text = smallScenario.replacingOccurrences(of: ">= 0.1", with: ">= 2")
    let path = try scratch.file("small.json", text)
    let captured = CapturedConsole()
    #expect(captured.run("run", path, "-o", scratch.path + "/out") == .thresholdFailed)
    #expect(captured.output.contains("FAIL"))
    #expect(captured.output.contains("Thresholds: 0 of 2 pass"))
    #expect(try scratch.text("out/thresholds.csv").contains(",fail,"))
  }

  @Test("an inconclusive threshold ends with 98, if that is to count")
  func inconclusive() throws {
    let scratch = try ScratchFolder()
    // The mean lies between these bounds, and its interval about it reaches to both sides.
    let text = smallScenario.replacingOccurrences(
      of: "\"assert\": \">= 0.1\"",
      with: "\"where\": {\"policy\": \"tight\"}, \"assert\": \"<= 0.5\", \"on\": \"ci_upper\"")
    let path = try scratch.file("small.json", text)
    let out = scratch.path + "/out"
    let captured = CapturedConsole()
    #expect(captured.run("run", path, "-o", out) == .success)
    #expect(captured.output.contains("INCONCLUSIVE"), "\(captured.output)")
    #expect(CapturedConsole().run("run", path, "-q", "-o", out, "--strict") == .inconclusive)
    #expect(try scratch.text("out/thresholds.csv").contains(",inconclusive,"))
  }

  @Test("a threshold on an unknown metric ends with 65, and the nearest metric is offered")
  func unknownMetric() throws {
    let scratch = try ScratchFolder()
    let text = smallScenario.replacingOccurrences(
      of: "\"metric\": \"served_share\"", with: "\"metric\": \"servd_share\"")
    let captured = CapturedConsole()
    #expect(captured.run("run", try scratch.file("small.json", text)) == .invalidInput)
    #expect(captured.error.contains("did you mean \"served_share\"?"))
  }

  @Test("a threshold on what no run has fails with 99, unless it says that it may")
  func noData() throws {
    let scratch = try ScratchFolder()
    let out = scratch.path + "/out"
    func run(_ threshold: String) throws -> ExitCode {
      let text = smallScenario.replacingOccurrences(
        of: "\"metric\": \"served_share\", \"assert\": \">= 0.1\"",
        with: "\"metric\": \"end_to_end_p999_s\", \"assert\": \">= 0\"" + threshold)
      return CapturedConsole().run("run", try scratch.file("small.json", text), "-q", "-o", out)
    }
    #expect(try run("") == .thresholdFailed)
    #expect(try scratch.text("out/thresholds.csv").contains(",fail,no data\n"))
    #expect(try run(", \"allowEmpty\": true") == .success)
  }

  @Test("a file that is not there ends with 66, and the nearest name is offered")
  func missing() throws {
    let scratch = try ScratchFolder()
    _ = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    #expect(captured.run("run", scratch.path + "/smal.json") == .missingInput)
    #expect(captured.error.contains("there is no such file; did you mean \(scratch.path)/small"))
  }

  @Test("an invalid scenario ends with 65, and every issue is told with its place")
  func invalid() throws {
    let scratch = try ScratchFolder()
    let text = smallScenario.replacingOccurrences(of: "\"servers\": 2", with: "\"severs\": 2")
      .replacingOccurrences(of: "\"60s\"", with: "\"sixty\"")
    let path = try scratch.file("small.json", text)
    let captured = CapturedConsole()
    #expect(captured.run("run", path) == .invalidInput)
    #expect(captured.error.contains("small.json:2:"))
    #expect(captured.error.contains("/fleet/0/severs"))
    #expect(captured.error.contains("did you mean \"servers\"?"))
    #expect(captured.error.contains("issues\n"))
  }

  @Test("a mistake in an option that changes the scenario is one of usage")
  func option() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    for words in [["--set", "/fleet/0/severs=3"], ["--seed", "x"], ["--policy", "tihgt"]] {
      let captured = CapturedConsole()
      #expect(WeirProgram.run(["run", path] + words, captured.context) == .usage)
      #expect(captured.error.contains(words[0]), "\(captured.error)")
    }
    let captured = CapturedConsole()
    #expect(captured.run("run", path, "--set", "servers") == .usage)
    #expect(captured.error.contains("expected a JSON pointer"))
  }

  @Test("results of another study are left alone, unless forced")
  func occupied() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let other = try scratch.file(
      "other.json", smallScenario.replacingOccurrences(of: "\"small\"", with: "\"other\""))
    let out = scratch.path + "/out"
    #expect(CapturedConsole().run("run", path, "-o", out, "-q") == .success)
    let before = try scratch.text("out/runs.csv")
    let captured = CapturedConsole()
    #expect(captured.run("run", other, "-o", out, "-q") == .cannotWrite)
    #expect(captured.error.contains("it holds the results of small (small.json)"))
    #expect(captured.error.contains("--force"))
    #expect(try scratch.text("out/runs.csv") == before)
    #expect(CapturedConsole().run("run", other, "-o", out, "-q", "--force") == .success)
    #expect(try scratch.text("out/manifest.json").contains("\"other\""))
  }

  @Test("a place that cannot be written ends with 74")
  func unwritable() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    #expect(captured.run("run", path, "-o", "/proc/weir/out") == .cannotWrite)
    #expect(captured.error.contains("cannot write"))
  }
}

@Suite struct RunWithoutTablesTests {
  @Test("a study without its large tables says so, and still makes a report and a notebook")
  func without() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let out = scratch.path + "/out"
    let tables = "usage,timeline,latency,lorenz"
    #expect(
      CapturedConsole().run("run", path, "-o", out, "-q", "--without", tables) == .success)
    for name in ["usage", "timeline", "latency", "lorenz"] {
      #expect(!scratch.has("out/\(name).csv"))
    }
    #expect(scratch.has("out/runs.csv") && scratch.has("out/comparison.csv"))
    let manifest = try scratch.text("out/manifest.json")
    #expect(manifest.contains("--without \(tables)\""))
    #expect(!manifest.contains("usage.csv"))
    #expect(!(try scratch.text("out/datapackage.json")).contains("lorenz.csv"))
    #expect(CapturedConsole().run("report", out) == .success)
    let page = try scratch.text("out/report.html")
    #expect(page.contains("id=\"verdict\"") && !page.contains("id=\"latency\""))
    #expect(CapturedConsole().run("notebook", out, "-o", scratch.path + "/book") == .success)
    #expect(!scratch.has("book/data/latency.csv"))
  }

  @Test("a table that cannot be left out is named")
  func unknown() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    let code = captured.run("run", path, "-o", scratch.path + "/out", "--without", "runs")
    #expect(code == .usage)
    #expect(captured.error.contains("expected some of usage,timeline,latency,lorenz"))
    #expect(!scratch.has("out"))
  }
}

import Foundation
import Testing
import WeirFormats

@testable import WeirCommandLine

/// `weir run --shard`, `weir merge`, `weir emit` and what belongs to them.
@Suite struct ShardCommandsTests {
  @Test("shards become the results of the whole; until then the missing commands are listed")
  func shards() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let (shards, merged) = (scratch.path + "/shards", scratch.path + "/merged")
    #expect(CapturedConsole().run("run", path, "-o", scratch.path + "/whole", "-q") == .success)
    let first = CapturedConsole()
    #expect(first.run("run", path, "--shard", "1/2", "-o", shards) == .success)
    #expect(first.error.contains("shard 1/2, 3 runs in "))
    #expect(first.error.contains("kept in \(shards)\n"))
    let early = CapturedConsole()
    #expect(early.run("merge", merged, shards) == .incomplete)
    #expect(early.error.contains("3 of 6 runs are missing\n  tight/base/0: not run yet\n"))
    #expect(early.error.contains("  weir run \(path) --shard 0/2 -o \(shards)\n"))
    #expect(!scratch.has("merged"))
    #expect(CapturedConsole().run("run", path, "--shard=0/2", "-o", shards, "-q") == .success)
    let late = CapturedConsole()
    #expect(late.run("merge", merged, shards) == .success)
    #expect(late.output.contains("small: 2 policies, 3 replications"))
    for file in ["runs.csv", "timeline.csv", "comparison.csv", "manifest.json"] {
      #expect(try scratch.text("merged/" + file) == scratch.text("whole/" + file), "\(file)")
    }
  }

  @Test("shards without large tables become the results of the whole without them")
  func without() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let (shards, merged) = (scratch.path + "/shards", scratch.path + "/merged")
    let lean = ["--without", "timeline,lorenz", "-q"]
    func run(_ words: String...) -> ExitCode {
      WeirProgram.run(["run", path] + words + lean, CapturedConsole().context)
    }
    #expect(run("-o", scratch.path + "/whole") == .success)
    #expect(run("--shard", "0/2", "-o", shards) == .success)
    let early = CapturedConsole()
    #expect(early.run("merge", merged, shards) == .incomplete)
    #expect(early.error.contains(" --without timeline,lorenz --shard 1/2 -o \(shards)\n"))
    #expect(run("--shard", "1/2", "-o", shards) == .success)
    #expect(CapturedConsole().run("merge", merged, shards, "-q") == .success)
    let names = try FileManager.default.contentsOfDirectory(atPath: merged).sorted()
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/whole").sorted() == names
    )
    #expect(!names.contains("timeline.csv") && !names.contains("lorenz.csv"))
    for file in names where file != "provenance.json" {
      #expect(try scratch.text("merged/" + file) == scratch.text("whole/" + file), "\(file)")
    }
    let wrong = CapturedConsole()
    #expect(wrong.run("emit", "slurm", path, "--without", "runs") == .usage)
    #expect(wrong.error.contains("--without: expected some of usage,timeline,latency,lorenz"))
    let script = CapturedConsole()
    #expect(script.run("emit", "slurm", path, "--without", "lorenz") == .success)
    #expect(script.output.contains(" --without lorenz --shard "))
  }

  @Test("a wish for precision is met from replications that shards made, with the same bytes")
  func precisionFromShards() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let refused = CapturedConsole()
    #expect(refused.run("run", path, "--until-half-width", "50%", "--shard", "0/2") == .usage)
    #expect(
      refused.error.contains(
        "--until-half-width and --shard exclude each other; make many replications in shards"))
    #expect(refused.error.contains("weir run \(path) --until-half-width 50% --records SHARDS"))
    let (shards, wish) = (scratch.path + "/shards", ["--until-half-width", "50%", "-q"])
    #expect(
      WeirProgram.run(
        ["run", path, "-o", scratch.path + "/fresh"] + wish, CapturedConsole().context) == .success)
    for index in 0..<2 {
      let shard = CapturedConsole()
      let code = shard.run(
        "run", path, "--replications", "20", "--shard", "\(index)/2", "-o", shards)
      #expect(code == .success)
    }
    #expect(
      WeirProgram.run(
        ["run", path, "-o", scratch.path + "/sharded", "--records", shards] + wish,
        CapturedConsole().context) == .success)
    // Nothing was made again, and the replications beyond the stop are not in the results.
    #expect(try scratch.text("sharded/provenance.json").contains("\"runsDoneBefore\": 24"))
    for file in ["runs.csv", "comparison.csv", "timeline.csv", "manifest.json"] {
      #expect(try scratch.text("sharded/" + file) == scratch.text("fresh/" + file), "\(file)")
    }
  }

  @Test(
    "a shard that is none, and options that do not go together, are mistakes of usage",
    arguments: [
      ["--shard", "2/2"], ["--shard", "x"], ["--shard", "0/2", "--only", "tight/base/0"],
      ["--shard", "0/2", "--records", "x"], ["--only", "tight/base/9"],
      ["--until-half-width", "x"], ["--until-half-width", "0%"], ["--at-most", "5"],
      ["--until-half-width", "5%", "--at-most", "2"],
      ["--until-half-width", "5%", "--shard", "0/2"],
    ])
  func usage(_ words: [String]) throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    #expect(WeirProgram.run(["run", path] + words, captured.context) == .usage)
    #expect(captured.error.hasPrefix("weir run: --"))
  }

  @Test("a folder without a plan ends with 66")
  func noPlan() throws {
    let scratch = try ScratchFolder()
    let captured = CapturedConsole()
    #expect(captured.run("merge", scratch.path + "/a", scratch.path + "/b") == .missingInput)
    #expect(captured.error.contains("/b/plan.json: there is no such file"))
    #expect(captured.error.contains("weir run SCENARIO --shard I/N -o FOLDER"))
  }

  @Test("the same command says what was done before, and a dry run what is left")
  func resume() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let out = scratch.path + "/out"
    let alone = CapturedConsole()
    #expect(alone.run("run", path, "--only", "open/base/1", "-o", out) == .success)
    #expect(alone.error.contains("1 run in "))
    #expect(!scratch.has("out"))
    let dry = CapturedConsole()
    #expect(dry.run("run", path, "--dry-run", "-o", out) == .success)
    #expect(dry.output.contains("small: 2 policies x 1 point x 3 replications = 6 runs\n"))
    #expect(dry.output.contains("  done      1 of 6 runs\n  to make   5 runs: not run yet\n"))
    #expect(dry.output.contains("  time      about "))
    let document = CapturedConsole()
    #expect(document.run("run", path, "--dry-run", "--json", "-o", out) == .success)
    let source = SourceFile(name: "dry", text: document.output)
    let runs = try #require(JSONNode.parse(source).node?["runs"]?.elements)
    #expect(runs.count == 6)
    #expect(runs.filter { $0["done"] == true }.map { $0["run"]?.text } == ["open/base/1"])
    let whole = CapturedConsole()
    #expect(whole.run("run", path, "-o", out) == .success)
    #expect(whole.error.contains(", 1 of them done before; results in \(out)\n"))
  }

  @Test("replications are added in batches until the interval is narrow; otherwise it is said")
  func precision() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let met = CapturedConsole()
    let out = scratch.path + "/out"
    #expect(met.run("run", path, "-o", out, "--until-half-width", "50%") == .success)
    #expect(met.error.contains("served_share is known to 50% after 12 replications\n"))
    #expect(try scratch.text("out/runs.csv").split(separator: "\n").count == 25)
    let manifest = try scratch.text("out/manifest.json")
    #expect(manifest.contains("\"replications\": 12"))
    #expect(manifest.contains("--until-half-width 50% --at-most 1000"))
    let unmet = CapturedConsole()
    let code = unmet.run(
      "run", path, "-o", out, "--until-half-width", "0.01%", "--at-most", "7")
    #expect(code == .incomplete)
    #expect(unmet.error.contains("after 6 replications, not to 0.01%"))
    #expect(try scratch.text("out/manifest.json").contains("\"reached\": false"))
  }

  @Test(
    "scripts are bash that can be parsed, whatever the names", arguments: ["slurm", "parallel"])
  func scripts(_ engine: String) throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("it's $HOME.json", smallScenario)
    let script = scratch.path + "/script.sh"
    let captured = CapturedConsole()
    let code = captured.run(
      "emit", engine, path, "--shards", "4", "--folder", "a b", "-o", script, "--accounts")
    #expect(code == .success)
    let text = try scratch.text("script.sh")
    #expect(text.hasPrefix("#!/usr/bin/env bash\n# small: 6 runs in 4 shards of 1 or 2"))
    #expect(text.contains("/it'\\''s $HOME.json' --accounts --shard "))
    #expect(text.contains("/4 -j 1 -q"))
    #expect(text.contains("shards='a b'\n"))
    let bash = Process()
    bash.executableURL = URL(fileURLWithPath: "/bin/bash")
    bash.arguments = ["-n", script]
    try bash.run()
    bash.waitUntilExit()
    #expect(bash.terminationStatus == 0)
  }

  @Test("the number of shards stands in a script, not the size of a submission")
  func literal() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    #expect(captured.run("emit", "slurm", path, "--shards", "7") == .success)
    #expect(captured.output.contains("--array=0-6 "))
    #expect(captured.output.contains("--shard $SLURM_ARRAY_TASK_ID/7 "))
    #expect(!captured.output.contains("TASK_COUNT"))
    #expect(captured.output.contains("--dependency=\"afterok:"))
    #expect(captured.output.contains("--open-mode=append"))
  }

  @Test("another engine is not known, and the nearest one is offered")
  func engine() throws {
    let scratch = try ScratchFolder()
    let path = try scratch.file("small.json", smallScenario)
    let captured = CapturedConsole()
    #expect(captured.run("emit", "slrum", path) == .usage)
    #expect(captured.error.contains("slurm or parallel; did you mean slurm?"))
    #expect(CapturedConsole().run("emit", "slurm", path, "--shards", "1001") == .usage)
  }

  @Test("the doctor finds this machine fit, and says what it looked at")
  func doctor() throws {
    let scratch = try ScratchFolder()
    let captured = CapturedConsole()
    #expect(captured.run("doctor", scratch.path, "-j", "2") == .success)
    for name in ["random numbers", "functions", "samples", "statistics", "determinism", "locks"] {
      #expect(captured.output.contains("ok    \(name) "), "\(name)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
    #expect(CapturedConsole().run("doctor", "/proc/weir") == .cannotWrite)
  }
}
